package ai.holysheep.camel.convert;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.EventEncoder;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.Gaps;
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
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.FailureContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.Test;

class EventMessagesTest {

  private static final Usage USAGE = new Usage(7L, 3L, 10L, null, null, UsageSource.SERVER);
  private static final ToolCall CALL = new ToolCall("c1", "f", "{}", true);
  private static final RuntimeException FAILURE =
      new CallCancelledException("Over.", FailureContext.NONE);

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Gaps GAPS = new Gaps(2, SECOND, SECOND, SECOND, SECOND);

  /** An answer of which everything is known. */
  private static final ChatAnswer ANSWER =
      new ChatAnswer(
          "s",
          "r",
          "m",
          List.of(new Choice(0, "t", "r", List.of(CALL), FinishReason.STOP, "end_turn")),
          new Report(
              FinishReason.STOP,
              "end_turn",
              new Usage(7L, 3L, 10L, 2L, 1L, UsageSource.SERVER, Cost.ofServer(BigDecimal.ONE)),
              3,
              1,
              2,
              "req-1",
              new Latency(SECOND, SECOND, SECOND, SECOND, GAPS, 12.5)));

  /** One event of every kind and its body as text. */
  private static final Map<ChatEvent, Object> BODIES = new LinkedHashMap<>();

  static {
    BODIES.put(new TextReceived(origin(0), "t"), "t");
    BODIES.put(new ReasoningReceived(origin(1), "r"), "r");
    BODIES.put(new ToolCallReceived(origin(0), CALL), CALL);
    BODIES.put(new OtherReceived(origin(2), new OtherMessage("mood", "{}")), "{}");
    BODIES.put(new AnswerRestarted(origin(0), 2, FAILURE), FAILURE.getMessage());
    BODIES.put(
        new CallEnded(origin(0), new Report(FinishReason.STOP, null, USAGE, 3, 0, 0, null, null)),
        USAGE);
    BODIES.put(
        new CallFailed(origin(0), FAILURE, new ChatAnswer("s", null, null, List.of(), null)),
        FAILURE);
  }

  @Test
  void everyKindOfEventHasABody() {
    assertThat(BODIES.keySet())
        .extracting(event -> (Object) event.getClass())
        .containsExactlyInAnyOrder((Object[]) ChatEvent.class.getPermittedSubclasses());
    BODIES.forEach(
        (event, body) -> assertThat(filled(BodyFormat.text, event).getBody()).isSameAs(body));
  }

  @Test
  void bodyFormatDecidesTheBodyOfEveryKind() {
    for (ChatEvent event : BODIES.keySet()) {
      assertThat(filled(BodyFormat.object, event).getBody()).isSameAs(event);
      assertThat(filled(BodyFormat.json, event).getBody()).isEqualTo("json of " + event.type());
    }
  }

  @Test
  void everyKindOfEventSaysWhereItBelongs() {
    for (ChatEvent event : BODIES.keySet()) {
      assertThat(filled(BodyFormat.text, event).getHeaders())
          .containsEntry(HolySheepConstants.STREAM_ID, "s")
          .containsEntry(HolySheepConstants.INDEX, 5L)
          .containsEntry(HolySheepConstants.EVENT_TYPE, event.type().word())
          .containsEntry(HolySheepConstants.RESPONSE_ID, "r")
          .containsEntry(HolySheepConstants.RESPONSE_MODEL, "m");
    }
  }

  @Test
  void nothingOfAnEarlierAnswerIsLeft() {
    Message message = new DefaultMessage(new DefaultCamelContext());
    EventMessages messages = new EventMessages(BodyFormat.text, new TypeEncoder());
    BODIES.keySet().forEach(event -> messages.fill(message, event));
    messages.fill(message, ANSWER);
    messages.fill(message, new CallEnded(origin(1), ANSWER.report()));
    message.setHeader("correlation", "c-7");
    message.setHeader(HolySheepConstants.MODEL, "m");
    EventMessages.forgetEarlierAnswer(message);
    assertThat(message.getHeaders()).containsOnlyKeys("correlation", HolySheepConstants.MODEL);
  }

  private static Message filled(BodyFormat format, ChatEvent event) {
    Message message = new DefaultMessage(new DefaultCamelContext());
    new EventMessages(format, new TypeEncoder()).fill(message, event);
    return message;
  }

  private static Origin origin(int choiceIndex) {
    return new Origin("s", 5, "r", "m", choiceIndex == 0 ? null : choiceIndex);
  }

  /** Names what it was given. */
  private static final class TypeEncoder implements EventEncoder {

    @Override
    public String json(ChatEvent event) {
      return "json of " + event.type();
    }

    @Override
    public String json(ChatAnswer answer) {
      return "json of answer";
    }

    @Override
    public String json(Usage usage) {
      return "json of usage";
    }

    @Override
    public String json(ToolCall toolCall) {
      return "json of tool call";
    }
  }
}
