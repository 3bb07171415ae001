package ai.holysheep.camel.benchmarks.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamCheckTest {

  private final List<StreamCheck> ended = new ArrayList<>();
  private final Measurement measurement = new Measurement();

  @Test
  void goodAnswerHasNoFailure() {
    assertThat(failure(2, 0, 1)).isNull();
  }

  @Test
  void tokensAreCounted() {
    measurement.open();

    failure(3, 0, 1, 2);

    assertThat(measurement.tokens()).isEqualTo(3);
    assertThat(measurement.firstTokens().getTotalCount()).isEqualTo(1);
  }

  @Test
  void nothingIsCountedWhileTheWindowIsClosed() {
    failure(2, 0, 1);

    assertThat(measurement.tokens()).isZero();
  }

  @Test
  void missingTokenInTheMiddleIsFound() {
    assertThat(failure(3, 0, 2)).isEqualTo("token 2 came in place of 1");
  }

  @Test
  void missingTokenAtTheEndIsFound() {
    assertThat(failure(3, 0, 1)).isEqualTo("2 tokens came instead of 3");
  }

  @Test
  void doubledTokenIsFound() {
    assertThat(failure(3, 0, 1, 1, 2)).isEqualTo("token 1 came in place of 2");
  }

  @Test
  void tokenOutOfOrderIsFound() {
    assertThat(failure(2, 1, 0)).isEqualTo("token 1 came in place of 0");
  }

  @Test
  void tokenTooManyIsFound() {
    assertThat(failure(2, 0, 1, 2)).isEqualTo("3 tokens came instead of 2");
  }

  @Test
  void emptyTextIsNoToken() {
    StreamCheck check = check(1);
    check.token("");
    check.token(token(0));
    check.usage(1);
    check.ended();

    assertThat(check.failure()).isNull();
  }

  @Test
  void wrongUsageIsFound() {
    StreamCheck check = check(1);
    check.token(token(0));
    check.usage(2);
    check.ended();

    assertThat(check.failure()).isEqualTo("the usage said 2 tokens instead of 1");
  }

  @Test
  void missingUsageIsFound() {
    StreamCheck check = check(1);
    check.token(token(0));
    check.ended();

    assertThat(check.failure()).contains("the usage said -1");
  }

  @Test
  void unreadBytesNeedNoUsageButAllTokens() {
    StreamCheck good = check(3);
    good.unread(2, System.nanoTime());
    good.unread(1, System.nanoTime());
    good.ended();
    StreamCheck bad = check(3);
    bad.unread(2, System.nanoTime());
    bad.ended();

    assertThat(good.failure()).isNull();
    assertThat(bad.failure()).isEqualTo("2 tokens came instead of 3");
  }

  @Test
  void emptyWholeAnswerIsFound() {
    StreamCheck check = check(3);
    check.whole(0);

    assertThat(check.failure()).isEqualTo("0 tokens came instead of 3");
  }

  @Test
  void breakIsAFailure() {
    StreamCheck check = check(2);
    check.token(token(0));
    check.failed(new IOException("reset"));

    assertThat(check.failure()).isEqualTo("after 1 tokens: java.io.IOException: reset");
  }

  @Test
  void endIsToldOnce() {
    StreamCheck check = check(1);
    check.ended();
    check.failed(new IOException("late"));
    check.ended();

    assertThat(ended).containsExactly(check);
  }

  private String failure(int tokens, int... came) {
    StreamCheck check = check(tokens);
    for (int number : came) {
      check.token(token(number));
    }
    check.usage(tokens);
    check.ended();
    return check.failure();
  }

  private StreamCheck check(int tokens) {
    return new StreamCheck(tokens, measurement, ended::add);
  }

  private static String token(int number) {
    return "%08d%016d".formatted(number, System.nanoTime());
  }
}
