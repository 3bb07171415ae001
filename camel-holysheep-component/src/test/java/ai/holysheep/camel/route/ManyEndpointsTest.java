package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.error.AuthenticationFailedException;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several endpoints, components and contexts beside each other. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyEndpointsTest extends StreamRouteTestSupport {

  @Test
  void dynamicEndpointsShareTheConnectionsOfTheirComponent() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:dynamic")
                .toD(ask() + "&user=${body}")
                .split(body())
                .streaming()
                .to("mock:parts"));
    for (String user : List.of("ann", "bob", "eve")) {
      template.sendBody("direct:dynamic", user);
    }
    received("mock:parts", 9);
    assertThat(server.connectionCount()).isOne();
    assertThat(server.requests().get(2).body()).contains("\"user\":\"eve\"");
  }

  @Test
  void componentsUnderOtherNamesHaveOptionsOfTheirOwn() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    HolySheepComponent other = new HolySheepComponent();
    other.getConfiguration().setBaseUrl(server.baseUrl());
    other.getConfiguration().setApiKey("key-of-the-other");
    context.addComponent("other", other);
    routes(rb -> rb.from("direct:other").to("other:chat?model=m&stream=true"));
    assertThat(template.requestBody("direct:other", "Hi", String.class)).isEqualTo("Hello");
    assertThat(server.requests().get(0).headers())
        .containsEntry("authorization", "Bearer key-of-the-other");
  }

  @Test
  void contextsBesideEachOtherDoNotStopEachOther() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:stream").to(ask()));
    CamelContext second = new DefaultCamelContext();
    RouteBuilder.addRoutes(second, rb -> rb.from("direct:stream").to(ask()));
    second.start();
    String answer =
        second.createProducerTemplate().requestBody("direct:stream", "Hi", String.class);
    second.stop();
    assertThat(answer).isEqualTo("Hello");
    assertThat(template.requestBody("direct:stream", "Hi", String.class)).isEqualTo("Hello");
  }

  @Test
  void oneWayMessageIsSplitAsWell() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:one-way")
                .setExchangePattern(ExchangePattern.InOnly)
                .to(ask())
                .split(body())
                .streaming()
                .to("mock:parts"));
    template.send("direct:one-way", ExchangePattern.InOnly, e -> e.getMessage().setBody("Hi"));
    assertHello();
  }

  @Test
  void lazyProducerTellsOfAnUnusableKeyWhenItIsUsed() throws Exception {
    String uri = "holysheep:chat?model=m&apiKey=RAW(a b)&baseUrl=" + server.baseUrl();
    assertThat(catchThrowable(() -> routes(rb -> rb.from("direct:eager").to(uri))))
        .hasRootCauseInstanceOf(AuthenticationFailedException.class);
    routes(rb -> rb.from("direct:lazy").to(uri + "&lazyStartProducer=true"));
    Throwable failure = catchThrowable(() -> template.sendBody("direct:lazy", "Hi"));
    assertThat(cause(failure, AuthenticationFailedException.class)).hasMessageContaining("blank");
    assertThat(server.requests()).isEmpty();
  }
}
