package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.testing.Chunks;
import ai.holysheep.camel.testing.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rules that were broken once. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RulesOnceBrokenTest extends StreamRouteTestSupport {

  private static final String EMPTY_DELTA = "{\"choices\":[{\"index\":0,\"delta\":{}}]}";

  private final CountDownLatch gate = new CountDownLatch(1);

  @Test
  void moreThanAThousandStreamsAreOpenAtOnce() throws Exception {
    server.then(peer -> peer.head().token("a").silence());
    routes(rb -> rb.from("direct:stream").to(ask()));
    List<ChatStream> open = new ArrayList<>();
    try {
      for (int i = 0; i < 1100; i++) {
        open.add(template.requestBody("direct:stream", "Hi", ChatStream.class));
      }
      assertThat(open).allSatisfy(stream -> assertThat(stream.next().getBody()).isEqualTo("a"));
    } finally {
      open.forEach(ChatStream::close);
    }
  }

  @Test
  void answerOfARouteThatEndsInStopIsWhole() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:stopped").to(ask()).stop());
    assertThat(read(template.requestBody("direct:stopped", "Hi", InputStream.class)))
        .isEqualTo("Hello");
  }

  @Test
  void answerOfAFallbackModelIsWhole() throws Exception {
    fallbackRoute();
    assertThat(read(template.requestBody("direct:fallback", "Hi", InputStream.class)))
        .isEqualTo("Hello");
  }

  @Test
  void availableDoesNotWaitBehindAChunkWithoutText() throws Exception {
    server.then(
        peer ->
            peer.head()
                .body("data: " + Chunks.token("Hel") + "\n\ndata: " + EMPTY_DELTA + "\n\n")
                .await(gate)
                .token("lo")
                .finish());
    InputStream in = context.getTypeConverter().convertTo(InputStream.class, stream());
    assertThat(in.readNBytes(3)).hasSize(3);
    CompletableFuture<Integer> available = CompletableFuture.supplyAsync(() -> available(in));
    try {
      assertThat(available.get(2, TimeUnit.SECONDS)).isZero();
    } catch (TimeoutException e) {
      throw new AssertionError("available() waits for the network", e);
    } finally {
      gate.countDown();
    }
  }

  @Test
  void messagesWithoutContentDoNotKeepAStreamAlive() throws Exception {
    server.then(
        peer -> {
          peer.head().token("a");
          while (gate.getCount() > 0) {
            peer.event(EMPTY_DELTA).event("");
            gate.await(50, TimeUnit.MILLISECONDS);
          }
          peer.finish();
        });
    ChatStream stream = stream("idleTimeout=300");
    stream.next();
    CompletableFuture<Throwable> next =
        CompletableFuture.supplyAsync(() -> catchThrowable(stream::next));
    try {
      assertThat(next.get(3, TimeUnit.SECONDS)).isInstanceOf(DeadlineExceededException.class);
    } catch (TimeoutException e) {
      throw new AssertionError("idleTimeout=300 did not end a stream without content", e);
    } finally {
      gate.countDown();
    }
  }

  @Test
  void requestThatWasSentCountsAsSentWhenTheFirstTokenDoesNotCome() throws Exception {
    server.then(ScriptedServer.Peer::silence);
    Throwable failure = catchThrowable(() -> stream("firstTokenTimeout=300"));
    assertThat(server.requests()).hasSize(1);
    assertThat(cause(failure, DeadlineExceededException.class).getProgress())
        .isEqualTo(Progress.SENT);
  }

  @Test
  void keyThatTheServerRepeatsIsInNoCause() throws Exception {
    server.then(peer -> peer.document(200, "application/json", "hs_SECRET123 is no key"));
    routes(
        rb ->
            rb.from("direct:echo")
                .to(
                    "holysheep:chat?model=m&apiKey=hs_SECRET123&maxReconnects=0&baseUrl="
                        + server.baseUrl()));
    Throwable failure = catchThrowable(() -> template.requestBody("direct:echo", "Hi"));
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("hs_SECRET123");
  }

  @Test
  void streamBeyondTheLongestResponseFails() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    ChatStream stream = stream("maxResponseBytes=10000");
    Throwable failure =
        catchThrowable(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                stream.next();
              }
            });
    stream.close();
    assertThat(failure).isInstanceOf(ProtocolViolatedException.class);
  }

  @Test
  void replyWithEndlessHeadersFails() throws Exception {
    server.then(
        peer -> {
          peer.bytes("HTTP/1.1 200 OK\r\n");
          for (int i = 0; i < 20_000; i++) {
            peer.bytes("X-Header: " + "a".repeat(1000) + "\r\n");
          }
          peer.bytes("Content-Type: text/event-stream\r\nConnection: close\r\n\r\n");
          peer.token("a").finish();
        });
    assertThat(cause(catchThrowable(() -> stream()), ProtocolViolatedException.class)).isNotNull();
  }

  @Test
  void longestTimeoutIsUsable() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    assertThat(stream("requestTimeout=" + Long.MAX_VALUE).text()).isEqualTo("Hello");
  }

  @Test
  void parallelToolCallsUnderOneIndexStayApart() throws Exception {
    server.then(
        peer ->
            peer.head()
                .event(toolCall("call-1", "weather", "{\\\"city\\\":\\\"Oslo\\\"}"))
                .event(toolCall("call-2", "clock", "{\\\"zone\\\":\\\"UTC\\\"}"))
                .finish());
    assertThat(stream().answer().toolCalls())
        .containsExactly(
            new ToolCall("call-1", "weather", "{\"city\":\"Oslo\"}", true),
            new ToolCall("call-2", "clock", "{\"zone\":\"UTC\"}", true));
  }

  @Test
  void conversationWithABigImageIsSentAsItIs() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:big").to(ask()));
    String url = "data:image/png;base64," + "A".repeat(21_000_000);
    template.requestBody(
        "direct:big",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":"
            + "{\"url\":\""
            + url
            + "\"}}]}]}",
        ChatStream.class);
    assertThat(server.requests().get(0).body().substring(0, 200))
        .contains("\"content\":[{\"type\":\"image_url\"");
  }

  @Test
  void everyPartOfSeveralAnswersSaysToWhichItBelongs() throws Exception {
    server.then(
        peer ->
            peer.head()
                .event(Chunks.chunk(0, "{\"content\":\"a\"}", "stop"))
                .event(Chunks.chunk(1, "{\"content\":\"b\"}", "stop"))
                .done());
    ChatStream stream = stream("n=2");
    assertThat(stream.next().getHeader(HolySheepConstants.CHOICE_INDEX)).isEqualTo(0);
    assertThat(stream.next().getHeader(HolySheepConstants.CHOICE_INDEX)).isEqualTo(1);
  }

  @Test
  void cutBeforeTheSecondAnswerBeganIsATruncation() throws Exception {
    server.then(peer -> peer.head().event(Chunks.chunk(0, "{\"content\":\"a\"}", "stop")).end());
    assertThat(catchThrowable(() -> stream("n=2").answer())).isInstanceOf(HolySheepException.class);
  }

  @Test
  void stopWordInBracketsIsAText() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    stream("stop=[INST]").text();
    assertThat(server.requests().get(0).body()).contains("\"stop\":[\"[INST]\"]");
  }

  @Test
  void componentThatWasStoppedAndStartedHasOneTimerThread() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    HolySheepComponent component = context.getComponent("holysheep", HolySheepComponent.class);
    routes(rb -> rb.from("direct:stream").to(ask()));
    for (int i = 0; i < 3; i++) {
      component.stop();
      component.start();
      template.requestBody("direct:stream", "Hi", ChatStream.class).answer();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().contains("HolySheepTimer"))
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void errorEventByNameFailsTheStream() throws Exception {
    server.then(
        peer ->
            peer.head()
                .token("x")
                .body("event: error\ndata: {\"message\":\"overloaded\",\"code\":529}\n\n")
                .done());
    assertThat(catchThrowable(() -> stream().answer())).isInstanceOf(HolySheepException.class);
  }

  @Test
  void redeliveredSplitDoesNotTakeACutStreamForAWholeOne() throws Exception {
    server.then(peer -> peer.head().token("a").reset());
    routes(
        rb ->
            rb.from("direct:redelivered")
                .errorHandler(rb.defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
                .to(ask())
                .split(body())
                .streaming()
                .to("mock:parts")
                .end()
                .to("mock:whole"));
    Exchange exchange =
        template.request("direct:redelivered", asked -> asked.getMessage().setBody("Hi"));
    assertThat(getMockEndpoint("mock:whole").getExchanges()).isEmpty();
    assertThat(cause(exchange.getException(), HolySheepException.class)).isNotNull();
  }

  @Test
  void redeliveredSplitDoesNotTakeAStreamThatAPartStoppedForAWholeOne() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    routes(
        rb ->
            rb.from("direct:redelivered")
                .errorHandler(rb.defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
                .to(ask())
                .split(body())
                .streaming()
                .stopOnException()
                .throwException(new IllegalStateException("the part"))
                .end()
                .to("mock:whole"));
    Exchange exchange =
        template.request("direct:redelivered", asked -> asked.getMessage().setBody("Hi"));
    assertThat(getMockEndpoint("mock:whole").getExchanges()).isEmpty();
    assertThat(exchange.getException()).isNotNull();
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void redeliveredReaderDoesNotTakeACutStreamForAWholeOne() throws Exception {
    server.then(peer -> peer.head().token("a").reset());
    routes(
        rb ->
            rb.from("direct:redelivered")
                .errorHandler(rb.defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
                .to(ask())
                .process(e -> read(e.getMessage().getBody(InputStream.class)))
                .to("mock:whole"));
    Exchange exchange =
        template.request("direct:redelivered", asked -> asked.getMessage().setBody("Hi"));
    assertThat(getMockEndpoint("mock:whole").getExchanges()).isEmpty();
    assertThat(cause(exchange.getException(), HolySheepException.class)).isNotNull();
  }

  @Test
  void inputStreamOfAStreamThatOthersClosedDoesNotEndLikeAWholeAnswer() throws Exception {
    server.then(peer -> peer.head().token("a").token("b").silence());
    ChatStream stream = stream();
    InputStream in = context.getTypeConverter().convertTo(InputStream.class, stream);
    assertThat(in.read()).isEqualTo('a');
    stream.close();
    assertThat(catchThrowable(in::readAllBytes)).isInstanceOf(IOException.class);
  }

  private void fallbackRoute() throws Exception {
    server.then(
        peer -> peer.document(503, "application/json", "{}"), StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:fallback")
                .onException(HolySheepException.class)
                .handled(true)
                .to(ask("user=fallback"))
                .end()
                .to(ask()));
  }

  private static String toolCall(String id, String name, String arguments) {
    return Chunks.chunk(
        "{\"tool_calls\":[{\"index\":0,\"id\":\""
            + id
            + "\",\"function\":{\"name\":\""
            + name
            + "\",\"arguments\":\""
            + arguments
            + "\"}}]}",
        null);
  }

  private static int available(InputStream in) {
    try {
      return in.available();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String read(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
