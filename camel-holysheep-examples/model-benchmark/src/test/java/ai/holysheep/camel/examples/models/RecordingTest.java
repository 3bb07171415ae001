package ai.holysheep.camel.examples.models;

import static ai.holysheep.camel.HolySheepConstants.COMPLETION_TOKENS;
import static ai.holysheep.camel.HolySheepConstants.EVENT_TYPE;
import static ai.holysheep.camel.HolySheepConstants.FINISH_REASON;
import static ai.holysheep.camel.HolySheepConstants.USAGE_SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.Test;

/** What is computed of arrivals, by a clock that stands still. */
class RecordingTest {

  private final AtomicLong nanos = new AtomicLong(-5);
  private final Recording recording = new Recording(nanos::get);

  @Test
  void firstTokenIntervalAndTotalFollowFromTheArrivals() {
    recording.asked();
    arrivesAfter(300, "token");
    arrivesAfter(10, "token");
    arrivesAfter(30, "token");
    usageArrivesAfter(1000, 3);
    assertThat(recording.measured()).isEqualTo(new Measured(300, 20, 340, 3, "server", "length"));
  }

  @Test
  void tokensThatCameTogetherCountEach() {
    recording.asked();
    arrivesAfter(100, "token");
    arrivesAfter(40, "token");
    usageArrivesAfter(0, 5);
    assertThat(recording.measured().interval()).isEqualTo(10);
  }

  @Test
  void reasoningIsPartOfTheAnswer() {
    recording.asked();
    arrivesAfter(50, "reasoning");
    arrivesAfter(50, "token");
    usageArrivesAfter(0, 2);
    assertThat(recording.measured()).isEqualTo(new Measured(50, 50, 100, 2, "server", "length"));
  }

  @Test
  void whatIsNoTokenIsNotTheLastOne() {
    recording.asked();
    arrivesAfter(50, "token");
    arrivesAfter(50, "token");
    arrivesAfter(50, "tool_call");
    usageArrivesAfter(0, 2);
    assertThat(recording.measured().total()).isEqualTo(100);
  }

  @Test
  void oneTokenHasNoInterval() {
    recording.asked();
    arrivesAfter(50, "token");
    usageArrivesAfter(0, 1);
    assertThatThrownBy(recording::measured)
        .hasMessage("The answer has 1 tokens, too few to measure an interval.");
  }

  @Test
  void answerWithoutTextIsNotMeasured() {
    recording.asked();
    usageArrivesAfter(10, 7);
    assertThatThrownBy(recording::measured).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void timeForAnotherLengthIsTheFirstTokenAndTheIntervals() {
    Measured measured = new Measured(100, 10, 490, 40, "server", "stop");
    assertThat(measured.totalFor(40)).isEqualTo(490);
    assertThat(measured.totalFor(500)).isEqualTo(5_090);
  }

  private void arrivesAfter(long millis, String type) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    recording.arrived(part(type));
  }

  private void usageArrivesAfter(long millis, long tokens) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    Message usage = part("usage");
    usage.setHeader(COMPLETION_TOKENS, tokens);
    usage.setHeader(USAGE_SOURCE, "server");
    usage.setHeader(FINISH_REASON, "length");
    recording.arrived(usage);
  }

  private static Message part(String type) {
    Message part = new DefaultMessage(new DefaultCamelContext());
    part.setHeader(EVENT_TYPE, type);
    return part;
  }
}
