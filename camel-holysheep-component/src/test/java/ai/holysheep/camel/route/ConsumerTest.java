package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.testing.ScriptedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Routes that begin with a question. */
@Timeout(60)
class ConsumerTest extends StreamRouteTestSupport {

  private static final String ONCE = "initialDelay=0&repeatCount=1";

  private final CountDownLatch gate = new CountDownLatch(1);

  @Test
  void eachPartBeginsTheRoute() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from(ask("prompt=Hi", ONCE)).to("mock:parts"));
    assertHello();
    assertThat(prompts()).containsExactly("Hi");
  }

  @Test
  void partIsRoutedWhenItComes() throws Exception {
    server.then(peer -> peer.head().token("Hel").await(gate).token("lo").finish());
    routes(rb -> rb.from(ask("prompt=Hi", ONCE)).to("mock:parts"));
    received("mock:parts", 1);
    gate.countDown();
    assertHello();
  }

  @Test
  void wholeAnswerBeginsTheRouteWithoutStream() throws Exception {
    String answer =
        "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}";
    server.then(peer -> peer.document(200, "application/json", answer));
    routes(
        rb ->
            rb.from(ask("prompt=Hi", ONCE).replace("stream=true", "stream=false"))
                .to("mock:parts"));
    Message message = received("mock:parts", 1).get(0).getMessage();
    assertThat(message.getBody()).isEqualTo("Hello");
    assertThat(message.getHeader(HolySheepConstants.FINISH_REASON)).isEqualTo("stop");
  }

  @Test
  void questionIsAskedAsOftenAsTheSchedulerSays() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from(ask("prompt=Hi", "initialDelay=0", "delay=1", "repeatCount=3"))
                .to("mock:parts"));
    received("mock:parts", 9);
    assertThat(server.requests()).hasSize(3);
    assertThat(messages())
        .extracting(part -> part.getHeader(HolySheepConstants.INDEX))
        .containsExactly(0L, 1L, 2L, 0L, 1L, 2L, 0L, 1L, 2L);
  }

  @Test
  void nextQuestionIsAskedWhenTheStreamBeforeIsOver() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    server.then(
        peer -> peer.head().token("Hel").await(gate).token("lo").finish(),
        peer -> {
          asked.countDown();
          hello(peer);
        });
    routes(
        rb ->
            rb.from(ask("prompt=Hi", "initialDelay=0", "delay=1", "repeatCount=2"))
                .to("mock:parts"));
    received("mock:parts", 1);
    assertThat(asked.getCount()).isEqualTo(1);
    gate.countDown();
    await(asked);
    received("mock:parts", 6);
  }

  @Test
  void promptMayHoldExpressions() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    context.getRegistry().bind("subject", "sheep");
    routes(rb -> rb.from(ask("prompt=RAW(Tell me of ${ref:subject})", ONCE)).to("mock:parts"));
    received("mock:parts", 3);
    assertThat(prompts()).containsExactly("Tell me of sheep");
  }

  @Test
  void promptMayBeAFileThatIsReadAnewForEachQuestion(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("prompt.txt");
    Files.writeString(file, "first");
    server.then(
        peer -> {
          Files.writeString(file, "second");
          hello(peer);
        });
    routes(
        rb ->
            rb.from(
                    ask(
                        "prompt=resource:file:" + file,
                        "initialDelay=0",
                        "delay=1",
                        "repeatCount=2"))
                .to("mock:parts"));
    received("mock:parts", 6);
    assertThat(prompts()).containsExactly("first", "second");
  }

  @Test
  void routeWithoutPromptDoesNotStart() {
    assertThatThrownBy(() -> routes(rb -> rb.from(ask(ONCE)).to("mock:parts")))
        .hasStackTraceContaining("needs the option 'prompt'");
  }

  @Test
  void promptThatCannotBeReadIsToldToTheExceptionHandler() throws Exception {
    CompletableFuture<Throwable> told = exceptionHandler();
    routes(
        rb ->
            rb.from(ask("prompt=resource:classpath:nowhere.txt", ONCE, "exceptionHandler=#told"))
                .to("mock:parts"));
    assertThat(await(told)).hasMessageContaining("nowhere.txt");
  }

  @Test
  void refusalIsToldToTheExceptionHandlerAndRoutesNothing() throws Exception {
    CompletableFuture<Throwable> told = exceptionHandler();
    server.then(peer -> peer.document(503, "application/json", "{}"));
    routes(rb -> rb.from(ask("prompt=Hi", ONCE, "exceptionHandler=#told")).to("mock:parts"));
    assertThat(await(told)).isInstanceOf(ProviderUnavailableException.class);
    assertThat(parts().getExchanges()).isEmpty();
  }

  @Test
  void refusalMayBeDealtWithByTheRoutesErrorHandler() throws Exception {
    server.then(peer -> peer.document(503, "application/json", "{}"));
    routes(
        rb ->
            rb.from(ask("prompt=Hi", ONCE, "bridgeErrorHandler=true"))
                .onException(ProviderUnavailableException.class)
                .handled(true)
                .to("mock:refused")
                .end()
                .to("mock:parts"));
    received("mock:refused", 1);
  }

  @Test
  void failureInTheMiddleIsTheLastPart() throws Exception {
    server.then(peer -> peer.head().token("Hel").reset());
    routes(rb -> rb.from(ask("prompt=Hi", ONCE)).to("mock:parts"));
    Message last = received("mock:parts", 2).get(1).getMessage();
    assertThat(last.getHeader(HolySheepConstants.EVENT_TYPE)).isEqualTo("error");
  }

  @Test
  void partThatIsNotRoutedEndsTheStream() throws Exception {
    CompletableFuture<Throwable> told = exceptionHandler();
    server.then(StreamRouteTestSupport::endless);
    routes(
        rb ->
            rb.from(ask("prompt=Hi", ONCE, "exceptionHandler=#told"))
                .throwException(new IllegalStateException("disk full")));
    assertThat(await(told)).isInstanceOf(IllegalStateException.class);
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void withoutStopOnExceptionTheOtherPartsAreRouted() throws Exception {
    exceptionHandler();
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from(ask("prompt=Hi", ONCE, "stopOnException=false", "exceptionHandler=#told"))
                .to("mock:parts")
                .throwException(new IllegalStateException("disk full")));
    assertHello();
  }

  @Test
  void suspendedRouteLetsItsStreamComeToItsEndAndAsksNoMore() throws Exception {
    server.then(peer -> peer.head().token("Hel").await(gate).token("lo").finish());
    routes(
        rb ->
            rb.from(ask("prompt=Hi", "initialDelay=0", "delay=1"))
                .routeId("poll")
                .to("mock:parts"));
    received("mock:parts", 1);
    CompletableFuture<Void> suspended =
        CompletableFuture.runAsync(
            () -> {
              try {
                context.getRouteController().suspendRoute("poll");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    waitUntilSuspending("poll");
    gate.countDown();
    await(suspended);
    assertHello();
    context.getRouteController().resumeRoute("poll");
    receivedAtLeast("mock:parts", 6);
  }

  /** Otherwise the route might ask again before it is told. */
  private void waitUntilSuspending(String route) {
    ServiceSupport consumer = (ServiceSupport) context.getRoute(route).getConsumer();
    while (!consumer.isSuspendingOrSuspended()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void stoppingRouteWaitsForItsStream() throws Exception {
    server.then(peer -> peer.head().token("Hel").await(gate).token("lo").finish());
    routes(rb -> rb.from(ask("prompt=Hi", ONCE)).routeId("poll").to("mock:parts"));
    received("mock:parts", 1);
    CompletableFuture<Void> stopped = stop("poll");
    gate.countDown();
    await(stopped);
    assertHello();
  }

  @Test
  void stoppingRouteMayCancelItsStream() throws Exception {
    context.getComponent("holysheep", HolySheepComponent.class).setCancelOnShutdown(true);
    server.then(peer -> peer.head().token("Hel").silence());
    routes(rb -> rb.from(ask("prompt=Hi", ONCE)).routeId("poll").to("mock:parts"));
    received("mock:parts", 1);
    await(stop("poll"));
    Message last = received("mock:parts", 2).get(1).getMessage();
    assertThat(last.getBody()).isInstanceOf(CallCancelledException.class);
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void wholeAnswerCanBePolled() throws Exception {
    String answer =
        "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}";
    server.then(peer -> peer.document(200, "application/json", answer));
    String endpoint = ask("prompt=Hi", ONCE).replace("stream=true", "stream=false");
    routes(rb -> rb.from("direct:ask").pollEnrich(endpoint, 10_000).to("mock:parts"));
    template.sendBody("direct:ask", "go");
    assertThat(received("mock:parts", 1).get(0).getMessage().getBody()).isEqualTo("Hello");
  }

  private CompletableFuture<Void> stop(String routeId) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            context.getRouteController().stopRoute(routeId);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private List<String> prompts() {
    return server.requests().stream()
        .map(ScriptedServer.Request::body)
        .map(body -> body.replaceAll(".*\"content\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  /** The bean "told", and what it is told first. */
  private CompletableFuture<Throwable> exceptionHandler() {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    context
        .getRegistry()
        .bind(
            "told",
            new ExceptionHandler() {
              @Override
              public void handleException(Throwable exception) {
                told.complete(exception);
              }

              @Override
              public void handleException(String message, Throwable exception) {
                told.complete(exception);
              }

              @Override
              public void handleException(String message, Exchange exchange, Throwable exception) {
                told.complete(exception);
              }
            });
    return told;
  }
}
