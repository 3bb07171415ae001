package ai.holysheep.camel.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.holysheep.camel.chat.Gaps;
import ai.holysheep.camel.chat.Latency;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How long calls take, and who takes the time. */
class LatencyTallyTest {

  private long nowNanos = millis(7000);
  private final LatencyTally tally = new LatencyTally(nowNanos);

  @Test
  void firstTokenCountsFromTheRequest() {
    waited(400);
    waited(100);
    tally.pieceCame();
    assertThat(latency(1).firstToken()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void answerWithoutPiecesHasNoFirstToken() {
    waited(400);
    assertThat(latency(9))
        .isEqualTo(
            new Latency(Duration.ofMillis(400), null, Duration.ZERO, Duration.ZERO, null, null));
  }

  @Test
  void gapIsWhatIsWaitedBetweenPieces() {
    piece(300);
    assertThat(piece(20)).isEqualTo(millis(20));
    waited(30);
    assertThat(piece(40)).isEqualTo(millis(70));
    Gaps gaps = Objects.requireNonNull(latency(3).gaps());
    assertThat(gaps.count()).isEqualTo(2);
    assertThat(gaps.total()).isEqualTo(Duration.ofMillis(90));
    assertThat(gaps.longest()).isEqualTo(Duration.ofMillis(70));
  }

  @Test
  void firstPieceIsNoGap() {
    assertThat(piece(300)).isEqualTo(LatencyTally.NONE);
    assertThat(latency(1).gaps()).isNull();
  }

  @Test
  void slowRouteIsNotBlamedOnTheModel() {
    piece(100);
    pass(5000);
    piece(10);
    Latency latency = latency(2);
    assertThat(latency.inRoute()).isEqualTo(Duration.ofMillis(5000));
    assertThat(latency.duration()).isEqualTo(Duration.ofMillis(5110));
    assertThat(Objects.requireNonNull(latency.gaps()).longest()).isEqualTo(Duration.ofMillis(10));
  }

  @Test
  void tryingAgainIsNeitherAGapNorTheRoutesTime() {
    piece(100);
    tally.tryAgain();
    waited(1000);
    tally.tryAgain();
    assertThat(piece(200)).isEqualTo(LatencyTally.NONE);
    assertThat(piece(20)).isEqualTo(millis(20));
    Latency latency = latency(3);
    assertThat(latency.reconnecting()).isEqualTo(Duration.ofMillis(1200));
    assertThat(latency.inRoute()).isZero();
    assertThat(Objects.requireNonNull(latency.gaps()).count()).isOne();
  }

  @Test
  void silenceCountsFromTheLastPieceOrTheTry() {
    piece(100);
    waited(30);
    assertThat(tally.silentNanos()).isEqualTo(millis(30));
    tally.tryAgain();
    assertThat(tally.silentNanos()).isZero();
    assertThat(tally.waitedNanos()).isEqualTo(millis(130));
  }

  @Test
  void rateIsThatBetweenTheFirstPieceAndTheLast() {
    piece(1000);
    for (int i = 0; i < 10; i++) {
      piece(100);
    }
    waited(500);
    assertThat(latency(22).tokensPerSecond()).isEqualTo(20, within(1e-9));
    assertThat(latency(11).tokensPerSecond()).isEqualTo(10, within(1e-9));
  }

  @Test
  void onePieceHasNoRate() {
    piece(1000);
    assertThat(latency(20).tokensPerSecond()).isNull();
    piece(100);
    assertThat(tally.latency(nowNanos, null).tokensPerSecond()).isNull();
  }

  @Test
  void answerThatWasKeptBackIsABurst() {
    piece(3000);
    for (int i = 0; i < 15; i++) {
      piece(4);
    }
    assertThat(latency(16).isBurst()).isTrue();
  }

  @Test
  void answerThatComesEvenlyIsNone() {
    piece(3000);
    for (int i = 0; i < 15; i++) {
      piece(5);
    }
    assertThat(latency(16).isBurst()).isFalse();
  }

  @Test
  void shortAnswerIsNone() {
    piece(3000);
    for (int i = 0; i < 14; i++) {
      piece(0);
    }
    assertThat(latency(15).isBurst()).isFalse();
  }

  @Test
  void fastServerIsNone() {
    piece(499);
    for (int i = 0; i < 100; i++) {
      piece(0);
    }
    assertThat(latency(100).isBurst()).isFalse();
  }

  private Latency latency(long completionTokens) {
    return tally.latency(nowNanos, completionTokens);
  }

  private long piece(long millis) {
    waited(millis);
    return tally.pieceCame();
  }

  private void waited(long millis) {
    long fromNanos = nowNanos;
    pass(millis);
    tally.waited(fromNanos, nowNanos);
  }

  private void pass(long millis) {
    nowNanos += millis(millis);
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
