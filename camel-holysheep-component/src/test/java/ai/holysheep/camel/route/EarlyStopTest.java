package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.model.SplitDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A split that stops early closes the connection at once; the server would send for ever. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EarlyStopTest extends StreamRouteTestSupport {

  private static final Processor FAIL_AT_SECOND =
      exchange -> {
        if ("t1 ".equals(exchange.getMessage().getBody())) {
          throw new IllegalStateException("second part");
        }
      };

  @Test
  void failingPartClosesTheConnectionAndFailsTheCaller() throws Exception {
    stopping(
        rb ->
            rb.from("direct:ask")
                .to(askWithoutLimit())
                .split(body())
                .streaming()
                .stopOnException());
    Throwable failure = catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    cause(failure, IllegalStateException.class);
    assertStopped();
  }

  @Test
  void failingPartStopsTheStreamWithoutErrorHandler() throws Exception {
    stopping(
        rb -> {
          rb.errorHandler(rb.noErrorHandler());
          return rb.from("direct:ask")
              .to(askWithoutLimit())
              .split(body())
              .streaming()
              .stopOnException();
        });
    Throwable failure = catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    cause(failure, IllegalStateException.class);
    assertStopped();
  }

  @Test
  void failingPartStopsTheStreamWhereTheExceptionIsHandled() throws Exception {
    stopping(
        rb -> {
          rb.onException(IllegalStateException.class).handled(true).to("mock:handled");
          return rb.from("direct:ask")
              .to(askWithoutLimit())
              .split(body())
              .streaming()
              .stopOnException();
        });
    template.sendBody("direct:ask", "Hi");
    received("mock:handled", 1);
    assertStopped();
  }

  @Test
  void failingPartStopsTheStreamWithADeadLetterChannel() throws Exception {
    stopping(
        rb -> {
          rb.errorHandler(rb.deadLetterChannel("mock:dead").maximumRedeliveries(0));
          return rb.from("direct:ask")
              .to(askWithoutLimit())
              .split(body())
              .streaming()
              .stopOnException();
        });
    template.sendBody("direct:ask", "Hi");
    received("mock:dead", 1);
    assertStopped();
  }

  @Test
  void failingPartStopsTheStreamInsideATry() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    routes(
        rb ->
            rb.from("direct:ask")
                .doTry()
                .to(askWithoutLimit())
                .split(body())
                .streaming()
                .stopOnException()
                .process(FAIL_AT_SECOND)
                .to("mock:parts")
                .end()
                .endDoTry()
                .doCatch(IllegalStateException.class)
                .to("mock:caught")
                .end());
    template.sendBody("direct:ask", "Hi");
    received("mock:caught", 1);
    assertStopped();
  }

  @Test
  void failingPartStopsATransactedStream() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    routes(
        rb ->
            rb.from("direct:ask")
                .to(askWithoutLimit())
                .process(exchange -> exchange.getExchangeExtension().setTransacted(true))
                .split(body())
                .streaming()
                .stopOnException()
                .process(FAIL_AT_SECOND)
                .to("mock:parts"));
    Throwable failure = catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    cause(failure, IllegalStateException.class);
    assertStopped();
  }

  @Test
  void failingPartStopsAStreamThatIsAggregated() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    routes(
        rb ->
            rb.from("direct:ask")
                .to(askWithoutLimit())
                .split(body(), (old, part) -> part)
                .streaming()
                .stopOnException()
                .process(FAIL_AT_SECOND)
                .to("mock:parts"));
    Throwable failure = catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    cause(failure, IllegalStateException.class);
    assertStopped();
  }

  @Test
  void failingPartStopsAStreamBehindAMulticast() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    routes(
        rb -> {
          rb.from("direct:ask")
              .to(askWithoutLimit())
              .multicast()
              .stopOnException()
              .to("direct:split");
          rb.from("direct:split")
              .split(body())
              .streaming()
              .stopOnException()
              .process(FAIL_AT_SECOND)
              .to("mock:parts");
        });
    Throwable failure = catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    cause(failure, IllegalStateException.class);
    assertStopped();
  }

  @Test
  void stoppedPartStopsTheStreamWhereStopOnExceptionIsSet() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    routes(
        rb ->
            rb.from("direct:ask")
                .to(askWithoutLimit())
                .split(body())
                .streaming()
                .stopOnException()
                .filter(body().isEqualTo("t1 "))
                .stop()
                .end()
                .to("mock:parts"));
    template.sendBody("direct:ask", "Hi");
    assertStopped();
  }

  @Test
  void rolledBackPartStopsTheStream() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    routes(
        rb ->
            rb.from("direct:ask")
                .to(askWithoutLimit())
                .split(body())
                .streaming()
                .stopOnException()
                .filter(body().isEqualTo("t1 "))
                .rollback("no more")
                .end()
                .to("mock:parts"));
    Throwable failure = catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    cause(failure, org.apache.camel.RollbackExchangeException.class);
    assertStopped();
  }

  @Test
  void partMarkedForRollbackStopsTheStream() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    routes(
        rb ->
            rb.from("direct:ask")
                .to(askWithoutLimit())
                .split(body())
                .streaming()
                .stopOnException()
                .filter(body().isEqualTo("t1 "))
                .markRollbackOnly()
                .end()
                .to("mock:parts"));
    template.send("direct:ask", exchange -> exchange.getMessage().setBody("Hi"));
    assertStopped();
  }

  @Test
  void failingPartClosesASilentConnection() throws Exception {
    server.then(
        peer -> {
          peer.head().token("t0 ").token("t1 ");
          peer.silence();
        });
    routes(
        rb ->
            rb.from("direct:ask")
                .to(askWithoutLimit())
                .split(body())
                .streaming()
                .stopOnException()
                .process(FAIL_AT_SECOND)
                .to("mock:parts"));
    Throwable failure = catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    cause(failure, IllegalStateException.class);
    assertStopped();
  }

  @Test
  void streamGoesOnAfterAFailingPartWithoutStopOnException() throws Exception {
    server.then(peer -> peer.head().token("t0 ").token("t1 ").token("t2 ").finish());
    routes(
        rb ->
            rb.from("direct:ask")
                .to(askWithoutLimit())
                .split(body())
                .streaming()
                .process(FAIL_AT_SECOND)
                .to("mock:parts"));
    catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    assertThat(texts(3).subList(0, 2)).containsExactly("t0 ", "t2 ");
    assertThat(parts().getExchanges().get(2).getProperty(Exchange.SPLIT_COMPLETE)).isEqualTo(true);
  }

  @Test
  void streamGoesOnAfterAStoppedPartWithoutStopOnException() throws Exception {
    server.then(peer -> peer.head().token("t0 ").token("t1 ").token("t2 ").finish());
    routes(
        rb ->
            rb.from("direct:ask")
                .to(askWithoutLimit())
                .split(body())
                .streaming()
                .filter(body().isEqualTo("t1 "))
                .stop()
                .end()
                .to("mock:parts"));
    template.sendBody("direct:ask", "Hi");
    assertThat(texts(3).subList(0, 2)).containsExactly("t0 ", "t2 ");
  }

  @Test
  void splitInsideASplitStopsAloneAndTheOuterGoesOn() throws Exception {
    server.then(
        StreamRouteTestSupport::endless, peer -> peer.head().token("t0 ").token("last ").finish());
    routes(
        rb -> {
          rb.from("direct:ask").split(body().tokenize(",")).to("direct:inner");
          rb.from("direct:inner")
              .to(askWithoutLimit())
              .split(body())
              .streaming()
              .stopOnException()
              .process(FAIL_AT_SECOND)
              .to("mock:parts");
        });
    catchThrowable(() -> template.sendBody("direct:ask", "one,two"));
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertThat(texts(4).subList(0, 3)).containsExactly("t0 ", "t0 ", "last ");
  }

  @Test
  void streamInsideASplitGoesOnAfterAFailingPart() throws Exception {
    server.then(peer -> peer.head().token("t0 ").token("t1 ").token("t2 ").finish());
    routes(
        rb -> {
          rb.from("direct:ask").split(body().tokenize(",")).to("direct:inner");
          rb.from("direct:inner")
              .to(askWithoutLimit())
              .split(body())
              .streaming()
              .process(FAIL_AT_SECOND)
              .to("mock:parts");
        });
    catchThrowable(() -> template.sendBody("direct:ask", "one"));
    assertThat(texts(3).subList(0, 2)).containsExactly("t0 ", "t2 ");
  }

  private interface Splits {
    SplitDefinition in(org.apache.camel.builder.RouteBuilder rb) throws Exception;
  }

  private void stopping(Splits splits) throws Exception {
    server.then(StreamRouteTestSupport::endless);
    LambdaRouteBuilder routes = rb -> splits.in(rb).process(FAIL_AT_SECOND).to("mock:parts");
    routes(routes);
  }

  /** One part got through, the second failed, the third was never read. */
  private void assertStopped() throws Exception {
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertThat(texts(1)).containsExactly("t0 ");
  }

  /** Only the early stop ends these streams in time; a limit of the answer would hide that. */
  private String askWithoutLimit() {
    return ask("maxResponseBytes=" + Integer.MAX_VALUE);
  }
}
