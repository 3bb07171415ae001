package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.EventEncoder;
import ai.holysheep.camel.chat.Gaps;
import ai.holysheep.camel.chat.Latency;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.OtherReceived;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.error.HolySheepException;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes events, answers, usage and tool calls as JSON objects of one line. Thread-safe. */
public final class EventWriter implements EventEncoder {

  @Override
  public String json(ChatEvent event) {
    return Json.object(out -> write(event, out));
  }

  @Override
  public String json(ChatAnswer answer) {
    return Json.object(out -> write(answer, out));
  }

  @Override
  public String json(Usage usage) {
    return Json.object(out -> writeFields(usage, out));
  }

  @Override
  public String json(ToolCall toolCall) {
    return Json.object(out -> writeFields(toolCall, out));
  }

  private static void write(ChatEvent event, JsonGenerator out) throws IOException {
    writeOrigin(event, out);
    // Java 17 has no switch over types; a test proves that every permitted class is written.
    if (event instanceof TextReceived received) {
      out.writeStringField("content", received.text());
    } else if (event instanceof ReasoningReceived received) {
      out.writeStringField("content", received.text());
    } else if (event instanceof ToolCallReceived received) {
      write("toolCall", received.toolCall(), out);
    } else if (event instanceof CallEnded ended) {
      writeNamed("responseId", event.origin().responseId(), out);
      writeNamed("model", event.origin().model(), out);
      write(ended.report(), out);
    } else if (event instanceof OtherReceived received) {
      out.writeStringField("frameType", received.message().type());
      out.writeFieldName("message");
      out.writeRawValue(received.message().json());
    } else if (event instanceof AnswerRestarted restarted) {
      out.writeNumberField("attempt", restarted.attempt());
      writeNamed("message", restarted.cause().getMessage(), out);
    } else if (event instanceof CallFailed failed) {
      write(failed, out);
    }
  }

  private static void writeOrigin(ChatEvent event, JsonGenerator out) throws IOException {
    Origin origin = event.origin();
    out.writeStringField("type", event.type().word());
    out.writeStringField("streamId", origin.streamId());
    out.writeNumberField("index", origin.index());
    if (origin.choiceIndex() != null) {
      out.writeNumberField("choiceIndex", origin.choiceIndex());
    }
  }

  private static void write(ChatAnswer answer, JsonGenerator out) throws IOException {
    out.writeStringField("type", "answer");
    out.writeStringField("streamId", answer.streamId());
    writeNamed("responseId", answer.responseId(), out);
    writeNamed("model", answer.model(), out);
    out.writeStringField("content", answer.text());
    if (!answer.reasoning().isEmpty()) {
      out.writeStringField("reasoning", answer.reasoning());
    }
    out.writeArrayFieldStart("choices");
    for (Choice choice : answer.choices()) {
      write(choice, out);
    }
    out.writeEndArray();
    writeCut(answer.isCut(), out);
    if (answer.report() != null) {
      write(answer.report(), out);
    }
  }

  private static void write(Choice choice, JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("choiceIndex", choice.index());
    out.writeStringField("content", choice.text());
    if (!choice.reasoning().isEmpty()) {
      out.writeStringField("reasoning", choice.reasoning());
    }
    out.writeArrayFieldStart("toolCalls");
    for (ToolCall toolCall : choice.toolCalls()) {
      out.writeStartObject();
      writeFields(toolCall, out);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeStringField("finishReason", choice.finishReason().word());
    writeNamed("rawFinishReason", choice.rawFinishReason(), out);
    writeCut(choice.isCut(), out);
    out.writeEndObject();
  }

  private static void write(String name, ToolCall toolCall, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart(name);
    writeFields(toolCall, out);
    out.writeEndObject();
  }

  private static void writeFields(ToolCall toolCall, JsonGenerator out) throws IOException {
    writeNamed("id", toolCall.id(), out);
    out.writeStringField("name", toolCall.name());
    out.writeStringField("arguments", toolCall.arguments());
    out.writeBooleanField("complete", toolCall.complete());
  }

  private static void write(Report report, JsonGenerator out) throws IOException {
    out.writeStringField("finishReason", report.finishReason().word());
    writeNamed("rawFinishReason", report.rawFinishReason(), out);
    out.writeNumberField("chunkCount", report.chunkCount());
    out.writeNumberField("skippedEventCount", report.skippedEventCount());
    out.writeNumberField("reconnectCount", report.reconnectCount());
    writeNamed("requestId", report.requestId(), out);
    out.writeObjectFieldStart("usage");
    writeFields(report.usage(), out);
    out.writeEndObject();
    if (report.latency() != null) {
      out.writeObjectFieldStart("latency");
      writeFields(report.latency(), out);
      out.writeEndObject();
    }
  }

  private static void writeFields(Latency latency, JsonGenerator out) throws IOException {
    out.writeNumberField("durationMillis", latency.duration().toMillis());
    if (latency.firstToken() != null) {
      out.writeNumberField("firstTokenMillis", latency.firstToken().toMillis());
    }
    out.writeNumberField("reconnectingMillis", latency.reconnecting().toMillis());
    out.writeNumberField("inRouteMillis", latency.inRoute().toMillis());
    Gaps gaps = latency.gaps();
    if (gaps != null) {
      out.writeNumberField("gapCount", gaps.count());
      out.writeNumberField("totalGapMillis", gaps.total().toMillis());
      out.writeNumberField("medianGapMillis", gaps.median().toMillis());
      out.writeNumberField("p99GapMillis", gaps.p99().toMillis());
      out.writeNumberField("longestGapMillis", gaps.longest().toMillis());
    }
    if (latency.tokensPerSecond() != null) {
      out.writeNumberField("tokensPerSecond", latency.tokensPerSecond());
    }
  }

  private static void writeFields(Usage usage, JsonGenerator out) throws IOException {
    writeCount("prompt_tokens", usage.promptTokens(), out);
    writeCount("completion_tokens", usage.completionTokens(), out);
    writeCount("total_tokens", usage.totalTokens(), out);
    writeCount("cached_tokens", usage.cachedTokens(), out);
    writeCount("reasoning_tokens", usage.reasoningTokens(), out);
    out.writeStringField("source", usage.source().word());
    Cost cost = usage.cost();
    if (cost != null) {
      out.writeNumberField("cost", cost.amount());
      out.writeStringField("cost_currency", cost.currency());
      out.writeStringField("cost_source", cost.source().word());
      out.writeStringField("cost_coverage", cost.coverage().word());
    }
  }

  private static void write(CallFailed failed, JsonGenerator out) throws IOException {
    RuntimeException exception = failed.exception();
    out.writeStringField("error", exception.getClass().getSimpleName());
    writeNamed("message", exception.getMessage(), out);
    out.writeStringField("partialContent", failed.partialAnswer().text());
    writeCut(failed.partialAnswer().isCut(), out);
    if (exception instanceof HolySheepException known) {
      if (known.getStatus() != 0) {
        out.writeNumberField("status", known.getStatus());
      }
      writeNamed("code", known.getCode(), out);
      writeNamed("requestId", known.getRequestId(), out);
    }
  }

  /** Told only where it is so: most readers never meet it. */
  private static void writeCut(boolean cut, JsonGenerator out) throws IOException {
    if (cut) {
      out.writeBooleanField("cut", true);
    }
  }

  private static void writeNamed(String name, @Nullable String value, JsonGenerator out)
      throws IOException {
    if (value != null) {
      out.writeStringField(name, value);
    }
  }

  private static void writeCount(String name, @Nullable Long value, JsonGenerator out)
      throws IOException {
    if (value != null) {
      out.writeNumberField(name, value);
    }
  }
}
