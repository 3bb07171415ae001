package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.OtherMessage;
import ai.holysheep.camel.chat.OtherReceived;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallReceived;
import org.jspecify.annotations.Nullable;

/**
 * A stream as the parts of one UI message of Vercel's AI SDK, each as a server-sent event. Only
 * parts and fields that its version 5.0.0 knows: that one refuses a stream with others. A message
 * is one answer, so further ones are left out. A failure is a part {@code error}, and no {@code
 * finish} follows it.
 */
final class UiMessageParts implements StreamWriter.Words {

  private static final EventWriter EVENTS = new EventWriter();

  private boolean started;
  private int blockCount;
  // The kind of the block that grows, "text" or "reasoning"; null where none does.
  private @Nullable String open;

  @Override
  public boolean canRestart() {
    return false;
  }

  @Override
  public void write(ChatEvent event, StringBuilder out) {
    if (!started) {
      started = true;
      part(out, "start", json -> {});
      part(out, "start-step", json -> {});
    }
    // Java 17 has no switch over types; a test proves that every permitted class is written.
    if (event instanceof CallEnded ended) {
      closeBlock(out);
      finish(ended.report(), out);
    } else if (event instanceof CallFailed failed) {
      String message = FailureWords.of(failed.exception()).message();
      part(out, "error", json -> json.writeStringField("errorText", message));
      done(out);
    } else if (PlainText.isOfFirstAnswer(event)) {
      writeContent(event, out);
    }
  }

  private void writeContent(ChatEvent event, StringBuilder out) {
    if (event instanceof TextReceived received) {
      grow("text", received.text(), out);
    } else if (event instanceof ReasoningReceived received) {
      grow("reasoning", received.text(), out);
    } else if (event instanceof ToolCallReceived received) {
      closeBlock(out);
      write(received.toolCall(), event.origin(), out);
    } else if (event instanceof OtherReceived received) {
      closeBlock(out);
      write(received.message(), out);
    }
  }

  /** What the protocol has for data of an application's own. */
  private static void write(OtherMessage message, StringBuilder out) {
    part(
        out,
        "data-" + message.type(),
        json -> {
          json.writeFieldName("data");
          json.writeRawValue(message.json());
        });
  }

  /** A block is of one kind; what comes after another kind is a new one. */
  private void grow(String kind, String text, StringBuilder out) {
    if (!kind.equals(open)) {
      closeBlock(out);
      open = kind;
      blockCount++;
      block(out, kind + "-start", "");
    }
    block(out, kind + "-delta", text);
  }

  private void closeBlock(StringBuilder out) {
    if (open != null) {
      block(out, open + "-end", "");
      open = null;
    }
  }

  private void block(StringBuilder out, String type, String delta) {
    part(
        out,
        type,
        json -> {
          json.writeStringField("id", String.valueOf(blockCount));
          if (!delta.isEmpty()) {
            json.writeStringField("delta", delta);
          }
        });
  }

  /** A call without arguments is one with none; one that nobody can read must not be made. */
  private static void write(ToolCall call, Origin origin, StringBuilder out) {
    String id = StreamWriter.id(call, origin);
    String arguments = call.arguments().isBlank() ? "{}" : call.arguments();
    String input = call.complete() ? Json.oneLine(arguments) : null;
    if (input != null) {
      part(
          out,
          "tool-input-available",
          json -> {
            json.writeStringField("toolCallId", id);
            json.writeStringField("toolName", call.name());
            json.writeFieldName("input");
            json.writeRawValue(input);
          });
      return;
    }
    String why =
        call.complete()
            ? "The arguments of the tool call are not JSON."
            : "The answer ended before the tool call was complete.";
    unusable(call, id, why, out);
  }

  private static void unusable(ToolCall call, String id, String why, StringBuilder out) {
    part(
        out,
        "tool-input-start",
        json -> {
          json.writeStringField("toolCallId", id);
          json.writeStringField("toolName", call.name());
        });
    part(
        out,
        "tool-input-delta",
        json -> {
          json.writeStringField("toolCallId", id);
          json.writeStringField("inputTextDelta", call.arguments());
        });
    part(
        out,
        "tool-output-error",
        json -> {
          json.writeStringField("toolCallId", id);
          json.writeStringField("errorText", why);
        });
  }

  private static void finish(Report report, StringBuilder out) {
    part(out, "finish-step", json -> {});
    part(
        out,
        "finish",
        json -> {
          json.writeObjectFieldStart("messageMetadata");
          json.writeStringField("finishReason", report.finishReason().word());
          json.writeFieldName("usage");
          json.writeRawValue(EVENTS.json(report.usage()));
          json.writeEndObject();
        });
    done(out);
  }

  private static void done(StringBuilder out) {
    out.append("data: [DONE]\n\n");
  }

  private static void part(StringBuilder out, String type, Json.Content fields) {
    String json =
        Json.object(
            object -> {
              object.writeStringField("type", type);
              fields.writeTo(object);
            });
    out.append("data: ").append(json).append("\n\n");
  }
}
