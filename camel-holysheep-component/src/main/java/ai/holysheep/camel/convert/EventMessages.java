package ai.holysheep.camel.convert;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.EventEncoder;
import ai.holysheep.camel.chat.EventType;
import ai.holysheep.camel.chat.Gaps;
import ai.holysheep.camel.chat.Latency;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.OtherReceived;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.error.HolySheepException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Puts events and answers into messages: body by format, headers by what is known. Thread-safe. */
public final class EventMessages {

  static final List<String> ANSWER_HEADERS =
      List.of(
          HolySheepConstants.STREAM_ID,
          HolySheepConstants.INDEX,
          HolySheepConstants.EVENT_TYPE,
          HolySheepConstants.CHOICE_INDEX,
          HolySheepConstants.RESPONSE_MODEL,
          HolySheepConstants.RESPONSE_ID,
          HolySheepConstants.FINISH_REASON,
          HolySheepConstants.RAW_FINISH_REASON,
          HolySheepConstants.PROMPT_TOKENS,
          HolySheepConstants.COMPLETION_TOKENS,
          HolySheepConstants.TOTAL_TOKENS,
          HolySheepConstants.CACHED_TOKENS,
          HolySheepConstants.REASONING_TOKENS,
          HolySheepConstants.USAGE_SOURCE,
          HolySheepConstants.COST,
          HolySheepConstants.COST_CURRENCY,
          HolySheepConstants.COST_SOURCE,
          HolySheepConstants.COST_COVERAGE,
          HolySheepConstants.CHUNK_COUNT,
          HolySheepConstants.SKIPPED_EVENT_COUNT,
          HolySheepConstants.RECONNECT_COUNT,
          HolySheepConstants.REQUEST_ID,
          HolySheepConstants.DURATION_MILLIS,
          HolySheepConstants.FIRST_TOKEN_MILLIS,
          HolySheepConstants.RECONNECTING_MILLIS,
          HolySheepConstants.IN_ROUTE_MILLIS,
          HolySheepConstants.MEDIAN_GAP_MILLIS,
          HolySheepConstants.LONGEST_GAP_MILLIS,
          HolySheepConstants.TOKENS_PER_SECOND,
          HolySheepConstants.REASONING,
          HolySheepConstants.TOOL_CALLS,
          HolySheepConstants.TOOL_CALL_ID,
          HolySheepConstants.TOOL_NAME,
          HolySheepConstants.FRAME_TYPE,
          HolySheepConstants.ERROR_CATEGORY,
          HolySheepConstants.RETRY_AFTER_MILLIS,
          HolySheepConstants.COMPLETE,
          HolySheepConstants.MISSING,
          HolySheepConstants.DUPLICATE_COUNT);

  private final BodyFormat format;
  private final EventEncoder encoder;

  public EventMessages(BodyFormat format, EventEncoder encoder) {
    this.format = format;
    this.encoder = encoder;
  }

  /** Takes off what an earlier answer left on the message that now gets another one. */
  static void forgetEarlierAnswer(Message message) {
    ANSWER_HEADERS.forEach(message::removeHeader);
  }

  /** Makes the message that of one event. */
  public void fill(Message message, ChatEvent event) {
    message.setBody(body(event));
    Map<String, Object> headers = message.getHeaders();
    Origin origin = event.origin();
    headers.put(HolySheepConstants.STREAM_ID, origin.streamId());
    headers.put(HolySheepConstants.INDEX, origin.index());
    headers.put(HolySheepConstants.EVENT_TYPE, event.type().word());
    put(headers, HolySheepConstants.RESPONSE_MODEL, origin.model());
    put(headers, HolySheepConstants.RESPONSE_ID, origin.responseId());
    put(headers, HolySheepConstants.CHOICE_INDEX, origin.choiceIndex());
    if (event instanceof CallEnded ended) {
      put(headers, ended.report());
    }
    if (event instanceof ToolCallReceived received) {
      put(headers, HolySheepConstants.TOOL_CALL_ID, received.toolCall().id());
      headers.put(HolySheepConstants.TOOL_NAME, received.toolCall().name());
    }
    if (event instanceof OtherReceived received) {
      headers.put(HolySheepConstants.FRAME_TYPE, received.message().type());
    }
    if (event instanceof CallFailed failed
        && failed.exception() instanceof HolySheepException failure) {
      fill(message, failure);
    }
  }

  /** Says of an event or an answer that the call has failed, and whose fault it is. */
  public static void fill(Message message, HolySheepException failure) {
    Map<String, Object> headers = message.getHeaders();
    headers.put(HolySheepConstants.EVENT_TYPE, EventType.ERROR.word());
    headers.put(HolySheepConstants.ERROR_CATEGORY, ErrorCategory.of(failure).name());
    put(headers, HolySheepConstants.RETRY_AFTER_MILLIS, RouteFailures.retryAfterMillis(failure));
  }

  /** Makes the message that of a whole answer. */
  public void fill(Message message, ChatAnswer answer) {
    forgetEarlierAnswer(message);
    message.setBody(body(answer));
    Map<String, Object> headers = message.getHeaders();
    headers.put(HolySheepConstants.STREAM_ID, answer.streamId());
    put(headers, HolySheepConstants.RESPONSE_MODEL, answer.model());
    put(headers, HolySheepConstants.RESPONSE_ID, answer.responseId());
    if (!answer.reasoning().isEmpty()) {
      headers.put(HolySheepConstants.REASONING, answer.reasoning());
    }
    if (!answer.toolCalls().isEmpty()) {
      headers.put(HolySheepConstants.TOOL_CALLS, answer.toolCalls());
    }
    if (answer.report() != null) {
      put(headers, answer.report());
    }
  }

  private Object body(ChatEvent event) {
    return switch (format) {
      case text -> text(event);
      case json -> encoder.json(event);
      case object -> event;
    };
  }

  private static Object text(ChatEvent event) {
    // Java 17 has no switch over types; a test proves that every permitted class has a body.
    if (event instanceof TextReceived received) {
      return received.text();
    }
    if (event instanceof ReasoningReceived received) {
      return received.text();
    }
    if (event instanceof ToolCallReceived received) {
      return received.toolCall();
    }
    if (event instanceof CallEnded ended) {
      return ended.report().usage();
    }
    if (event instanceof OtherReceived received) {
      return received.message().json();
    }
    if (event instanceof AnswerRestarted restarted) {
      return String.valueOf(restarted.cause().getMessage());
    }
    return ((CallFailed) event).exception();
  }

  private Object body(ChatAnswer answer) {
    return switch (format) {
      case text -> texts(answer);
      case json -> encoder.json(answer);
      case object -> answer;
    };
  }

  /** Several answers were asked for, so none of them may be lost. */
  private static Object texts(ChatAnswer answer) {
    return answer.choices().size() > 1
        ? answer.choices().stream().map(choice -> choice.text()).toList()
        : answer.text();
  }

  private static void put(Map<String, Object> headers, Report report) {
    headers.put(HolySheepConstants.FINISH_REASON, report.finishReason().word());
    put(headers, HolySheepConstants.RAW_FINISH_REASON, report.rawFinishReason());
    headers.put(HolySheepConstants.CHUNK_COUNT, report.chunkCount());
    headers.put(HolySheepConstants.SKIPPED_EVENT_COUNT, report.skippedEventCount());
    headers.put(HolySheepConstants.RECONNECT_COUNT, report.reconnectCount());
    put(headers, HolySheepConstants.REQUEST_ID, report.requestId());
    put(headers, report.usage());
    put(headers, report.latency());
  }

  private static void put(Map<String, Object> headers, Usage usage) {
    put(headers, HolySheepConstants.PROMPT_TOKENS, usage.promptTokens());
    put(headers, HolySheepConstants.COMPLETION_TOKENS, usage.completionTokens());
    put(headers, HolySheepConstants.TOTAL_TOKENS, usage.totalTokens());
    put(headers, HolySheepConstants.CACHED_TOKENS, usage.cachedTokens());
    put(headers, HolySheepConstants.REASONING_TOKENS, usage.reasoningTokens());
    headers.put(HolySheepConstants.USAGE_SOURCE, usage.source().word());
    Cost cost = usage.cost();
    if (cost != null) {
      headers.put(HolySheepConstants.COST, cost.amount());
      headers.put(HolySheepConstants.COST_CURRENCY, cost.currency());
      headers.put(HolySheepConstants.COST_SOURCE, cost.source().word());
      headers.put(HolySheepConstants.COST_COVERAGE, cost.coverage().word());
    }
  }

  private static void put(Map<String, Object> headers, @Nullable Latency latency) {
    if (latency == null) {
      return;
    }
    headers.put(HolySheepConstants.DURATION_MILLIS, latency.duration().toMillis());
    headers.put(HolySheepConstants.RECONNECTING_MILLIS, latency.reconnecting().toMillis());
    headers.put(HolySheepConstants.IN_ROUTE_MILLIS, latency.inRoute().toMillis());
    if (latency.firstToken() != null) {
      headers.put(HolySheepConstants.FIRST_TOKEN_MILLIS, latency.firstToken().toMillis());
    }
    Gaps gaps = latency.gaps();
    if (gaps != null) {
      headers.put(HolySheepConstants.MEDIAN_GAP_MILLIS, gaps.median().toMillis());
      headers.put(HolySheepConstants.LONGEST_GAP_MILLIS, gaps.longest().toMillis());
    }
    put(headers, HolySheepConstants.TOKENS_PER_SECOND, latency.tokensPerSecond());
  }

  private static void put(Map<String, Object> headers, String name, @Nullable Object value) {
    if (value != null) {
      headers.put(name, value);
    }
  }
}
