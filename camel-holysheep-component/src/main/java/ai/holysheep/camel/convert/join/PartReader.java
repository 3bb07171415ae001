package ai.holysheep.camel.convert.join;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.CostCoverage;
import ai.holysheep.camel.chat.CostSource;
import ai.holysheep.camel.chat.EventDecoder;
import ai.holysheep.camel.chat.EventType;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.Latency;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.OtherMessage;
import ai.holysheep.camel.chat.OtherReceived;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import ai.holysheep.camel.error.FailureContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Reads a part of a stream from an exchange: from the typed event that is its body, from its
 * headers and its body, or from the JSON that is its body. Thread-safe.
 */
public final class PartReader {

  private final EventDecoder decoder;

  public PartReader(EventDecoder decoder) {
    this.decoder = decoder;
  }

  /** The stream that an exchange is a part of; null where it is a part of none. */
  public @Nullable String streamId(Exchange exchange) {
    if (exchange.getMessage().getBody() instanceof ChatEvent event) {
      return event.origin().streamId();
    }
    String told = new PartHeaders(exchange.getMessage()).text(HolySheepConstants.STREAM_ID);
    return told == null ? decoder.streamId(PartBody.text(exchange)) : told;
  }

  /**
   * The event that an exchange holds.
   *
   * @throws IllegalArgumentException when it holds none
   */
  ChatEvent event(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    if (body instanceof ChatEvent event) {
      return event;
    }
    PartHeaders headers = new PartHeaders(exchange.getMessage());
    EventType type = EventType.of(headers.text(HolySheepConstants.EVENT_TYPE));
    Origin origin = origin(headers);
    if (type == null || origin == null) {
      return decoded(PartBody.text(exchange));
    }
    String text = PartBody.isText(body) ? PartBody.text(exchange) : "";
    // The model cannot write such JSON into its text: it does not know the stream's id.
    boolean isJson = text.startsWith("{") && origin.streamId().equals(decoder.streamId(text));
    return isJson ? decoded(text) : told(type, origin, exchange, headers);
  }

  private ChatEvent decoded(String json) {
    try {
      return decoder.event(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The exchange is no part of a stream: it lacks one of the headers "
              + HolySheepConstants.STREAM_ID
              + ", "
              + HolySheepConstants.INDEX
              + " and "
              + HolySheepConstants.EVENT_TYPE
              + ", and its body "
              + e.getMessage(),
          e);
    }
  }

  private static @Nullable Origin origin(PartHeaders headers) {
    String streamId = headers.text(HolySheepConstants.STREAM_ID);
    Long index = headers.number(HolySheepConstants.INDEX);
    return streamId == null || index == null
        ? null
        : new Origin(
            streamId,
            index,
            headers.text(HolySheepConstants.RESPONSE_ID),
            headers.text(HolySheepConstants.RESPONSE_MODEL),
            headers.position(HolySheepConstants.CHOICE_INDEX));
  }

  private ChatEvent told(EventType type, Origin origin, Exchange exchange, PartHeaders headers) {
    return switch (type) {
      case TOKEN -> new TextReceived(origin, PartBody.text(exchange));
      case REASONING -> new ReasoningReceived(origin, PartBody.text(exchange));
      case TOOL_CALL -> toolCall(origin, exchange);
      case OTHER -> new OtherReceived(origin, other(exchange, headers));
      case RESTART -> restart(origin, PartBody.text(exchange));
      case USAGE -> new CallEnded(origin, report(exchange, headers));
      case ERROR -> failed(origin, exchange, headers);
    };
  }

  /** Where the route has put something else into its place, the part brings nothing. */
  private ChatEvent toolCall(Origin origin, Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    ToolCall call =
        body instanceof ToolCall known ? known : decoder.toolCall(PartBody.text(exchange));
    return call == null ? new TextReceived(origin, "") : new ToolCallReceived(origin, call);
  }

  private static OtherMessage other(Exchange exchange, PartHeaders headers) {
    String type = headers.text(HolySheepConstants.FRAME_TYPE);
    return new OtherMessage(type == null ? EventType.OTHER.word() : type, PartBody.text(exchange));
  }

  private static AnswerRestarted restart(Origin origin, String reason) {
    return new AnswerRestarted(origin, 2, ToldByHeaders.failure(null, reason, FailureContext.NONE));
  }

  private static CallFailed failed(Origin origin, Exchange exchange, PartHeaders headers) {
    ChatAnswer nothing = new ChatAnswer(origin.streamId(), null, null, List.of(), null);
    return new CallFailed(origin, ToldByHeaders.failure(exchange, headers), nothing);
  }

  private static Report report(Exchange exchange, PartHeaders headers) {
    return new Report(
        FinishReason.of(headers.text(HolySheepConstants.FINISH_REASON)),
        headers.text(HolySheepConstants.RAW_FINISH_REASON),
        exchange.getMessage().getBody() instanceof Usage usage ? usage : usage(headers),
        headers.numberOrZero(HolySheepConstants.CHUNK_COUNT),
        headers.numberOrZero(HolySheepConstants.SKIPPED_EVENT_COUNT),
        (int) Math.min(Integer.MAX_VALUE, headers.numberOrZero(HolySheepConstants.RECONNECT_COUNT)),
        headers.text(HolySheepConstants.REQUEST_ID),
        latency(headers));
  }

  /** Headers tell less of the gaps than the whole of them, so their sum is not known. */
  private static @Nullable Latency latency(PartHeaders headers) {
    Duration duration = headers.millis(HolySheepConstants.DURATION_MILLIS);
    return duration == null
        ? null
        : new Latency(
            duration,
            headers.millis(HolySheepConstants.FIRST_TOKEN_MILLIS),
            Duration.ofMillis(headers.numberOrZero(HolySheepConstants.RECONNECTING_MILLIS)),
            Duration.ofMillis(headers.numberOrZero(HolySheepConstants.IN_ROUTE_MILLIS)),
            null,
            headers.decimal(HolySheepConstants.TOKENS_PER_SECOND));
  }

  private static Usage usage(PartHeaders headers) {
    return new Usage(
        headers.number(HolySheepConstants.PROMPT_TOKENS),
        headers.number(HolySheepConstants.COMPLETION_TOKENS),
        headers.number(HolySheepConstants.TOTAL_TOKENS),
        headers.number(HolySheepConstants.CACHED_TOKENS),
        headers.number(HolySheepConstants.REASONING_TOKENS),
        UsageSource.of(headers.text(HolySheepConstants.USAGE_SOURCE)),
        cost(headers));
  }

  private static @Nullable Cost cost(PartHeaders headers) {
    BigDecimal amount = headers.amount(HolySheepConstants.COST);
    if (amount == null) {
      return null;
    }
    String currency = headers.text(HolySheepConstants.COST_CURRENCY);
    return new Cost(
        amount,
        currency == null ? Cost.USD : currency,
        CostSource.of(headers.text(HolySheepConstants.COST_SOURCE)),
        CostCoverage.of(headers.text(HolySheepConstants.COST_COVERAGE)));
  }
}
