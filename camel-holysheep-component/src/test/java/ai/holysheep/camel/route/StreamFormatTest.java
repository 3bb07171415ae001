package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.OpenCalls;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.ChoiceEnd;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.StreamFormat;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.testing.Chunks;
import ai.holysheep.camel.testing.ScriptedServer;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How the bytes of a stream are written, and what a route says to choose it. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamFormatTest extends StreamRouteTestSupport {

  private static final String HEADER = HolySheepConstants.STREAM_FORMAT;

  @Test
  void optionDecides() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    assertThat(bytes(stream("streamFormat=ui-message")))
        .contains("\"type\":\"text-delta\",\"id\":\"1\",\"delta\":\"Hel\"")
        .endsWith("data: [DONE]\n\n");
  }

  @Test
  void headerIsStrongerThanTheOption() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").to(ask("streamFormat=openai")));
    Exchange exchange = ask(Map.of(HEADER, "NDJSON"));
    assertThat(bytes(exchange.getMessage().getBody(ChatStream.class)))
        .startsWith("{\"type\":\"token\"");
    assertThat(exchange.getMessage().getHeader("Content-Type")).isEqualTo("application/x-ndjson");
  }

  @Test
  void headerMayHoldTheConstant() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").to(ask()));
    Exchange exchange = ask(Map.of(HEADER, StreamFormat.OPENAI));
    assertThat(bytes(exchange.getMessage().getBody(ChatStream.class)))
        .contains("chat.completion.chunk");
  }

  @Test
  void headerThatIsNoFormatIsRejectedBeforeAnythingIsSent() throws Exception {
    routes(rb -> rb.from("direct:ask").to(ask()));
    assertThat(ask(Map.of(HEADER, "xml")).getException())
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining(HEADER)
        .hasMessageContaining("'xml'")
        .hasMessageContaining("text, sse, ndjson, openai, ui-message");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void unknownWordInAnAddressFailsTheRouteAndTheWordsAreNamed() {
    Throwable failure =
        catchThrowable(() -> routes(rb -> rb.from("direct:x").to(ask("streamFormat=xml"))));
    assertThat(failure)
        .hasStackTraceContaining("'xml'")
        .hasStackTraceContaining("text, sse, ndjson, openai, ui-message");
  }

  @ParameterizedTest
  @CsvSource({
    "text,text/plain; charset=utf-8,,",
    "sse,text/event-stream,no-cache,",
    "ndjson,application/x-ndjson,,",
    "openai,text/event-stream,no-cache,",
    "ui-message,text/event-stream,no-cache,v1"
  })
  void messageGetsTheHeadersOfAReplyAndLosesThoseOfTheRequest(
      String format, String contentType, String cacheControl, String uiMessage) throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").to(ask("streamFormat=" + format)));
    Map<String, Object> request =
        Map.of("content-type", "application/json", "Content-Encoding", "gzip", "X-Mine", "kept");
    Message answer = ask(request).getMessage();
    assertThat(answer.getHeader("Content-Type")).isEqualTo(contentType);
    assertThat(answer.getHeader("Cache-Control")).isEqualTo(cacheControl);
    assertThat(answer.getHeader("x-vercel-ai-ui-message-stream")).isEqualTo(uiMessage);
    assertThat(answer.getHeader("Content-Encoding")).isNull();
    assertThat(answer.getHeader("X-Mine")).isEqualTo("kept");
    answer.getBody(ChatStream.class).close();
  }

  @Test
  void messageKeepsItsHeadersWhereNoFormatIsSet() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").to(ask()));
    Message answer = ask(Map.of("Content-Type", "application/json")).getMessage();
    assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json");
    assertThat(bytes(answer.getBody(ChatStream.class))).isEqualTo("Hello");
  }

  @ParameterizedTest
  @EnumSource
  void readReturnsWhatIsThereInEveryFormat(StreamFormat format) throws Exception {
    CountDownLatch firstRead = new CountDownLatch(1);
    server.then(peer -> peer.head().token("Hel").await(firstRead).token("lo").finish());
    try (InputStream in = input(stream("streamFormat=" + format))) {
      byte[] piece = new byte[2000];
      int count = in.read(piece);
      assertThat(new String(piece, 0, count, StandardCharsets.UTF_8)).contains("Hel");
      assertThat(in.available()).isZero();
      firstRead.countDown();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("lo");
    }
  }

  @Test
  void readerNeverCutsACharacter() throws Exception {
    server.then(
        peer ->
            peer.head()
                .event(Chunks.chunk("{\"content\":\"\\ud83d\"}", null))
                .event(Chunks.chunk("{\"content\":\"\\udc11\u00e9\u20ac\"}", null))
                .finish());
    StringBuilder text = new StringBuilder();
    try (Reader in =
        context.getTypeConverter().mandatoryConvertTo(Reader.class, stream("streamFormat=text"))) {
      char[] one = new char[1];
      for (int count = in.read(one); count >= 0; count = in.read(one)) {
        text.append(one, 0, count);
      }
    }
    assertThat(text.toString()).isEqualTo("\ud83d\udc11\u00e9\u20ac");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TEXT")
  void failureThatIsThrownIsTheLastThingThatIsRead(StreamFormat format) throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    String read = bytes(stream("streamFormat=" + format));
    assertThat(read).contains("Hel").containsIgnoringCase("\"error");
    assertThat(read).doesNotContain("\"usage\"", "\"finish\"");
  }

  @Test
  void answerThatBeginsAnewEndsTheCallWhereTheFormatHasNoWord() throws Exception {
    server.then(peer -> peer.head().token("Hel").end(), StreamRouteTestSupport::endless);
    routes(rb -> rb.from("direct:ask").to(askAgain(1, "streamFormat=openai", "recovery=restart")));
    ChatStream stream = ask(Map.of()).getMessage().getBody(ChatStream.class);
    assertThat(bytes(stream)).contains("Hel", "\"error\"").doesNotContain("t0", "[DONE]");
    assertThat(OpenCalls.of(context)).isZero();
  }

  @Test
  void answerThatBeginsAnewIsReadOnWhereTheFormatHasAWord() throws Exception {
    server.then(peer -> peer.head().token("Hel").end(), StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").to(askAgain(1, "streamFormat=sse", "recovery=restart")));
    assertThat(bytes(ask(Map.of()).getMessage().getBody(ChatStream.class)))
        .containsSubsequence("Hel", "\"type\":\"restart\"", "Hel", "lo", "\"type\":\"usage\"");
  }

  @Test
  void chunksThatWeWriteAreReadBackAsTheSameEventsOfEachAnswer() throws Exception {
    server.then(StreamFormatTest::everything);
    String written = bytes(stream("n=2", "streamFormat=openai"));
    server.then(
        StreamFormatTest::everything,
        peer -> peer.head().body(written.getBytes(StandardCharsets.UTF_8)).end());
    routes(rb -> rb.from("direct:ask").to(ask("n=2")));
    List<ChatEvent> first = events(ask(Map.of()).getMessage().getBody(ChatStream.class));
    List<ChatEvent> second = events(ask(Map.of()).getMessage().getBody(ChatStream.class));
    // Between the answers there is no order: a finish reason, and so a tool call, comes at the end.
    assertThat(contents(second)).containsExactlyInAnyOrderElementsOf(contents(first)).hasSize(6);
    assertThat(contentsOf(0, second)).isEqualTo(contentsOf(0, first)).hasSize(3);
    assertThat(contentsOf(1, second)).isEqualTo(contentsOf(1, first)).hasSize(2);
    CallEnded end = (CallEnded) second.get(second.size() - 1);
    assertThat(end.ends())
        .extracting(ChoiceEnd::finishReason)
        .containsExactly(FinishReason.TOOL_CALLS, FinishReason.LENGTH);
    assertThat(end.report().usage())
        .isEqualTo(((CallEnded) first.get(first.size() - 1)).report().usage());
    assertThat(end.origin().responseId()).isEqualTo("chatcmpl-1");
    assertThat(end.origin().model()).isEqualTo("test-model");
  }

  @Test
  void failureThatWeWriteIsReadBackAsAFailure() throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    String written = bytes(stream("streamFormat=openai"));
    server.then(peer -> peer.head().body(written.getBytes(StandardCharsets.UTF_8)).end());
    routes(rb -> rb.from("direct:ask").to(ask()));
    ChatStream stream = ask(Map.of()).getMessage().getBody(ChatStream.class);
    assertThat(catchThrowable(stream::answer))
        .isInstanceOf(HolySheepException.class)
        .hasMessageContaining("The answer is not whole.");
  }

  /** Reasoning, text of two answers, a tool call and usage. */
  private static void everything(ScriptedServer.Peer peer) throws Exception {
    peer.head()
        .event(Chunks.reasoning("Hm"))
        .token("Hi")
        .event(Chunks.chunk(1, "{\"content\":\"Ho\"}", null))
        .event(
            Chunks.chunk(
                "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\","
                    + "\"arguments\":\"{\\\"a\\\":\"}}]}",
                null))
        .event(
            Chunks.chunk(
                "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]}", null))
        .event(Chunks.finish("stop"))
        .event(Chunks.chunk(1, "{\"content\":\"!\"}", "length"))
        .event(Chunks.usage(7, 3))
        .done();
  }

  private static List<ChatEvent> events(ChatStream stream) {
    List<ChatEvent> events = new ArrayList<>();
    while (stream.hasNext()) {
      events.add(stream.nextEvent());
    }
    return events;
  }

  private static List<Object> contentsOf(int choice, List<ChatEvent> events) {
    return contents(
        events.stream()
            .filter(event -> Objects.equals(event.origin().choiceIndex(), choice))
            .toList());
  }

  private static List<Object> contents(List<ChatEvent> events) {
    List<Object> contents = new ArrayList<>();
    for (ChatEvent event : events) {
      Object content = event.type();
      if (event instanceof TextReceived received) {
        content = received.text();
      } else if (event instanceof ReasoningReceived received) {
        content = List.of(received.text());
      } else if (event instanceof ToolCallReceived received) {
        content = received.toolCall();
      }
      contents.add(content + " of " + event.origin().choiceIndex());
    }
    return contents;
  }

  private Exchange ask(Map<String, Object> headers) {
    return template.send(
        "direct:ask",
        exchange -> {
          exchange.getMessage().setBody("Hi");
          exchange.getMessage().getHeaders().putAll(headers);
        });
  }

  private InputStream input(ChatStream stream) throws Exception {
    return context.getTypeConverter().mandatoryConvertTo(InputStream.class, stream);
  }

  private String bytes(ChatStream stream) throws Exception {
    try (InputStream in = input(stream)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
