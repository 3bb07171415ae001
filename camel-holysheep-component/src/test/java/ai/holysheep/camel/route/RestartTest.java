package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.convert.ChatStream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was stopped can be started again, and then asks as before. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestartTest extends StreamRouteTestSupport {

  @Test
  void contextThatWasStoppedAsksAgain() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    CamelContext other = new DefaultCamelContext();
    try (other) {
      other.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:ask").to(ask());
            }
          });
      for (int i = 0; i < 3; i++) {
        other.start();
        assertHelloOf(other);
        other.stop();
      }
    }
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void suspendedContextAsksAgain() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").to(ask()));
    context.suspend();
    context.resume();
    assertHelloOf(context);
  }

  @Test
  void routeThatWasStoppedAsksAgain() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").routeId("asking").to(ask()));
    for (int i = 0; i < 2; i++) {
      assertHelloOf(context);
      context.getRouteController().stopRoute("asking");
      context.getRouteController().startRoute("asking");
    }
    assertHelloOf(context);
  }

  @Test
  void componentThatWasStoppedAsksAgain() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").to(ask()));
    assertHelloOf(context);
    context.getComponent("holysheep").stop();
    context.getComponent("holysheep").start();
    assertHelloOf(context);
  }

  private static void assertHelloOf(CamelContext asked) throws Exception {
    try (ChatStream stream =
        asked.createProducerTemplate().requestBody("direct:ask", "Hi", ChatStream.class)) {
      assertThat(stream.text()).isEqualTo("Hello");
    }
  }
}
