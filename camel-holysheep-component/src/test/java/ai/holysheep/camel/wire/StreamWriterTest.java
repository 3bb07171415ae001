package ai.holysheep.camel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.ChoiceEnd;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.OtherMessage;
import ai.holysheep.camel.chat.OtherReceived;
import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.StreamEncoder;
import ai.holysheep.camel.chat.StreamFormat;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.http.SseParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each format, byte by byte, for a stream in which everything occurs. */
class StreamWriterTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final Usage USAGE = new Usage(7L, 3L, 10L, 2L, 1L, UsageSource.SERVER);

  private static final HolySheepException CUT =
      new StreamTruncatedException("http://10.0.0.1/v1 hung up.", FailureContext.NONE);

  private int next;

  /** Two answers, the first with reasoning, text and calls of every kind. */
  private List<ChatEvent> everything() {
    next = 0;
    return List.of(
        new ReasoningReceived(origin(0), "Hm\n"),
        new TextReceived(origin(0), "Gr\u00fc\u00df \ud83d\udc11"),
        new TextReceived(origin(1), "Hi"),
        new TextReceived(origin(0), "!\u2028"),
        new ToolCallReceived(origin(0), new ToolCall("c1", "f", "{\"a\": 1.50}", true)),
        new ToolCallReceived(origin(0), new ToolCall("c2", "g", "", true)),
        new ToolCallReceived(origin(0), new ToolCall("c3", "h", "{a}", true)),
        new ToolCallReceived(origin(0), new ToolCall(null, "i", "{\"b\":", false)),
        new ReasoningReceived(origin(0), "So"),
        new CallEnded(
            origin(null),
            new Report(FinishReason.TOOL_CALLS, "stop", USAGE, 9, 0, 0, "req-1", null),
            List.of(
                new ChoiceEnd(0, FinishReason.TOOL_CALLS, "stop"),
                new ChoiceEnd(1, FinishReason.LENGTH, "length"))));
  }

  @Test
  void textIsThatOfTheFirstAnswer() {
    assertThat(written(StreamFormat.TEXT, everything()))
        .isEqualTo("Gr\u00fc\u00df \ud83d\udc11!\u2028");
  }

  @Test
  void linesAreTheJsonOfTheEvents() {
    EventWriter json = new EventWriter();
    List<ChatEvent> events = everything();
    assertThat(written(StreamFormat.NDJSON, events))
        .isEqualTo(String.join("\n", events.stream().map(json::json).toList()) + "\n");
  }

  @Test
  void serverSentEventsAreReadBackByOurOwnParser() {
    EventWriter json = new EventWriter();
    List<ChatEvent> events = everything();
    SseParser parser = new SseParser(1 << 20, 1 << 20);
    byte[] bytes = written(StreamFormat.SSE, events).getBytes(StandardCharsets.UTF_8);
    parser.feed(bytes, 0, bytes.length);
    for (ChatEvent event : events) {
      Frame frame = parser.poll();
      assertThat(frame.event()).isNull();
      assertThat(frame.id()).isEqualTo(String.valueOf(event.origin().index()));
      assertThat(frame.text()).isEqualTo(json.json(event));
    }
    assertThat(parser.poll()).isNull();
  }

  @Test
  void chunksAreThoseOfOpenAi() throws Exception {
    assertThat(written(StreamFormat.OPENAI, everything())).isEqualTo(golden("openai.sse"));
  }

  @Test
  void partsAreThoseOfAUiMessage() throws Exception {
    assertThat(written(StreamFormat.UI_MESSAGE, everything())).isEqualTo(golden("ui-message.sse"));
  }

  @Test
  void estimatedUsageSaysSoAndUnknownFiguresAreNumbers() {
    Usage estimated = new Usage(null, 3L, null, null, null, UsageSource.ESTIMATED);
    assertThat(written(StreamFormat.OPENAI, List.of(ended(FinishReason.UNKNOWN, "odd", estimated))))
        .contains(
            "\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":\"odd\"",
            "\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":3,\"total_tokens\":3,"
                + "\"source\":\"estimated\"}");
  }

  @Test
  void streamOfWhichTheServerSaidNothingHasIdModelAndReasonAllTheSame() {
    Origin bare = new Origin("s", 0, null, null, null);
    CallEnded end =
        new CallEnded(
            bare, new Report(FinishReason.UNKNOWN, null, USAGE, 0, 0, 0, null, null), List.of());
    assertThat(written(StreamFormat.OPENAI, List.of(end)))
        .startsWith("data: {\"id\":\"chatcmpl-s\",")
        .contains("\"model\":\"unknown\"", "\"finish_reason\":\"stop\"");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TEXT")
  void failureIsTheLastThingThatIsToldHoweverItComes(StreamFormat format) {
    TextReceived hello = new TextReceived(new Origin("s", 4, "r", "m", null), "Hi");
    Origin after = new Origin("s", 5, "r", "m", null);
    ChatAnswer nothing = new ChatAnswer("s", null, null, List.of(), null);
    String asEvent = written(format, List.of(hello, new CallFailed(after, CUT, nothing)));

    StreamEncoder encoder = encoder(format);
    String thrown = text(encoder.encode(hello)) + text(encoder.encodeFailure(CUT));
    assertThat(thrown).isEqualTo(asEvent).contains("error");
    assertThat(encoder.isOver()).isTrue();
    assertThat(encoder.failure()).isSameAs(CUT);
    assertThat(encoder.untoldFailure()).isNull();
    assertThat(encoder.encode(hello)).isEmpty();
    assertThat(encoder.encodeFailure(CUT)).isEmpty();
  }

  @Test
  void failureIsAnErrorOfOpenAiAndNothingFollowsIt() {
    assertThat(text(encoder(StreamFormat.OPENAI).encodeFailure(CUT)))
        .isEqualTo(
            "data: {\"error\":{\"message\":\"The answer is not whole.\",\"type\":\"server_error\","
                + "\"param\":null,\"code\":\"truncated\"}}\n\n");
  }

  @Test
  void failureIsAnErrorOfAUiMessageThatHasNoFinish() {
    assertThat(text(encoder(StreamFormat.UI_MESSAGE).encodeFailure(CUT)))
        .isEqualTo(
            "data: {\"type\":\"start\"}\n\ndata: {\"type\":\"start-step\"}\n\n"
                + "data: {\"type\":\"error\",\"errorText\":\"The answer is not whole.\"}\n\n"
                + "data: [DONE]\n\n");
  }

  @Test
  void wordsOfTheServerAreHandedOn() {
    ProviderUnavailableException failure =
        new ProviderUnavailableException(
            "http://10.0.0.1/v1 said: Too busy",
            FailureContext.NONE.complained(new ProviderError("Too busy", null, "busy", "p")));
    assertThat(text(encoder(StreamFormat.OPENAI).encodeFailure(failure)))
        .isEqualTo(
            "data: {\"error\":{\"message\":\"Too busy\",\"type\":\"server_error\",\"param\":\"p\","
                + "\"code\":\"busy\"}}\n\n");
  }

  @Test
  void everyKindOfFailureHasWords() {
    Class<?>[] kinds = HolySheepException.class.getPermittedSubclasses();
    assertThat(kinds).allMatch(FailureWords::knows);
    assertThat(FailureWords.of(new IllegalStateException()).message())
        .isEqualTo("The answer broke off.");
  }

  @Test
  void textHasNoWordsForAFailure() {
    StreamEncoder encoder = encoder(StreamFormat.TEXT);
    assertThat(encoder.encodeFailure(CUT)).isEmpty();
    assertThat(encoder.isOver()).isTrue();
    assertThat(encoder.untoldFailure()).isSameAs(CUT);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "UI_MESSAGE", "TEXT"})
  void answerThatBeginsAnewIsAFailureWhereNothingCanBeTakenBack(StreamFormat format) {
    StreamEncoder encoder = encoder(format);
    encoder.encode(new TextReceived(origin(null), "Hi"));
    String told = text(encoder.encode(new AnswerRestarted(origin(null), 2, CUT)));
    assertThat(encoder.isOver()).isTrue();
    assertThat(encoder.failure()).isSameAs(CUT);
    assertThat(told.contains("error")).isEqualTo(format != StreamFormat.TEXT);
  }

  @ParameterizedTest
  @EnumSource(names = {"SSE", "NDJSON"})
  void answerThatBeginsAnewIsAnEventWhereThereIsAWordForIt(StreamFormat format) {
    StreamEncoder encoder = encoder(format);
    encoder.encode(new TextReceived(origin(null), "Hi"));
    assertThat(text(encoder.encode(new AnswerRestarted(origin(null), 2, CUT))))
        .contains("\"type\":\"restart\"");
    assertThat(encoder.isOver()).isFalse();
  }

  @Test
  void textOfAnAnswerThatBeginsAnewBeforeAnyBytesIsThatOfTheNewOne() {
    List<ChatEvent> events =
        List.of(
            new ReasoningReceived(origin(null), "Hm"),
            new AnswerRestarted(origin(null), 2, CUT),
            new TextReceived(origin(null), "Hi"),
            ended(FinishReason.STOP, "stop", USAGE));
    assertThat(written(StreamFormat.TEXT, events)).isEqualTo("Hi");
  }

  @Test
  void characterThatComesInTwoHalvesIsWhole() {
    List<ChatEvent> events =
        List.of(
            new TextReceived(origin(null), "a\ud83d"),
            new TextReceived(origin(null), "\udc11b"),
            ended(FinishReason.STOP, "stop", USAGE));
    StreamEncoder encoder = encoder(StreamFormat.TEXT);
    assertThat(text(encoder.encode(events.get(0)))).isEqualTo("a");
    assertThat(text(encoder.encode(events.get(1)))).isEqualTo("\ud83d\udc11b");
    assertThat(written(StreamFormat.NDJSON, events)).contains("\"a\\ud83d\"", "\"\\udc11b\"");
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfEventIsWrittenInEveryFormat(StreamFormat format) {
    List<ChatEvent> kinds = new ArrayList<>(everything());
    kinds.add(new AnswerRestarted(origin(null), 2, CUT));
    kinds.add(new OtherReceived(origin(null), new OtherMessage("mood", "{\"type\":\"mood\"}")));
    kinds.add(new CallFailed(origin(null), CUT, new ChatAnswer("s", null, null, List.of(), null)));
    assertThat(kinds)
        .extracting(event -> (Object) event.getClass())
        .contains((Object[]) ChatEvent.class.getPermittedSubclasses());
    for (ChatEvent event : kinds) {
      boolean silent =
          format == StreamFormat.TEXT
              || format == StreamFormat.OPENAI && event instanceof OtherReceived
              || event.origin().choiceIndex() != null
                  && event.origin().choiceIndex() == 1
                  && format == StreamFormat.UI_MESSAGE;
      assertThat(silent || encoder(format).encode(event).length > 0).as("%s", event).isTrue();
    }
  }

  @Test
  void wordsOfFormatsAreReadInAnyCase() {
    assertThat(Stream.of(StreamFormat.values()).map(StreamFormat::word).map(StreamFormat::of))
        .containsExactly(StreamFormat.values());
    assertThat(StreamFormat.of(" UI_Message ")).isEqualTo(StreamFormat.UI_MESSAGE);
  }

  private CallEnded ended(FinishReason reason, String raw, Usage usage) {
    return new CallEnded(origin(null), new Report(reason, raw, usage, 1, 0, 0, null, null));
  }

  private Origin origin(Integer choice) {
    return new Origin("s", next++, "r", "m", choice);
  }

  private static StreamEncoder encoder(StreamFormat format) {
    return StreamWriter.of(format, "s", () -> NOW);
  }

  private static String written(StreamFormat format, List<ChatEvent> events) {
    StreamEncoder encoder = encoder(format);
    StringBuilder text = new StringBuilder();
    for (ChatEvent event : events) {
      assertThat(encoder.isOver()).isFalse();
      text.append(text(encoder.encode(event)));
    }
    assertThat(encoder.isOver()).isTrue();
    return text.toString();
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = StreamWriterTest.class.getResourceAsStream("/formats/" + name)) {
      return text(in.readAllBytes());
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
