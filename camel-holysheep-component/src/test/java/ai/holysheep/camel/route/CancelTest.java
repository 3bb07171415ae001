package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.RequestRejectedException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are ended from outside: by their id, or because their route stops. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CancelTest extends StreamRouteTestSupport {

  // Kept, because a context that has stopped forgets its endpoints.
  private MockEndpoint parts;

  @BeforeEach
  void oneTokenAndThenSilence() {
    server.then(peer -> peer.head().token("Hel").silence());
  }

  // By its id.

  @Test
  void streamIsEndedFromAnotherRouteByItsHeader() throws Exception {
    routes(rb -> rb.from("direct:cancel").to("holysheep:cancel"));
    CompletableFuture<Exchange> reading = readUntilCancelled();
    Exchange cancelling =
        template.request("direct:cancel", e -> e.getMessage().setHeaders(partHeaders()));
    assertThat(cancelling.getMessage().getHeader(HolySheepConstants.CANCELLED)).isEqualTo(true);
    assertCancelled(reading, "by its stream id");
  }

  @Test
  void streamIsEndedByABodyThatNamesIt() throws Exception {
    CompletableFuture<Exchange> reading = readUntilCancelled();
    template.sendBody("holysheep:cancel", " " + streamId() + "\n");
    assertCancelled(reading, "by its stream id");
  }

  @Test
  void streamIsEndedByABean() throws Exception {
    CompletableFuture<Exchange> reading = readUntilCancelled();
    assertThat(component().cancelStream(streamId())).isTrue();
    assertCancelled(reading, "by its stream id");
    assertThat(component().cancelStream(streamId())).isFalse();
  }

  @Test
  void streamThatIsNotUnderWayIsNotEnded() {
    Exchange cancelling =
        template.request("holysheep:cancel", e -> e.getMessage().setBody("no-such-stream"));
    assertThat(cancelling.getException()).isNull();
    assertThat(cancelling.getMessage().getHeader(HolySheepConstants.CANCELLED)).isEqualTo(false);
    assertThat(cancelling.getMessage().getBody()).isEqualTo("no-such-stream");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n"})
  void messageThatNamesNoStreamIsRefused(String body) {
    assertThatThrownBy(() -> template.sendBody("holysheep:cancel", body))
        .cause()
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("CamelHolySheepStreamId");
  }

  @Test
  void messageWithTheStreamAsBodyNamesIt() throws Exception {
    routes(rb -> rb.from("direct:ask").to(ask()).setProperty("id", rb.simple("${body.id}")));
    Exchange asked = template.request("direct:ask", e -> e.getMessage().setBody("Hi"));
    String id = asked.getMessage().getHeader(HolySheepConstants.STREAM_ID, String.class);
    assertThat(id).isNotBlank().isEqualTo(asked.getProperty("id"));
    assertThat(component().cancelStream(id)).isTrue();
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  // By the end of its route.

  @Test
  void streamEndsWhenItsRouteMustStop() throws Exception {
    CompletableFuture<Exchange> reading = readUntilCancelled();
    context.getRouteController().stopRoute("asking", 1, TimeUnit.SECONDS);
    assertCancelled(reading, "the route that asked stops");
  }

  @Test
  void streamEndsAtOnceWhenItsRouteBeginsToStopAndTheComponentSaysSo() throws Exception {
    component().setCancelOnShutdown(true);
    CompletableFuture<Exchange> reading = readUntilCancelled();
    assertThat(context.getRouteController().stopRoute("asking", 1, TimeUnit.HOURS, true)).isTrue();
    assertCancelled(reading, "the route that asked stops");
  }

  @Test
  void streamEndsAtOnceWhenTheContextBeginsToStopAndTheComponentSaysSo() throws Exception {
    component().setCancelOnShutdown(true);
    CompletableFuture<Exchange> reading = readUntilCancelled();
    context.getShutdownStrategy().setTimeout(3600);
    context.stop();
    assertCancelled(reading, "stops");
  }

  @Test
  void streamThatAnotherRouteReadsEndsWithTheRouteThatAsked() throws Exception {
    RouteBuilder.addRoutes(
        context,
        rb -> {
          rb.from("direct:ask").routeId("asking").to(ask()).to("seda:parts");
          rb.from("seda:parts").split(body()).streaming().to("mock:parts");
        });
    template.sendBody("direct:ask", "Hi");
    received("mock:parts", 1);
    context.getRouteController().stopRoute("asking");
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertThat(parts().getExchanges()).hasSize(1);
  }

  @Test
  void streamOfADynamicEndpointOutlivesItsProducer() throws Exception {
    routes(rb -> rb.from("direct:ask").toD().cacheSize(-1).uri(ask()).end().to("mock:asked"));
    Exchange asked = template.request("direct:ask", e -> e.getMessage().setBody("Hi"));
    String id = asked.getMessage().getHeader(HolySheepConstants.STREAM_ID, String.class);
    assertThat(component().cancelStream(id)).as("was under way").isTrue();
  }

  private CompletableFuture<Exchange> readUntilCancelled() throws Exception {
    RouteBuilder.addRoutes(
        context,
        rb -> {
          rb.from("direct:ask")
              .routeId("asking")
              .to(ask())
              .split(body())
              .streaming()
              .to("mock:parts");
          rb.from("direct:other").routeId("other").to("mock:other");
        });
    CompletableFuture<Exchange> reading =
        template.asyncSend("direct:ask", e -> e.getMessage().setBody("Hi"));
    received("mock:parts", 1);
    parts = parts();
    return reading;
  }

  private Map<String, Object> partHeaders() {
    return new HashMap<>(messages().get(0).getHeaders());
  }

  private String streamId() {
    return messages().get(0).getHeader(HolySheepConstants.STREAM_ID, String.class);
  }

  private HolySheepComponent component() {
    return context.getComponent("holysheep", HolySheepComponent.class);
  }

  /** The connection is closed, the reader is told once, and no part follows. */
  private void assertCancelled(CompletableFuture<Exchange> reading, String why) throws Exception {
    CallCancelledException failure =
        cause(await(reading).getException(), CallCancelledException.class);
    assertThat(failure).hasMessageContaining(why);
    assertThat(failure.getPartialText()).isEqualTo("Hel");
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertThat(parts.getExchanges()).hasSize(1);
  }
}
