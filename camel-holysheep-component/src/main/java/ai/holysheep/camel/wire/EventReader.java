package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.CostCoverage;
import ai.holysheep.camel.chat.CostSource;
import ai.holysheep.camel.chat.EventDecoder;
import ai.holysheep.camel.chat.EventType;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.Gaps;
import ai.holysheep.camel.chat.Latency;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.OtherMessage;
import ai.holysheep.camel.chat.OtherReceived;
import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.Received;
import ai.holysheep.camel.error.Response;
import ai.holysheep.camel.error.RetryAdvice;
import ai.holysheep.camel.error.ToldFailures;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link EventWriter} writes, wherever it has been in between. Thread-safe. */
public final class EventReader implements EventDecoder {

  @Override
  public ChatEvent event(String json) {
    JsonNode event = Json.tree(json);
    if (event == null) {
      throw new IllegalArgumentException("is not valid JSON");
    }
    if (!event.isObject()) {
      throw new IllegalArgumentException("is JSON, but no object");
    }
    EventType type = type(event);
    Origin origin = origin(event);
    return switch (type) {
      case TOKEN -> new TextReceived(origin, required(event, "content"));
      case REASONING -> new ReasoningReceived(origin, required(event, "content"));
      case TOOL_CALL -> new ToolCallReceived(origin, requiredToolCall(event));
      case OTHER ->
          new OtherReceived(
              origin,
              new OtherMessage(required(event, "frameType"), event.path("message").toString()));
      case RESTART -> restart(origin, event);
      case USAGE -> new CallEnded(origin, report(event));
      case ERROR -> failed(origin, event);
    };
  }

  /** Reads no further than it must, because a whole event is read afterwards. */
  @Override
  public @Nullable String streamId(String json) {
    try (JsonParser in = Json.FACTORY.createParser(json)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = in.currentName().equals("streamId");
        JsonToken value = in.nextToken();
        if (found) {
          return value == JsonToken.VALUE_STRING ? in.getText() : null;
        }
        in.skipChildren();
      }
      return null;
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public @Nullable ToolCall toolCall(String json) {
    JsonNode call = Json.tree(json);
    return call == null ? null : toolCall(call);
  }

  private static EventType type(JsonNode event) {
    String word = required(event, "type");
    EventType type = EventType.of(word);
    if (type == null) {
      throw new IllegalArgumentException("has a 'type' that is not known");
    }
    return type;
  }

  private static Origin origin(JsonNode event) {
    String streamId = required(event, "streamId");
    Long index = count(event, "index");
    if (index == null) {
      throw new IllegalArgumentException("has no 'index'");
    }
    return new Origin(
        streamId,
        index,
        text(event, "responseId"),
        text(event, "model"),
        position(event, "choiceIndex"));
  }

  private static ToolCall requiredToolCall(JsonNode event) {
    ToolCall call = toolCall(event.path("toolCall"));
    if (call == null) {
      throw new IllegalArgumentException("has no 'toolCall'");
    }
    return call;
  }

  private static @Nullable ToolCall toolCall(JsonNode call) {
    String name = text(call, "name");
    String arguments = text(call, "arguments");
    return name == null || arguments == null
        ? null
        : new ToolCall(text(call, "id"), name, arguments, call.path("complete").asBoolean(false));
  }

  private static Report report(JsonNode event) {
    JsonNode usage = event.path("usage");
    return new Report(
        FinishReason.of(text(event, "finishReason")),
        text(event, "rawFinishReason"),
        new Usage(
            count(usage, "prompt_tokens"),
            count(usage, "completion_tokens"),
            count(usage, "total_tokens"),
            count(usage, "cached_tokens"),
            count(usage, "reasoning_tokens"),
            UsageSource.of(text(usage, "source")),
            cost(usage)),
        countOrZero(event, "chunkCount"),
        countOrZero(event, "skippedEventCount"),
        (int) Math.min(Integer.MAX_VALUE, countOrZero(event, "reconnectCount")),
        text(event, "requestId"),
        latency(event.path("latency")));
  }

  private static @Nullable Latency latency(JsonNode latency) {
    Duration duration = millis(latency, "durationMillis");
    return duration == null
        ? null
        : new Latency(
            duration,
            millis(latency, "firstTokenMillis"),
            millisOrZero(latency, "reconnectingMillis"),
            millisOrZero(latency, "inRouteMillis"),
            gaps(latency),
            latency.path("tokensPerSecond").isNumber()
                ? latency.path("tokensPerSecond").doubleValue()
                : null);
  }

  private static @Nullable Gaps gaps(JsonNode latency) {
    Long gapCount = count(latency, "gapCount");
    return gapCount == null
        ? null
        : new Gaps(
            gapCount,
            millisOrZero(latency, "totalGapMillis"),
            millisOrZero(latency, "medianGapMillis"),
            millisOrZero(latency, "p99GapMillis"),
            millisOrZero(latency, "longestGapMillis"));
  }

  private static @Nullable Duration millis(JsonNode object, String name) {
    Long millis = count(object, name);
    return millis == null ? null : Duration.ofMillis(millis);
  }

  private static Duration millisOrZero(JsonNode object, String name) {
    return Duration.ofMillis(countOrZero(object, name));
  }

  private static @Nullable Cost cost(JsonNode usage) {
    BigDecimal amount = amount(usage.path("cost"));
    if (amount == null) {
      return null;
    }
    String currency = text(usage, "cost_currency");
    return new Cost(
        amount,
        currency == null ? Cost.USD : currency,
        CostSource.of(text(usage, "cost_source")),
        CostCoverage.of(text(usage, "cost_coverage")));
  }

  private static AnswerRestarted restart(Origin origin, JsonNode event) {
    Integer attempt = position(event, "attempt");
    HolySheepException cause = ToldFailures.of(null, message(event), FailureContext.NONE);
    return new AnswerRestarted(origin, attempt == null ? 2 : attempt, cause);
  }

  private static CallFailed failed(Origin origin, JsonNode event) {
    String partial = text(event, "partialContent");
    List<Choice> choices =
        partial == null || partial.isEmpty()
            ? List.of()
            : List.of(new Choice(0, partial, "", List.of(), FinishReason.UNKNOWN, null));
    ChatAnswer answer = new ChatAnswer(origin.streamId(), null, null, choices, null);
    return new CallFailed(origin, failure(event, answer), answer);
  }

  private static HolySheepException failure(JsonNode event, ChatAnswer partialAnswer) {
    Long status = count(event, "status");
    String code = text(event, "code");
    ProviderError error = code == null ? null : new ProviderError(null, null, code, null);
    Response response =
        new Response(
            status == null ? 0 : status.intValue(),
            text(event, "requestId"),
            error,
            RetryAdvice.NONE);
    Received received = new Received(partialAnswer, countOrZero(event, "index"), null);
    FailureContext context = new FailureContext(Progress.SENT, null, 0, response, received);
    return ToldFailures.of(text(event, "error"), message(event), context.received(received));
  }

  private static String message(JsonNode event) {
    String message = text(event, "message");
    return message == null ? "The sender of the event does not say why" : message;
  }

  private static String required(JsonNode object, String name) {
    String value = text(object, name);
    if (value == null) {
      throw new IllegalArgumentException("has no '" + name + "'");
    }
    return value;
  }

  private static @Nullable String text(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isTextual() ? value.textValue() : null;
  }

  /** A count that is not negative and no more than a long. */
  private static @Nullable Long count(JsonNode object, String name) {
    JsonNode value = object.path(name);
    boolean usable = value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0;
    return usable ? value.longValue() : null;
  }

  private static @Nullable BigDecimal amount(JsonNode value) {
    return value.isNumber() ? value.decimalValue() : null;
  }

  private static long countOrZero(JsonNode object, String name) {
    Long count = count(object, name);
    return count == null ? 0 : count;
  }

  private static @Nullable Integer position(JsonNode object, String name) {
    Long count = count(object, name);
    return count == null || count > Integer.MAX_VALUE ? null : count.intValue();
  }
}
