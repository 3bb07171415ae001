package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.ChoiceEnd;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream as OpenAI's servers send it: chunks of chat completions, each as a server-sent event, a
 * chunk with the finish reason of each answer, one with the usage, and {@code [DONE]}. A failure is
 * an event with {@code error}, and no {@code [DONE]} follows it.
 */
final class OpenAiChunks implements StreamWriter.Words {

  private final Supplier<Instant> clock;
  // How many tool calls each answer has; there is an entry once the answer has begun.
  private final Map<Integer, Integer> toolCallCounts = new HashMap<>();
  private long createdSeconds;
  private @Nullable String id;
  private @Nullable String model;

  OpenAiChunks(Supplier<Instant> clock) {
    this.clock = clock;
  }

  @Override
  public boolean canRestart() {
    return false;
  }

  @Override
  public void write(ChatEvent event, StringBuilder out) {
    begin(event.origin());
    // Java 17 has no switch over types; a test proves that every permitted class is written. Only
    // OtherReceived is not: a chunk has no place for it.
    if (event instanceof TextReceived received) {
      delta(event, out, "content", received.text());
    } else if (event instanceof ReasoningReceived received) {
      delta(event, out, "reasoning_content", received.text());
    } else if (event instanceof ToolCallReceived received) {
      toolCall(event.origin(), received.toolCall(), out);
    } else if (event instanceof CallEnded ended) {
      end(ended, out);
    } else if (event instanceof CallFailed failed) {
      frame(out, json -> write(FailureWords.of(failed.exception()), json));
    }
  }

  /** All chunks of a stream have the same id, model and date. */
  private void begin(Origin origin) {
    if (id == null) {
      id = origin.responseId() == null ? "chatcmpl-" + origin.streamId() : origin.responseId();
      createdSeconds = clock.get().getEpochSecond();
    }
    if (model == null) {
      model = origin.model();
    }
  }

  private void delta(ChatEvent event, StringBuilder out, String field, String text) {
    int choice = choice(event.origin());
    chunk(out, choice, null, json -> json.writeStringField(field, text));
  }

  private void toolCall(Origin origin, ToolCall call, StringBuilder out) {
    int choice = choice(origin);
    int position = toolCallCounts.getOrDefault(choice, 0);
    chunk(
        out,
        choice,
        null,
        json -> {
          json.writeArrayFieldStart("tool_calls");
          json.writeStartObject();
          json.writeNumberField("index", position);
          json.writeStringField("id", StreamWriter.id(call, origin));
          json.writeStringField("type", "function");
          json.writeObjectFieldStart("function");
          json.writeStringField("name", call.name());
          json.writeStringField("arguments", call.arguments());
          json.writeEndObject();
          json.writeEndObject();
          json.writeEndArray();
        });
    toolCallCounts.put(choice, position + 1);
  }

  private void end(CallEnded ended, StringBuilder out) {
    for (ChoiceEnd end : ends(ended)) {
      boolean silent = !toolCallCounts.containsKey(end.index());
      chunk(
          out,
          end.index(),
          finishReason(end),
          json -> {
            if (silent) {
              json.writeStringField("content", "");
            }
          });
    }
    frame(
        out,
        json -> {
          writeHead(json);
          json.writeArrayFieldStart("choices");
          json.writeEndArray();
          write(ended.report().usage(), json);
        });
    out.append("data: [DONE]\n\n");
  }

  /** Clients want a reason for each answer, also for one that is empty. */
  private static List<ChoiceEnd> ends(CallEnded ended) {
    if (!ended.ends().isEmpty()) {
      return new ArrayList<>(ended.ends());
    }
    return List.of(new ChoiceEnd(0, ended.report().finishReason(), null));
  }

  /** A word that is not known here may be known to the client. */
  private static String finishReason(ChoiceEnd end) {
    if (end.finishReason() != FinishReason.UNKNOWN) {
      return end.finishReason().word();
    }
    String raw = end.rawFinishReason();
    return raw == null ? FinishReason.STOP.word() : raw;
  }

  /** The first chunk of each answer says whose words they are. */
  private void chunk(
      StringBuilder out, int choice, @Nullable String finishReason, Json.Content delta) {
    boolean first = toolCallCounts.putIfAbsent(choice, 0) == null;
    frame(
        out,
        json -> {
          writeHead(json);
          json.writeArrayFieldStart("choices");
          json.writeStartObject();
          json.writeNumberField("index", choice);
          json.writeObjectFieldStart("delta");
          if (first) {
            json.writeStringField("role", "assistant");
          }
          delta.writeTo(json);
          json.writeEndObject();
          json.writeStringField("finish_reason", finishReason);
          json.writeEndObject();
          json.writeEndArray();
        });
  }

  private void writeHead(JsonGenerator json) throws IOException {
    json.writeStringField("id", id);
    json.writeStringField("object", "chat.completion.chunk");
    json.writeNumberField("created", createdSeconds);
    json.writeStringField("model", model == null ? "unknown" : model);
  }

  private static void write(Usage usage, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("usage");
    // Clients want these three as numbers.
    json.writeNumberField("prompt_tokens", known(usage.promptTokens()));
    json.writeNumberField("completion_tokens", known(usage.completionTokens()));
    json.writeNumberField("total_tokens", total(usage));
    writeDetail("prompt_tokens_details", "cached_tokens", usage.cachedTokens(), json);
    writeDetail("completion_tokens_details", "reasoning_tokens", usage.reasoningTokens(), json);
    if (usage.source() == UsageSource.ESTIMATED) {
      json.writeStringField("source", usage.source().word());
    }
    json.writeEndObject();
  }

  private static void writeDetail(
      String details, String name, @Nullable Long count, JsonGenerator json) throws IOException {
    if (count != null) {
      json.writeObjectFieldStart(details);
      json.writeNumberField(name, count);
      json.writeEndObject();
    }
  }

  private static void write(ProviderError error, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("error");
    json.writeStringField("message", error.message());
    json.writeStringField("type", error.type());
    json.writeStringField("param", error.param());
    json.writeStringField("code", error.code());
    json.writeEndObject();
  }

  private static long total(Usage usage) {
    Long total = usage.totalTokens();
    return total == null ? known(usage.promptTokens()) + known(usage.completionTokens()) : total;
  }

  private static long known(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  private static int choice(Origin origin) {
    Integer choice = origin.choiceIndex();
    return choice == null ? 0 : choice;
  }

  private static void frame(StringBuilder out, Json.Content content) {
    out.append("data: ").append(Json.object(content)).append("\n\n");
  }
}
