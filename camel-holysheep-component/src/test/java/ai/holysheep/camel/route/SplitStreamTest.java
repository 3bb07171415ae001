package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.testing.ScriptedServer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream that a split makes exchanges of. */
class SplitStreamTest extends CamelTestSupport {

  private final CountDownLatch firstRouted = new CountDownLatch(1);
  private final ScriptedServer server = new ScriptedServer();

  @AfterEach
  void closeServer() throws Exception {
    server.close();
  }

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:ask")
            .toF(
                "holysheep:chat?model=test-model&stream=true&apiKey=key-1&baseUrl=%s",
                server.baseUrl())
            .split(body())
            .streaming()
            .process(exchange -> firstRouted.countDown())
            .to("mock:parts");
      }
    };
  }

  @Test
  void tokenIsRoutedBeforeTheNextOneHasArrived() throws Exception {
    server.then(peer -> peer.head().token("Hel").await(firstRouted).token("lo").finish());
    MockEndpoint parts = getMockEndpoint("mock:parts");
    parts.expectedMessageCount(3);
    template.sendBodyAndHeader("direct:ask", "Hi", "correlation", "c-7");
    parts.assertIsSatisfied();
    List<Exchange> exchanges = parts.getExchanges();
    assertThat(exchanges.get(0).getMessage().getBody()).isEqualTo("Hel");
    assertThat(exchanges.get(1).getMessage().getBody()).isEqualTo("lo");
    assertThat(exchanges.get(2).getMessage().getHeader(HolySheepConstants.TOTAL_TOKENS))
        .isEqualTo(10L);
    assertThat(exchanges.get(2).getProperty(Exchange.SPLIT_COMPLETE)).isEqualTo(true);
    assertThat(exchanges).allMatch(e -> "c-7".equals(e.getMessage().getHeader("correlation")));
  }
}
