package ai.holysheep.camel.convert;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.QuotaExhaustedException;
import ai.holysheep.camel.error.RateLimitedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorCategoryTest {

  static Class<?>[] family() {
    return HolySheepException.class.getPermittedSubclasses();
  }

  @ParameterizedTest
  @MethodSource("family")
  void everyClassOfTheFamilyHasACategory(Class<?> type) {
    assertThat(ErrorCategory.knows(type)).isTrue();
  }

  @Test
  void waitingIsForThoseWhomItHelps() {
    assertThat(ErrorCategory.of(new RateLimitedException("Slow.", FailureContext.NONE)))
        .isEqualTo(ErrorCategory.RATE_LIMIT);
    assertThat(ErrorCategory.of(new QuotaExhaustedException("Pay.", FailureContext.NONE)))
        .isEqualTo(ErrorCategory.AUTH);
  }

  @ParameterizedTest
  @CsvSource({
    "PLACE,UNKNOWN",
    "CONNECT,SERVER_ERROR",
    "FIRST_TOKEN,SERVER_ERROR",
    "IDLE,SERVER_ERROR",
    "TOTAL,SERVER_ERROR",
    "ABANDONED,UNKNOWN"
  })
  void deadlineThatTheRouteMissedIsNotTheServersFault(Deadline deadline, ErrorCategory category) {
    HolySheepException late =
        new DeadlineExceededException("Late.", FailureContext.NONE, deadline, Duration.ZERO, null);
    assertThat(ErrorCategory.of(late)).isEqualTo(category);
  }
}
