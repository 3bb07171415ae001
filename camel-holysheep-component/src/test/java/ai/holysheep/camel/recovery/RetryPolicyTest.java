package ai.holysheep.camel.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.BudgetExceededException;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.QuotaExhaustedException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.Received;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.error.Response;
import ai.holysheep.camel.error.RetryAdvice;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.error.TransportFailedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RetryPolicyTest {

  private static final GiveUp GIVE_UP = new GiveUp();
  private static final Boolean NOT_SAID = null;

  private static final List<Function<FailureContext, HolySheepException>> OF_THE_SERVER =
      List.of(
          context -> new RateLimitedException("", context),
          context -> new ProviderUnavailableException("", context),
          context -> new TransportFailedException("", context),
          context -> new StreamTruncatedException("", context),
          context -> late(Deadline.CONNECT, context),
          context -> late(Deadline.FIRST_TOKEN, context),
          context -> late(Deadline.IDLE, context));
  private static final List<Function<FailureContext, HolySheepException>> OF_THE_REQUEST =
      List.of(
          context -> new RequestRejectedException("", context),
          context -> new AuthenticationFailedException("", context));
  private static final List<Function<FailureContext, HolySheepException>> FINAL =
      List.of(
          context -> new QuotaExhaustedException("", context),
          context -> new ProtocolViolatedException("", context),
          context -> new CallCancelledException("", context),
          context -> new BudgetExceededException("", context),
          context -> late(Deadline.PLACE, context),
          context -> late(Deadline.TOTAL, context),
          context -> late(Deadline.ABANDONED, context),
          context -> late(Deadline.TOOL_RESULT, context));

  /** Failure, what the server advises, whether it is tried again. */
  static Stream<Arguments> verdicts() {
    return Stream.of(
            verdicts(OF_THE_SERVER, true, true, false),
            verdicts(OF_THE_REQUEST, false, true, false),
            verdicts(FINAL, false, false, false))
        .flatMap(Function.identity());
  }

  private static Stream<Arguments> verdicts(
      List<Function<FailureContext, HolySheepException>> failures,
      boolean unadvised,
      boolean advised,
      boolean advisedAgainst) {
    return failures.stream()
        .flatMap(
            failure ->
                Stream.of(
                    arguments(failure.apply(sent(1, NOT_SAID, null)), unadvised),
                    arguments(failure.apply(sent(1, true, null)), advised),
                    arguments(failure.apply(sent(1, false, null)), advisedAgainst)));
  }

  @ParameterizedTest
  @MethodSource("verdicts")
  void failureAndAdviceDecide(HolySheepException failure, boolean again) {
    assertThat(decide(failure) instanceof RetryAfter).isEqualTo(again);
  }

  @Test
  void everyKindOfFailureHasAVerdict() {
    assertThat(verdicts().map(row -> (Object) row.get()[0].getClass()).distinct())
        .containsExactlyInAnyOrder((Object[]) HolySheepException.class.getPermittedSubclasses());
    assertThat(
            Arrays.stream(Deadline.values())
                .filter(deadline -> verdicts().anyMatch(row -> isLate(row.get()[0], deadline))))
        .containsExactly(Deadline.values());
  }

  @ParameterizedTest
  @CsvSource({"CONNECT,true", "FIRST_TOKEN,false", "IDLE,false", "TOTAL,false"})
  void wholeAnswerThatTookTooLongIsNotPaidForAgain(Deadline deadline, boolean again) {
    HolySheepException failure = late(deadline, sent(1, NOT_SAID, null));
    Decision decision = policy(Recovery.FAIL).forWholeAnswer().decide(failure, true, 0.5);
    assertThat(decision instanceof RetryAfter).isEqualTo(again);
  }

  @ParameterizedTest
  @CsvSource({"1,true", "3,true", "4,false", "9,false"})
  void numberOfTriesIsLimited(int attempt, boolean again) {
    assertThat(decide(unavailable(attempt, null)) instanceof RetryAfter).isEqualTo(again);
  }

  @Test
  void noReconnectIsAllowed() {
    RetryPolicy once =
        new RetryPolicy(0, Duration.ofSeconds(1), Duration.ofMinutes(1), Recovery.FAIL);
    assertThat(once.decide(unavailable(1, null), true, 0.5)).isEqualTo(GIVE_UP);
  }

  @ParameterizedTest
  @CsvSource({"1,0,500", "1,0.5,1000", "1,1,1500", "2,0.5,2000", "3,0.5,3000", "3,0,1500"})
  void delayGrowsWithEachTryAndIsSpread(int attempt, double chance, long millis) {
    assertThat(policy(Recovery.FAIL).decide(unavailable(attempt, null), true, chance))
        .isEqualTo(new RetryAfter(Duration.ofMillis(millis), Way.SEND_AGAIN));
  }

  @ParameterizedTest
  @CsvSource({"0,0,0", "0,1,1000", "2000,0,2000", "2000,0.25,2250", "60000,1,61000"})
  void delayThatTheServerAsksForIsTheLeast(long asked, double chance, long millis) {
    assertThat(policy(Recovery.FAIL).decide(unavailable(3, asked), true, chance))
        .isEqualTo(new RetryAfter(Duration.ofMillis(millis), Way.SEND_AGAIN));
  }

  @Test
  void serverThatAsksForMoreThanAllowedIsNotWaitedFor() {
    assertThat(decide(unavailable(1, 60_001L))).isEqualTo(GIVE_UP);
    assertThat(decide(unavailable(1, Duration.ofDays(36_500).toMillis()))).isEqualTo(GIVE_UP);
  }

  @Test
  void delayBeyondAllMeasureIsCut() {
    Duration ages = Duration.ofDays(36_500);
    RetryPolicy patient = new RetryPolicy(Integer.MAX_VALUE, ages, ages, Recovery.FAIL);
    assertThat(patient.decide(unavailable(Integer.MAX_VALUE, null), true, 1))
        .isEqualTo(new RetryAfter(Duration.ofDays(1), Way.SEND_AGAIN));
  }

  @ParameterizedTest
  @EnumSource
  void nothingHandedOnIsSentAgainWhateverTheRecovery(Recovery recovery) {
    assertThat(policy(recovery).decide(unavailable(1, null), false, 0.5))
        .isEqualTo(new RetryAfter(Duration.ofSeconds(1), Way.SEND_AGAIN));
  }

  @ParameterizedTest
  @CsvSource({
    "FAIL,true,",
    "FAIL,false,",
    "RESTART,true,START_OVER",
    "RESTART,false,START_OVER",
    "CONTINUE,true,GO_ON",
    "CONTINUE,false,"
  })
  void afterTheFirstPartTheRecoveryDecides(Recovery recovery, boolean continuable, Way way) {
    HolySheepException failure =
        new StreamTruncatedException(
            "", sent(1, NOT_SAID, null).received(new Received(null, 1, null)));
    Decision decision = way == null ? GIVE_UP : new RetryAfter(Duration.ofSeconds(1), way);
    assertThat(policy(recovery).decide(failure, continuable, 0.5)).isEqualTo(decision);
  }

  private static Decision decide(HolySheepException failure) {
    return policy(Recovery.FAIL).decide(failure, true, 0.5);
  }

  private static RetryPolicy policy(Recovery recovery) {
    return new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(60), recovery);
  }

  private static HolySheepException unavailable(int attempt, Long retryAfterMillis) {
    Duration asked = retryAfterMillis == null ? null : Duration.ofMillis(retryAfterMillis);
    return new ProviderUnavailableException("", sent(attempt, NOT_SAID, asked));
  }

  private static HolySheepException late(Deadline deadline, FailureContext context) {
    return new DeadlineExceededException("", context, deadline, Duration.ZERO, null);
  }

  private static boolean isLate(Object failure, Deadline deadline) {
    return failure instanceof DeadlineExceededException late && late.getDeadline() == deadline;
  }

  private static FailureContext sent(int attempt, Boolean shouldRetry, Duration retryAfter) {
    return FailureContext.NONE
        .trying("m", attempt)
        .sent()
        .replied(new Response(503, null, null, new RetryAdvice(shouldRetry, retryAfter)));
  }
}
