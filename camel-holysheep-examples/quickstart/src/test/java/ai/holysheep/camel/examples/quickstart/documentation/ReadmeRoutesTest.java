package ai.holysheep.camel.examples.quickstart.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.simulator.SimulatorExtension;
import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The routes of the first page, run as they stand there. */
class ReadmeRoutesTest {

  /** Routes in whatever language. */
  private interface Routes {
    void addTo(CamelContext context) throws Exception;
  }

  @RegisterExtension static final SimulatorExtension SIMULATOR = new SimulatorExtension();

  @Test
  void javaRoute() throws Exception {
    RouteBuilder route =
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: route-in-java
            from("direct:ask")
                .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                .split(body())
                .streaming()
                .stopOnException()
                .choice()
                .when(header("CamelHolySheepEventType").isEqualTo("token"))
                .to("seda:tokens")
                .otherwise()
                .to("seda:usage");
            // end: route-in-java
          }
        };
    assertStreams(context -> context.addRoutes(route));
  }

  @Test
  void xmlRoute() throws Exception {
    assertStreams(context -> load(context, "route.xml", Documents.code("route-in-xml")));
  }

  @Test
  void yamlRoute() throws Exception {
    assertStreams(context -> load(context, "route.yaml", Documents.code("route-in-yaml")));
  }

  private static void load(CamelContext context, String name, String code) throws Exception {
    PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(name, code));
  }

  private static void assertStreams(Routes routes) throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      HolySheepComponent holySheep = context.getComponent("holysheep", HolySheepComponent.class);
      holySheep.getConfiguration().setBaseUrl(SIMULATOR.baseUrl());
      holySheep.getConfiguration().setApiKey("any-key");
      routes.addTo(context);
      context.start();
      context.createProducerTemplate().sendBody("direct:ask", "[[echo]]Hello, sheep");
      ConsumerTemplate results = context.createConsumerTemplate();
      StringBuilder text = new StringBuilder();
      for (Exchange token = results.receiveNoWait("seda:tokens");
          token != null;
          token = results.receiveNoWait("seda:tokens")) {
        text.append(token.getMessage().getBody(String.class));
      }
      assertThat(text).hasToString("Hello, sheep");
      Exchange usage = results.receiveNoWait("seda:usage");
      assertThat(usage.getMessage().getHeader(HolySheepConstants.FINISH_REASON)).isEqualTo("stop");
      assertThat(results.receiveNoWait("seda:usage")).isNull();
    }
  }
}
