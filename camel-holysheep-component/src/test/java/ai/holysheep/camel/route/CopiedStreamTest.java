package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.holysheep.camel.HolySheepConstants;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A stream that an EIP has copied back from a copy of the exchange is read for the exchange that
 * splits it: its headers, its early stop, its properties. The server would send for ever.
 */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CopiedStreamTest extends StreamRouteTestSupport {

  private interface Asking {
    ProcessorDefinition<?> in(RouteBuilder rb, String endpoint) throws Exception;
  }

  @Test
  void streamOfEnrichIsReadForTheExchangeThatSplits() throws Exception {
    assertReadForTheExchange((rb, ask) -> rb.from("direct:ask").enrich(ask));
  }

  @Test
  void streamOfAnEnrichingRouteIsReadForTheExchangeThatSplits() throws Exception {
    assertReadForTheExchange(
        (rb, ask) -> {
          rb.from("direct:model").to(ask).setHeader("model", rb.constant("asked"));
          return rb.from("direct:ask").enrich("direct:model");
        });
  }

  @Test
  void streamOfFailoverIsReadForTheExchangeThatSplits() throws Exception {
    assertReadForTheExchange(
        (rb, ask) -> rb.from("direct:ask").loadBalance().failover().to(ask).end());
  }

  @Test
  void streamOfRecipientListIsReadForTheExchangeThatSplits() throws Exception {
    assertReadForTheExchange(
        (rb, ask) -> rb.from("direct:ask").recipientList(rb.constant(ask), "false"));
  }

  @Test
  void streamOfMulticastIsReadForTheExchangeThatSplits() throws Exception {
    assertReadForTheExchange((rb, ask) -> rb.from("direct:ask").multicast().to(ask).end());
  }

  @Test
  void streamOfRoutingSlipIsReadForTheExchangeThatSplits() throws Exception {
    assertReadForTheExchange((rb, ask) -> rb.from("direct:ask").routingSlip(rb.constant(ask), "|"));
  }

  @Test
  void streamOfALoopOfCopiesIsReadForTheExchangeThatSplits() throws Exception {
    assertReadForTheExchange((rb, ask) -> rb.from("direct:ask").loop(1).copy().to(ask).end());
  }

  @Test
  void streamOfOneEipInsideAnotherIsReadForTheExchangeThatSplits() throws Exception {
    assertReadForTheExchange(
        (rb, ask) -> {
          rb.from("direct:model").loadBalance().failover().to(ask).end();
          return rb.from("direct:ask").multicast().to("direct:model").end();
        });
  }

  @Test
  void streamIsReadForTheExchangeThatSplitsInAnotherRoute() throws Exception {
    assertReadForTheExchange(
        (rb, ask) -> {
          rb.from("direct:asked").enrich(ask);
          return rb.from("direct:ask").to("direct:asked");
        });
  }

  @Test
  void tappedRouteBehindAnEnrichReadsForItsOwnExchange() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    routes(
        rb -> {
          rb.from("direct:ask")
              .enrich(askWithoutLimit())
              .wireTap("direct:tapped")
              .throwException(new IllegalStateException("main route"));
          rb.from("direct:tapped")
              .setHeader("late", rb.constant("yes"))
              .split(body())
              .streaming()
              .stopOnException()
              .to("mock:parts")
              .process(CopiedStreamTest::failAtSecond);
        });
    catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    assertStoppedAtSecond();
  }

  @Test
  void brokenStreamIsNotedOnTheExchangeThatSplits() throws Exception {
    server.then(peer -> peer.head().token("t0 ").end());
    routes(
        rb -> rb.from("direct:ask").enrich(ask()).split(body()).streaming().to("mock:parts").end());
    Exchange failed = template.send("direct:ask", exchange -> exchange.getMessage().setBody("Hi"));
    assertThat(failed.isFailed()).isTrue();
    assertThat(failed.getProperty(HolySheepConstants.AI_ERROR_CATEGORY)).isNotNull();
  }

  /** What stream caching does before each step is what the stream learns its exchange from. */
  @Test
  void withoutStreamCachingTheStreamOfEnrichIsReadForTheCopy() throws Exception {
    server.then(peer -> peer.head().token("t0 ").token("t1 ").token("t2 ").finish());
    routes(
        rb ->
            rb.from("direct:ask")
                .streamCache("false")
                .enrich(ask())
                .setHeader("late", rb.constant("yes"))
                .split(body())
                .streaming()
                .stopOnException()
                .to("mock:parts")
                .process(CopiedStreamTest::failAtSecond));
    catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    received("mock:parts", 2);
    assertThat(messages()).allMatch(part -> part.getHeader("late") == null);
    catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    received("mock:parts", 4);
    assertThat(server.connectionCount()).as("read to its end, so kept").isEqualTo(1);
  }

  private void assertReadForTheExchange(Asking asking) throws Exception {
    server.then(StreamRouteTestSupport::endless);
    routes(
        rb ->
            asking
                .in(rb, askWithoutLimit())
                .setHeader("late", rb.constant("yes"))
                .split(body())
                .streaming()
                .stopOnException()
                .to("mock:parts")
                .process(CopiedStreamTest::failAtSecond));
    Throwable failure = catchThrowable(() -> template.sendBody("direct:ask", "Hi"));
    cause(failure, IllegalStateException.class);
    assertStoppedAtSecond();
  }

  private void assertStoppedAtSecond() throws Exception {
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertThat(texts(2)).isEqualTo(List.of("t0 ", "t1 "));
    assertThat(messages()).allMatch(part -> "yes".equals(part.getHeader("late")));
  }

  private static void failAtSecond(Exchange part) {
    if ("t1 ".equals(part.getMessage().getBody())) {
      throw new IllegalStateException("second part");
    }
  }

  private String askWithoutLimit() {
    return ask("maxResponseBytes=" + Integer.MAX_VALUE);
  }
}
