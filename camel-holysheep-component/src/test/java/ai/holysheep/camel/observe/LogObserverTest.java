package ai.holysheep.camel.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.CostCoverage;
import ai.holysheep.camel.chat.CostSource;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.Gaps;
import ai.holysheep.camel.chat.Latency;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.observe.CallOutcome.Ending;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.MDCAdapter;

/** One line for each call, and a warning for answers that are kept back. */
class LogObserverTest {

  private static final Usage USAGE =
      new Usage(
          7L,
          3L,
          10L,
          null,
          null,
          UsageSource.SERVER,
          new Cost(new BigDecimal("0.000044"), "USD", CostSource.PRICES, CostCoverage.ALL));
  private static final Latency LATENCY =
      new Latency(millis(1500), millis(400), millis(30), millis(2), null, null);
  private static final Latency BURST =
      new Latency(
          millis(3010),
          millis(3000),
          Duration.ZERO,
          Duration.ZERO,
          new Gaps(99, millis(10), millis(0), millis(1), millis(4)),
          null);

  private final MDCAdapter mdc = new BasicMDCAdapter();
  private final Lines lines = new Lines();
  private final LogObserver observer = new LogObserver(lines, mdc);

  @Test
  void wholeAnswerIsOneLine() {
    end("http://test/v1", outcome(Ending.COMPLETE, null, USAGE, LATENCY, "req-1"));
    assertThat(lines.written)
        .containsExactly(
            "DEBUG Stream s-1 of test-model ended: stop, 7 prompt tokens, 3 completion tokens"
                + " (server), cost 0.000044 USD (prices), 1500 ms, first token after 400 ms, 2 ms in"
                + " the route, 30 ms reconnecting (2 times), request id req-1.");
  }

  @Test
  void failureIsOneLineToo() {
    StreamTruncatedException failure =
        new StreamTruncatedException("It broke.", FailureContext.NONE);
    end("http://test/v1", outcome(Ending.FAILED, failure, null, LATENCY, null));
    assertThat(lines.written)
        .containsExactly(
            "DEBUG Stream s-1 of test-model ended: StreamTruncatedException, 1500 ms, first token"
                + " after 400 ms, 2 ms in the route, 30 ms reconnecting (2 times).");
  }

  @Test
  void linesAreWrittenWithTheStreamsId() {
    mdc.put(LogObserver.MDC_KEY, "other");
    end("http://test/v1", outcome(Ending.COMPLETE, null, USAGE, LATENCY, null));
    assertThat(lines.ids).containsExactly("s-1");
    assertThat(mdc.get(LogObserver.MDC_KEY)).isEqualTo("other");
    mdc.remove(LogObserver.MDC_KEY);
    end("http://test/v1", outcome(Ending.COMPLETE, null, USAGE, LATENCY, null));
    assertThat(mdc.get(LogObserver.MDC_KEY)).isNull();
  }

  @Test
  void nothingIsWrittenWhereNobodyWantsIt() {
    lines.least = Level.INFO;
    end("http://test/v1", outcome(Ending.COMPLETE, null, USAGE, LATENCY, null));
    assertThat(lines.written).isEmpty();
  }

  @Test
  void answerThatWasKeptBackIsWarnedOfOncePerServer() {
    lines.least = Level.WARN;
    for (String server : List.of("http://one/v1", "http://one/v1", "http://two/v1")) {
      end(server, outcome(Ending.COMPLETE, null, USAGE, BURST, null));
    }
    assertThat(lines.written).hasSize(2);
    assertThat(lines.written.get(0))
        .startsWith(
            "WARN An answer of http://one/v1 came all at once, 3000 ms after the request: 100"
                + " pieces within 10 ms.")
        .contains("proxy");
    assertThat(lines.written.get(1)).contains("http://two/v1");
  }

  private void end(String baseUrl, CallOutcome outcome) {
    observer
        .begun(
            new ObservedCall(
                "s-1", "test-model", URI.create(baseUrl), true, null, CallerContext.NONE, () -> ""))
        .ended(outcome);
  }

  private static CallOutcome outcome(
      Ending ending, RuntimeException failure, Usage usage, Latency latency, String requestId) {
    return new CallOutcome(
        ending,
        failure,
        null,
        null,
        List.of(FinishReason.STOP),
        usage,
        latency,
        2,
        requestId,
        () -> new ChatAnswer("s-1", null, null, List.of(), null),
        () -> "");
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  /** A logger that keeps what it is given. */
  private final class Lines extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1L;

    private final transient List<String> written = new ArrayList<>();
    private final transient List<String> ids = new ArrayList<>();
    private Level least = Level.DEBUG;

    @Override
    protected String getFullyQualifiedCallerName() {
      return Lines.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
      written.add(level + " " + MessageFormatter.basicArrayFormat(message, arguments));
      ids.add(mdc.get(LogObserver.MDC_KEY));
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return least.compareTo(Level.DEBUG) >= 0;
    }

    @Override
    public boolean isInfoEnabled() {
      return least.compareTo(Level.INFO) >= 0;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }
  }
}
