package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.testing.Chunks;
import ai.holysheep.camel.testing.ScriptedServer.Peer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that are longer than what a call keeps, here four characters. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LongAnswerTest extends StreamRouteTestSupport {

  private static final String KEEP_FOUR = "maxKeptCharacters=4";

  @Test
  void allPartsAreRouted() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb -> rb.from("direct:ask").to(ask(KEEP_FOUR)).split(body()).streaming().to("mock:parts"));
    template.sendBody("direct:ask", "Hi");
    assertHello();
  }

  @Test
  void conversionFailsAndThePartsRemain() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    ChatStream stream = stream(KEEP_FOUR);
    ProtocolViolatedException failure = notKept(() -> convert(String.class, stream));
    assertThat(failure)
        .hasMessageContaining("'maxKeptCharacters'")
        .hasMessageContaining("5 characters have come");
    assertThat(failure.getPartialText()).isEqualTo("Hell");
    assertThat(stream.next().getBody()).isEqualTo("Hel");
    assertThat(stream.next().getBody()).isEqualTo("lo");
    assertThat(stream.next().getHeader("CamelHolySheepEventType")).isEqualTo("usage");
    assertThat(stream.hasNext()).isFalse();
    notKept(() -> convert(String.class, stream));
    notKept(() -> convert(ChatAnswer.class, stream));
    notKept(stream::text);
    assertThat(stream.answerSoFar().text()).isEqualTo("Hell");
    assertThat(stream.answerSoFar().isCut()).isTrue();
  }

  @Test
  void conversionDoesNotReadAnAnswerToItsEndThatItWillNotGive() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    try (ChatStream stream = stream(KEEP_FOUR, "maxResponseBytes=" + Integer.MAX_VALUE)) {
      notKept(stream::answer);
      assertThat(stream.next().getBody()).isEqualTo("t0 ");
    }
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void liveInputStreamHasAllOfIt() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    try (java.io.InputStream in = convert(java.io.InputStream.class, stream(KEEP_FOUR))) {
      assertThat(new String(in.readAllBytes())).isEqualTo("Hello");
    }
  }

  @Test
  void wholeAnswerIsRefusedWithItsBeginning() throws Exception {
    server.then(peer -> peer.document(200, "application/json", Chunks.completion("Hello")));
    ProtocolViolatedException failure = failedToAsk();
    assertThat(failure)
        .hasMessageContaining("more characters than a call keeps")
        .hasMessageContaining("'maxKeptCharacters'");
    assertThat(failure.getPartialText()).isEqualTo("Hell");
    assertThat(failure.getUsage()).isNotNull();
  }

  @Test
  void wholeAnswerThatComesAsAStreamIsBrokenOffAtOnce() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    assertThat(failedToAsk().getPartialText()).isEqualTo("t0 t");
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void failureHasTheBeginningAndSaysThatItIsCut() throws Exception {
    server.then(LongAnswerTest::cutAfterHello);
    StreamTruncatedException failure = cutStream(ask(KEEP_FOUR));
    assertThat(failure)
        .hasMessageContaining("2 parts with 5 characters had come")
        .hasMessageContaining("their beginning, with 4 characters of text")
        .hasMessageContaining("'maxKeptCharacters'");
    assertThat(failure.getPartialText()).isEqualTo("Hell");
    assertThat(failure.getPartialAnswer().isCut()).isTrue();
  }

  @Test
  void failureAsAnEventTellsThatItIsCut() throws Exception {
    server.then(LongAnswerTest::cutAfterHello);
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask(KEEP_FOUR, "throwExceptionOnFailure=false", "bodyFormat=json"))
                .split(body())
                .streaming()
                .to("mock:parts"));
    template.sendBody("direct:ask", "Hi");
    assertThat(texts(3).get(2)).contains("\"partialContent\":\"Hell\",\"cut\":true");
  }

  @Test
  void cutAnswerIsNotContinued() throws Exception {
    server.then(LongAnswerTest::cutAfterHello, StreamRouteTestSupport::hello);
    StreamTruncatedException failure = cutStream(askAgain(3, KEEP_FOUR, "recovery=continue"));
    assertThat(failure.getPartialText()).isEqualTo("Hell");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void cutAnswerIsRestarted() throws Exception {
    server.then(LongAnswerTest::cutAfterHello, StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:ask")
                .to(askAgain(3, KEEP_FOUR, "recovery=restart"))
                .split(body())
                .streaming()
                .to("mock:parts"));
    template.sendBody("direct:ask", "Hi");
    received("mock:parts", 6);
    assertThat(messages())
        .extracting(part -> part.getHeader("CamelHolySheepEventType"))
        .containsExactly("token", "token", "restart", "token", "token", "usage");
  }

  @Test
  void toolCallThatIsTooLongFailsTheStream() throws Exception {
    String call = "{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\"}}]}";
    String arguments = "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{12}\"}}]}";
    server.then(
        peer ->
            peer.head()
                .token("Hi")
                .event(Chunks.chunk(call, null))
                .event(Chunks.chunk(arguments, null))
                .event(Chunks.finish("tool_calls"))
                .done());
    routes(
        rb -> rb.from("direct:ask").to(ask(KEEP_FOUR)).split(body()).streaming().to("mock:parts"));
    Throwable failure = catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    ProtocolViolatedException tooLong = cause(failure, ProtocolViolatedException.class);
    assertThat(tooLong).hasMessageContaining("'maxKeptCharacters'");
    assertThat(tooLong.getPartialAnswer().toolCalls()).noneMatch(c -> c.complete());
    assertThat(texts(1)).containsExactly("Hi");
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  private ProtocolViolatedException failedToAsk() throws Exception {
    String whole = ask(KEEP_FOUR).replace("stream=true", "stream=false");
    routes(rb -> rb.from("direct:ask").to(whole));
    Exchange result =
        template.request("direct:ask", exchange -> exchange.getMessage().setBody("Hi"));
    return cause(result.getException(), ProtocolViolatedException.class);
  }

  private StreamTruncatedException cutStream(String endpoint) throws Exception {
    routes(
        rb ->
            rb.from("direct:ask")
                .to(endpoint)
                .split(body())
                .streaming()
                .stopOnException()
                .to("mock:parts"));
    Throwable failure = catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    return cause(failure, StreamTruncatedException.class);
  }

  private static ProtocolViolatedException notKept(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    return cause(catchThrowable(work), ProtocolViolatedException.class);
  }

  private <T> T convert(Class<T> type, ChatStream stream) throws Exception {
    return context.getTypeConverter().mandatoryConvertTo(type, stream);
  }

  /** The connection ends in the middle of the answer. */
  private static void cutAfterHello(Peer peer) throws Exception {
    peer.head().token("Hel").token("lo").close();
  }
}
