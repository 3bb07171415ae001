package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.holysheep.camel.convert.ChatStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream that is handed on before it is split loses no part. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamSurvivalTest extends StreamRouteTestSupport {

  @Test
  void recipientListHandsTheStreamOn() throws Exception {
    splits(rb -> rb.from("direct:ask").to(ask()).recipientList(rb.constant("direct:split")));
    template.sendBody("direct:ask", "Hi");
    assertHello();
  }

  @Test
  void oneBranchOfAMulticastReadsTheStream() throws Exception {
    splits(rb -> rb.from("direct:ask").to(ask()).multicast().to("direct:split").to("mock:other"));
    template.sendBody("direct:ask", "Hi");
    assertHello();
  }

  @Test
  void oneBranchOfAParallelMulticastReadsTheStream() throws Exception {
    splits(
        rb ->
            rb.from("direct:ask")
                .to(ask())
                .multicast()
                .parallelProcessing()
                .to("direct:split")
                .to("mock:other"));
    template.sendBody("direct:ask", "Hi");
    assertHello();
  }

  @Test
  void branchesOfAMulticastShareTheParts() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb -> {
          rb.from("direct:ask").to(ask()).multicast().to("direct:split", "direct:late");
          rb.from("direct:split").split(body()).streaming().to("mock:parts");
          rb.from("direct:late").split(body()).streaming().to("mock:late");
        });
    template.sendBody("direct:ask", "Hi");
    assertHello();
    assertThat(getMockEndpoint("mock:late").getExchanges()).isEmpty();
  }

  @Test
  void tappedSideReadsAfterTheMainExchangeHasFinished() throws Exception {
    CountDownLatch finished = new CountDownLatch(1);
    server.then(peer -> peer.head().token("Hel").await(finished).token("lo").finish());
    splitting(rb -> rb.from("direct:ask").to(ask()).wireTap("direct:split"));
    template.sendBody("direct:ask", "Hi");
    finished.countDown();
    assertHello();
  }

  @Test
  void tappedSideReadsAfterTheMainExchangeHasFailed() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    server.then(peer -> peer.head().token("Hel").await(failed).token("lo").finish());
    splitting(
        rb ->
            rb.from("direct:ask")
                .to(ask())
                .wireTap("direct:split")
                .process(exchange -> exchange.getMessage().getBody())
                .throwException(new IllegalStateException("main")));
    Throwable failure = catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    cause(failure, IllegalStateException.class);
    failed.countDown();
    assertHello();
  }

  @Test
  void tappedSideOfASpecialMessageReadsAfterTheMainExchangeHasFailed() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    server.then(peer -> peer.head().token("Hel").await(failed).token("lo").finish());
    splitting(
        rb ->
            rb.from("direct:ask")
                .to(ask())
                .wireTap("direct:split")
                .throwException(new IllegalStateException("main")));
    Exchange main =
        template.send("direct:ask", e -> e.setMessage(new SpecialMessage(context, "Hi")));
    assertThat(main.getException()).isInstanceOf(IllegalStateException.class);
    failed.countDown();
    assertHello();
  }

  @Test
  void enrichedExchangeReadsTheStream() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").enrich(ask()).split(body()).streaming().to("mock:parts"));
    template.sendBody("direct:ask", "Hi");
    assertHello();
  }

  @Test
  void strategyOfAnEnrichMayKeepTheOldExchange() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:ask")
                .enrich(
                    ask(),
                    (old, answer) -> {
                      old.getMessage().setBody(answer.getMessage().getBody());
                      return old;
                    })
                .split(body())
                .streaming()
                .to("mock:parts"));
    template.sendBodyAndHeader("direct:ask", "Hi", "correlation", "c-7");
    assertHello();
    assertThat(messages()).allMatch(part -> "c-7".equals(part.getHeader("correlation")));
  }

  @Test
  void anotherThreadReadsTheStream() throws Exception {
    splits(rb -> rb.from("direct:ask").to(ask()).threads(2).to("direct:split"));
    template.sendBody("direct:ask", "Hi");
    assertHello();
  }

  @Test
  void queueHandsTheStreamOn() throws Exception {
    CountDownLatch finished = new CountDownLatch(1);
    server.then(peer -> peer.head().token("Hel").await(finished).token("lo").finish());
    routes(
        rb -> {
          rb.from("direct:ask").to(ask()).to("seda:split?waitForTaskToComplete=Never");
          rb.from("seda:split").split(body()).streaming().to("mock:parts");
        });
    template.sendBody("direct:ask", "Hi");
    finished.countDown();
    assertHello();
  }

  @Test
  void streamLeavesATry() throws Exception {
    splits(
        rb ->
            rb.from("direct:ask")
                .doTry()
                .to(ask())
                .doCatch(Exception.class)
                .to("mock:caught")
                .doFinally()
                .to("mock:finally")
                .end()
                .to("direct:split"));
    template.sendBody("direct:ask", "Hi");
    assertHello();
  }

  @Test
  void dynamicEndpointLeavesAStream() throws Exception {
    splits(rb -> rb.from("direct:ask").toD(ask()).to("direct:split"));
    template.sendBody("direct:ask", "Hi");
    assertHello();
  }

  @Test
  void dynamicEndpointWithoutCacheLeavesAStream() throws Exception {
    splits(rb -> rb.from("direct:ask").toD(ask(), -1).to("direct:split"));
    template.sendBody("direct:ask", "Hi");
    assertHello();
  }

  @Test
  void templateGivesAStreamThatCanBeRead() throws Exception {
    CountDownLatch returned = new CountDownLatch(1);
    server.then(peer -> peer.head().token("Hel").await(returned).token("lo").finish());
    try (ChatStream stream = stream()) {
      returned.countDown();
      assertThat(stream.next().getBody()).isEqualTo("Hel");
      assertThat(stream.next().getBody()).isEqualTo("lo");
      assertThat(stream.next().getBody(String.class)).contains("total_tokens");
      assertThat(stream.hasNext()).isFalse();
    }
  }

  @Test
  void fluentTemplateGivesAStreamThatCanBeRead() throws Exception {
    CountDownLatch returned = new CountDownLatch(1);
    server.then(peer -> peer.head().token("Hel").await(returned).token("lo").finish());
    try (ChatStream stream = fluentTemplate.withBody("Hi").to(ask()).request(ChatStream.class)) {
      returned.countDown();
      assertThat(stream.text()).isEqualTo("Hello");
    }
  }

  @Test
  void streamComesOutOfASubRoute() throws Exception {
    splits(
        rb -> {
          rb.from("direct:ask").to("direct:model").to("direct:split");
          rb.from("direct:model").to(ask());
        });
    template.sendBody("direct:ask", "Hi");
    assertHello();
  }

  @Test
  void loopAsksAndSplitsEachTime() throws Exception {
    server.then(StreamRouteTestSupport::hello, StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:ask")
                .loop(2)
                .copy()
                .to(ask())
                .split(body())
                .streaming()
                .to("mock:parts"));
    template.sendBody("direct:ask", "Hi");
    assertThat(texts(6)).startsWith("Hel", "lo").element(3).isEqualTo("Hel");
  }

  @Test
  void partsOfASpecialMessageKeepItsClass() throws Exception {
    splits(rb -> rb.from("direct:ask").to(ask()).to("direct:split"));
    template.send("direct:ask", e -> e.setMessage(new SpecialMessage(context, "Hi")));
    assertHello();
    assertThat(messages())
        .allSatisfy(
            part ->
                assertThat(part)
                    .isInstanceOfSatisfying(
                        SpecialMessage.class, m -> assertThat(m.origin).isEqualTo("a file")));
  }

  @Test
  void specialMessageStopsEarlyBehindAQueue() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    routes(
        rb -> {
          rb.from("direct:ask").to(ask()).to("seda:split?waitForTaskToComplete=Never");
          rb.from("seda:split")
              .split(body())
              .streaming()
              .stopOnException()
              .to("mock:parts")
              .throwException(new IllegalStateException("first part"));
        });
    template.send("direct:ask", e -> e.setMessage(new SpecialMessage(context, "Hi")));
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertThat(texts(1)).containsExactly("t0 ");
  }

  @Test
  void routeThatHandlesAnExceptionGetsAllParts() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb -> {
          rb.onException(IllegalStateException.class)
              .handled(true)
              .setBody(rb.constant("Sorry?"))
              .to(ask())
              .split(body())
              .streaming()
              .to("mock:parts");
          rb.from("direct:ask").throwException(new IllegalStateException("main"));
        });
    template.sendBody("direct:ask", "Hi");
    assertHello();
  }

  @Test
  void routeAfterACaughtExceptionGetsAllParts() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:ask")
                .doTry()
                .throwException(new IllegalStateException("main"))
                .doCatch(IllegalStateException.class)
                .to(ask())
                .split(body())
                .streaming()
                .to("mock:parts")
                .end()
                .end());
    template.sendBody("direct:ask", "Hi");
    assertHello();
  }

  @Test
  void completionOfAFailedExchangeGetsAllParts() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb -> {
          rb.from("direct:ask")
              .onCompletion()
              .onFailureOnly()
              .setBody(rb.constant("Sorry?"))
              .to(ask())
              .split(body())
              .streaming()
              .to("mock:parts")
              .end()
              .end()
              .throwException(new IllegalStateException("main"));
        });
    catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    assertHello();
  }

  @Test
  void lookingAtTheStreamLosesNothing() throws Exception {
    context.setTracing(true);
    context.setMessageHistory(true);
    splits(
        rb ->
            rb.from("direct:ask")
                .streamCache("true")
                .to(ask())
                .log("${body}")
                .to("log:ai.holysheep.test?showAll=true&multiline=true&level=DEBUG")
                .setProperty("text", body().convertToString())
                .process(e -> assertThat(e.getMessage().getBody().toString()).contains("Chat"))
                .to("direct:split"));
    template.sendBody("direct:ask", "Hi");
    assertHello();
    assertThat(parts().getExchanges().get(0).getProperty("text")).isEqualTo("Hello");
  }

  @Test
  void backlogTracerLosesNothing() throws Exception {
    context.setBacklogTracing(true);
    context.setMessageHistory(true);
    splits(rb -> rb.from("direct:ask").to(ask()).to("direct:split"));
    template.sendBody("direct:ask", "Hi");
    assertHello();
  }

  @Test
  void namingTheStreamNeitherReadsNorWaits() throws Exception {
    CountDownLatch named = new CountDownLatch(1);
    server.then(peer -> peer.head().await(named).token("Hel").token("lo").finish());
    try (ChatStream stream = stream()) {
      assertThat(stream.toString()).contains(stream.id()).doesNotContain("ended");
      named.countDown();
      assertThat(stream.text()).isEqualTo("Hello");
    }
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void pooledExchangesKeepTheirStreamsApart() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    CamelContext pooled = new DefaultCamelContext();
    pooled.getCamelContextExtension().setExchangeFactory(new PooledExchangeFactory());
    server.then(
        peer -> peer.head().token("Hel").await(second).token("lo").finish(),
        peer -> peer.head().token("second").finish());
    CompletableFuture<ChatStream> first = new CompletableFuture<>();
    try (pooled) {
      pooled.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("seda:ask")
                  .to(ask())
                  .process(e -> first.complete(e.getMessage().getBody(ChatStream.class)));
            }
          });
      pooled.start();
      pooled.createProducerTemplate().sendBodyAndHeader("seda:ask", "Hi", "correlation", "1");
      ChatStream stream = await(first);
      assertThat(stream.next().getHeader("correlation")).isEqualTo("1");
      pooled.createProducerTemplate().requestBodyAndHeader("seda:ask", "Hi", "correlation", "2");
      second.countDown();
      assertThat(stream.next().getHeader("correlation")).isEqualTo("1");
      stream.close();
    }
  }

  private void splits(LambdaRouteBuilder asks) throws Exception {
    server.then(StreamRouteTestSupport::hello);
    splitting(asks);
  }

  private void splitting(LambdaRouteBuilder asks) throws Exception {
    routes(
        rb -> {
          asks.accept(rb);
          rb.from("direct:split").split(body()).streaming().to("mock:parts");
        });
  }

  /** A message that carries more than body and headers, as those of a file or HTTP consumer do. */
  static final class SpecialMessage extends DefaultMessage {

    private final String origin = "a file";

    SpecialMessage(CamelContext context, Object body) {
      super(context);
      setBody(body);
    }

    @Override
    public DefaultMessage newInstance() {
      return new SpecialMessage(getCamelContext(), null);
    }
  }
}
