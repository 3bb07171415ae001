package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.testing.ScriptedServer.Script;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream that fails in the middle: what had come was routed, and the caller is told why. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamFailureTest extends StreamRouteTestSupport {

  private final CountDownLatch firstRouted = new CountDownLatch(1);

  @Test
  void truncatedStreamFailsTheCallerWithThePartialText() throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    assertThat(failure(StreamTruncatedException.class).getPartialText()).isEqualTo("Hel");
  }

  @Test
  void cutBodyIsATruncation() throws Exception {
    server.then(peer -> peer.head().token("Hel").close());
    assertThat(failure(StreamTruncatedException.class).getPartialText()).isEqualTo("Hel");
  }

  @Test
  void resetConnectionFailsTheCallerWithThePartialText() throws Exception {
    server.then(peer -> peer.head().token("Hel").await(firstRouted).reset());
    assertThat(failure(TransportFailedException.class).getPartialText()).isEqualTo("Hel");
  }

  @Test
  void errorEventFailsTheCallerWithTheServersCode() throws Exception {
    server.then(
        peer -> {
          peer.head().token("Hel");
          peer.event("{\"error\":{\"message\":\"busy\",\"type\":\"server_error\",\"code\":\"b\"}}");
          peer.done();
        });
    HolySheepException failure = failure(HolySheepException.class);
    assertThat(failure.getCode()).isEqualTo("b");
    assertThat(failure.getPartialText()).isEqualTo("Hel");
  }

  @Test
  void silenceInTheMiddleEndsWithTheIdleDeadline() throws Exception {
    server.then(peer -> peer.head().token("Hel").silence());
    DeadlineExceededException failure = failure(DeadlineExceededException.class, "idleTimeout=200");
    assertThat(failure.getDeadline()).isEqualTo(Deadline.IDLE);
    assertThat(failure.getPartialText()).isEqualTo("Hel");
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void failureAsEventIsTheOneLastPart() throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask("throwExceptionOnFailure=false"))
                .split(body())
                .streaming()
                .to("mock:parts"));
    template.sendBody("direct:ask", "Hi");
    Exchange last = received("mock:parts", 2).get(1);
    assertThat(last.getMessage().getHeader(HolySheepConstants.EVENT_TYPE)).isEqualTo("error");
    assertThat(last.getMessage().getBody()).isInstanceOf(StreamTruncatedException.class);
    assertThat(last.getProperty(Exchange.SPLIT_COMPLETE)).isEqualTo(true);
  }

  @Test
  void failureAsJsonIsTheOneLastPart() throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    splitting("throwExceptionOnFailure=false", "bodyFormat=json");
    template.sendBody("direct:ask", "Hi");
    List<String> texts = texts(2);
    JsonNode token = new ObjectMapper().readTree(texts.get(0));
    JsonNode error = new ObjectMapper().readTree(texts.get(1));
    assertThat(token.path("type").asText()).isEqualTo("token");
    assertThat(error.path("type").asText()).isEqualTo("error");
    assertThat(error.path("index").asLong()).isEqualTo(1);
    assertThat(error.path("streamId").asText())
        .isNotEmpty()
        .isEqualTo(token.path("streamId").asText());
    assertThat(texts.get(1)).contains("not whole").contains("Hel").doesNotContain("key-1");
  }

  @Test
  void failedStreamEndsOnceAndStaysFailed() throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    ChatStream stream = stream();
    stream.next();
    assertThat(catchThrowable(stream::next)).isInstanceOf(StreamTruncatedException.class);
    assertThat(stream.hasNext()).as("a failed stream is not at its end").isTrue();
    assertThat(catchThrowable(stream::next)).isInstanceOf(StreamTruncatedException.class);
    assertThat(catchThrowable(stream::text)).isInstanceOf(StreamTruncatedException.class);
    assertThat(stream.answerSoFar().text()).isEqualTo("Hel");
  }

  @Test
  void failureFoundByReadingAheadComesAfterThePartsBeforeIt() throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    ChatStream stream = stream();
    assertThat(catchThrowable(stream::text)).isInstanceOf(StreamTruncatedException.class);
    assertThat(stream.hasNext()).isTrue();
    assertThat(stream.next().getBody()).isEqualTo("Hel");
    assertThat(stream.hasNext()).isTrue();
    assertThat(catchThrowable(stream::next)).isInstanceOf(StreamTruncatedException.class);
  }

  @Test
  void serverThatNeverEndsItsReplyDelaysTheLastPartShortlyOnly() throws Exception {
    server.then(peer -> peer.head().token("Hel").token("lo").event("[DONE]").silence());
    splitting();
    template.sendBody("direct:ask", "Hi");
    assertHello();
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void whatComesAfterDoneIsNoPart() throws Exception {
    Script garbage = peer -> peer.head().token("Hel").token("lo").event("[DONE]").token("!").end();
    server.then(garbage);
    splitting();
    template.sendBody("direct:ask", "Hi");
    assertHello();
  }

  @Test
  void connectionIsReusedAfterTheLastPart() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    splitting();
    template.sendBody("direct:ask", "Hi");
    template.sendBody("direct:ask", "Hi");
    received("mock:parts", 6);
    assertThat(server.connectionCount()).isOne();
  }

  @Test
  void closedStreamHasNoConnectionAndSaysThatItWasClosed() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    ChatStream stream = stream();
    stream.next();
    stream.close();
    stream.close();
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertThat(catchThrowable(stream::next))
        .isInstanceOf(CallCancelledException.class)
        .hasMessageContaining("closed before its end");
  }

  @Test
  void cancelWakesTheReaderWhoGetsThePartialText() throws Exception {
    CountDownLatch waits = new CountDownLatch(1);
    server.then(
        peer -> {
          peer.head().token("Hel");
          peer.await(waits).silence();
        });
    ChatStream stream = stream();
    stream.next();
    CompletableFuture<Throwable> reader = new CompletableFuture<>();
    Thread thread = new Thread(() -> reader.complete(catchThrowable(stream::next)));
    thread.start();
    untilInNext(thread);
    assertThat(stream.hasNext()).as("asked while another thread waits").isTrue();
    waits.countDown();
    stream.cancel("the user left.");
    stream.cancel("again");
    CallCancelledException failure = cause(await(reader), CallCancelledException.class);
    assertThat(failure).hasMessageContaining("the user left");
    assertThat(failure.getPartialText()).isEqualTo("Hel");
    assertThat(failure.getProgress()).isEqualTo(Progress.PARTIAL);
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertThat(catchThrowable(stream::next)).isSameAs(failure);
  }

  @Test
  void whatHasComeCanBeAskedForWhileAnotherThreadWaits() throws Exception {
    server.then(peer -> peer.head().token("Hel").silence());
    try (ChatStream stream = stream()) {
      stream.next();
      Thread thread = new Thread(() -> catchThrowable(stream::next));
      thread.start();
      untilInNext(thread);
      CompletableFuture<String> text =
          CompletableFuture.supplyAsync(() -> stream.answerSoFar().text());
      assertThat(await(text)).isEqualTo("Hel");
    }
  }

  @Test
  void stoppingTheContextCancelsARunningStream() throws Exception {
    context.getShutdownStrategy().setTimeout(1);
    server.then(peer -> peer.head().token("Hel").silence());
    splitting();
    CompletableFuture<Exchange> call =
        template.asyncSend("direct:ask", e -> e.getMessage().setBody("Hi"));
    received("mock:parts", 1);
    context.stop();
    Exchange exchange = await(call);
    CallCancelledException failure = cause(exchange.getException(), CallCancelledException.class);
    assertThat(failure.getPartialText()).isEqualTo("Hel");
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void abandonedStreamClosesItsConnection() throws Exception {
    server.then(peer -> peer.head().token("Hel").silence());
    assertThat(stream().next().getBody()).isEqualTo("Hel");
    CompletableFuture<Boolean> closed =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return server.peer(0).isClosedByClient();
              } catch (InterruptedException e) {
                return false;
              }
            });
    for (int i = 0; i < 2000 && !closed.isDone(); i++) {
      System.gc();
    }
    assertThat(await(closed)).isTrue();
  }

  private <T extends HolySheepException> T failure(Class<T> type, String... options)
      throws Exception {
    splitting(options);
    Throwable failure = catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    T cause = cause(failure, type);
    assertThat(cause.getProgress()).isEqualTo(Progress.PARTIAL);
    assertThat(texts(1)).containsExactly("Hel");
    return cause;
  }

  private void splitting(String... options) throws Exception {
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask(options))
                .split(body())
                .streaming()
                .process(exchange -> firstRouted.countDown())
                .to("mock:parts"));
  }

  private static void untilInNext(Thread thread) {
    long end = System.nanoTime() + 10_000_000_000L;
    while (System.nanoTime() < end) {
      for (StackTraceElement frame : thread.getStackTrace()) {
        if (frame.getClassName().contains("Socket")) {
          return;
        }
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("the thread does not read");
  }
}
