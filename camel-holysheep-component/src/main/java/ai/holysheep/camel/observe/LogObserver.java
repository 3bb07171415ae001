package ai.holysheep.camel.observe;

import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.Latency;
import ai.holysheep.camel.chat.Usage;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.MDCAdapter;

/**
 * Writes one line for each call at debug level, and warns once for each server whose answers are
 * kept back on the way.
 */
public final class LogObserver implements CallObserver {

  /** What carries the stream's id in the diagnostic context of these lines. */
  static final String MDC_KEY = GenAiNames.STREAM_ID;

  private final Set<URI> keptBack = ConcurrentHashMap.newKeySet();
  private final Logger log;
  private final MDCAdapter diagnosticContext;

  /** One that writes to the logger of this class's name. */
  public LogObserver() {
    this(LoggerFactory.getLogger(LogObserver.class), MDC.getMDCAdapter());
  }

  LogObserver(Logger log, MDCAdapter diagnosticContext) {
    this.log = log;
    this.diagnosticContext = diagnosticContext;
  }

  @Override
  public CallObservation begun(ObservedCall call) {
    return new CallObservation() {
      @Override
      public void ended(CallOutcome outcome) {
        String before = diagnosticContext.get(MDC_KEY);
        diagnosticContext.put(MDC_KEY, call.streamId());
        try {
          note(call, outcome);
        } finally {
          restore(before);
        }
      }
    };
  }

  private void restore(@Nullable String before) {
    if (before == null) {
      diagnosticContext.remove(MDC_KEY);
    } else {
      diagnosticContext.put(MDC_KEY, before);
    }
  }

  private void note(ObservedCall call, CallOutcome outcome) {
    if (log.isDebugEnabled()) {
      log.debug("{}", line(call, outcome));
    }
    Latency latency = outcome.latency();
    if (latency.isBurst() && keptBack.add(call.baseUrl())) {
      log.warn(
          "An answer of {} came all at once, {} ms after the request: {} pieces within {} ms."
              + " Something on the way, such as a proxy, keeps answers back until they are whole;"
              + " switch its buffering off. This is not said again for this server.",
          call.baseUrl(),
          millis(latency.firstToken()),
          latency.gaps() == null ? 1 : latency.gaps().count() + 1,
          latency.gaps() == null ? 0 : latency.gaps().total().toMillis());
    }
  }

  private static String line(ObservedCall call, CallOutcome outcome) {
    StringBuilder line = new StringBuilder(200);
    line.append("Stream ").append(call.streamId());
    line.append(" of ").append(call.model());
    line.append(" ended: ").append(reason(outcome));
    Usage usage = outcome.usage();
    if (usage != null) {
      line.append(", ").append(orUnknown(usage.promptTokens())).append(" prompt tokens, ");
      line.append(orUnknown(usage.completionTokens())).append(" completion tokens (");
      line.append(usage.source().word()).append(')');
      Cost cost = usage.cost();
      if (cost != null) {
        line.append(", cost ").append(cost.amount().toPlainString());
        line.append(' ').append(cost.currency()).append(" (").append(cost.source().word());
        line.append(')');
      }
    }
    Latency latency = outcome.latency();
    line.append(", ").append(latency.duration().toMillis()).append(" ms");
    if (latency.firstToken() != null) {
      line.append(", first token after ").append(millis(latency.firstToken())).append(" ms");
    }
    line.append(", ").append(latency.inRoute().toMillis()).append(" ms in the route, ");
    line.append(latency.reconnecting().toMillis()).append(" ms reconnecting (");
    line.append(outcome.reconnectCount()).append(" times)");
    if (outcome.requestId() != null) {
      line.append(", request id ").append(outcome.requestId());
    }
    return line.append('.').toString();
  }

  private static String reason(CallOutcome outcome) {
    String errorType = outcome.errorType();
    if (errorType != null) {
      return errorType;
    }
    return outcome.finishReasons().isEmpty() ? "complete" : outcome.finishReasons().get(0).word();
  }

  private static Object orUnknown(@Nullable Long count) {
    return count == null ? "unknown" : count;
  }

  private static long millis(@Nullable Duration duration) {
    return duration == null ? 0 : duration.toMillis();
  }
}
