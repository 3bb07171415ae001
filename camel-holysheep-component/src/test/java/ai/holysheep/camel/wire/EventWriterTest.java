package ai.holysheep.camel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.FinishReason;
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
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.Response;
import ai.holysheep.camel.error.RetryAdvice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventWriterTest {

  private static final Usage USAGE = new Usage(7L, 3L, 10L, 2L, 1L, UsageSource.SERVER);
  private static final Report REPORT =
      new Report(FinishReason.STOP, "end_turn", USAGE, 4, 1, 2, "req-1", null);
  private static final ToolCall CALL = new ToolCall("c1", "f", "{\"a\":1}", true);
  private static final ChatAnswer ANSWER =
      new ChatAnswer(
          "s",
          "r",
          "m",
          List.of(
              new Choice(0, "hi", "why", List.of(CALL), FinishReason.STOP, "end_turn"),
              new Choice(1, "ho", "", List.of(), FinishReason.UNKNOWN, null)),
          null);

  /** One event of every kind and its JSON. */
  private static final Map<ChatEvent, String> EVENTS = new LinkedHashMap<>();

  static {
    EVENTS.put(
        new TextReceived(origin(0), "\"a\"\n\u2028\u20ac"),
        "{\"type\":\"token\",\"streamId\":\"s\",\"index\":5,\"content\":\"\\\"a\\\"\\n\u2028\u20ac\"}");
    EVENTS.put(
        new ReasoningReceived(origin(2), "why"),
        "{\"type\":\"reasoning\",\"streamId\":\"s\",\"index\":5,\"choiceIndex\":2,\"content\":\"why\"}");
    EVENTS.put(
        new ToolCallReceived(origin(0), CALL),
        "{\"type\":\"tool_call\",\"streamId\":\"s\",\"index\":5,\"toolCall\":{\"id\":\"c1\",\"name\":\"f\","
            + "\"arguments\":\"{\\\"a\\\":1}\",\"complete\":true}}");
    EVENTS.put(
        new CallEnded(origin(0), REPORT),
        "{\"type\":\"usage\",\"streamId\":\"s\",\"index\":5,\"responseId\":\"r\",\"model\":\"m\","
            + "\"finishReason\":\"stop\",\"rawFinishReason\":\"end_turn\",\"chunkCount\":4,"
            + "\"skippedEventCount\":1,\"reconnectCount\":2,\"requestId\":\"req-1\",\"usage\":{\"prompt_tokens\":7,"
            + "\"completion_tokens\":3,\"total_tokens\":10,\"cached_tokens\":2,\"reasoning_tokens\":1,"
            + "\"source\":\"server\"}}");
    EVENTS.put(
        new OtherReceived(origin(0), new OtherMessage("mood", "{\"type\":\"mood\",\"value\":1}")),
        "{\"type\":\"other\",\"streamId\":\"s\",\"index\":5,\"frameType\":\"mood\","
            + "\"message\":{\"type\":\"mood\",\"value\":1}}");
    EVENTS.put(
        new AnswerRestarted(origin(0), 2, new IllegalStateException("It broke.")),
        "{\"type\":\"restart\",\"streamId\":\"s\",\"index\":5,\"attempt\":2,\"message\":\"It broke.\"}");
    EVENTS.put(
        new CallFailed(
            origin(0),
            new ProviderUnavailableException(
                "It broke.",
                FailureContext.NONE
                    .replied(new Response(503, "req-1", null, RetryAdvice.NONE))
                    .complained(new ProviderError("x", "t", "overloaded", null))),
            ANSWER),
        "{\"type\":\"error\",\"streamId\":\"s\",\"index\":5,\"error\":\"ProviderUnavailableException\","
            + "\"message\":\"It broke.\",\"partialContent\":\"hi\",\"status\":503,\"code\":\"overloaded\","
            + "\"requestId\":\"req-1\"}");
  }

  private final EventWriter writer = new EventWriter();

  @Test
  void everyKindOfEventHasItsJsonInOneLine() {
    assertThat(EVENTS.keySet())
        .extracting(event -> (Object) event.getClass())
        .containsExactlyInAnyOrder((Object[]) ChatEvent.class.getPermittedSubclasses());
    EVENTS.forEach((event, json) -> assertThat(writer.json(event)).isEqualTo(json));
  }

  @Test
  void unknownFiguresAreLeftOut() {
    assertThat(writer.json(new Usage(null, 3L, null, null, null, UsageSource.ESTIMATED)))
        .isEqualTo("{\"completion_tokens\":3,\"source\":\"estimated\"}");
    assertThat(writer.json(new ToolCall(null, "f", "", false)))
        .isEqualTo("{\"name\":\"f\",\"arguments\":\"\",\"complete\":false}");
  }

  @Test
  void answerHasAllItsChoices() {
    String choices =
        "{\"type\":\"answer\",\"streamId\":\"s\",\"responseId\":\"r\",\"model\":\"m\",\"content\":\"hi\","
            + "\"reasoning\":\"why\",\"choices\":[{\"choiceIndex\":0,\"content\":\"hi\",\"reasoning\":\"why\","
            + "\"toolCalls\":[{\"id\":\"c1\",\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\",\"complete\":true}],"
            + "\"finishReason\":\"stop\",\"rawFinishReason\":\"end_turn\"},"
            + "{\"choiceIndex\":1,\"content\":\"ho\",\"toolCalls\":[],\"finishReason\":\"unknown\"}]";
    assertThat(writer.json(ANSWER)).isEqualTo(choices + "}");
    ChatAnswer whole = new ChatAnswer("s", "r", "m", ANSWER.choices(), REPORT);
    assertThat(writer.json(whole))
        .startsWith(choices + ",\"finishReason\":\"stop\"")
        .endsWith("\"usage\":" + writer.json(USAGE) + "}");
  }

  @Test
  void answerThatIsCutSaysSo() {
    Choice cut = new Choice(0, "hi", "", List.of(), FinishReason.STOP, null, 5);
    Choice whole = new Choice(1, "ho", "", List.of(), FinishReason.STOP, null);
    assertThat(writer.json(new ChatAnswer("s", null, null, List.of(cut, whole), null)))
        .isEqualTo(
            "{\"type\":\"answer\",\"streamId\":\"s\",\"content\":\"hi\",\"choices\":["
                + "{\"choiceIndex\":0,\"content\":\"hi\",\"toolCalls\":[],\"finishReason\":\"stop\",\"cut\":true},"
                + "{\"choiceIndex\":1,\"content\":\"ho\",\"toolCalls\":[],\"finishReason\":\"stop\"}],\"cut\":true}");
  }

  private static Origin origin(int choiceIndex) {
    return new Origin("s", 5, "r", "m", choiceIndex == 0 ? null : choiceIndex);
  }
}
