package ai.holysheep.camel.examples.quickstart.documentation;

// begin: test-without-a-key
import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.simulator.Simulator;
import ai.holysheep.camel.simulator.SimulatorExtension;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExampleRouteTest extends CamelTestSupport {

  @RegisterExtension static final SimulatorExtension SIMULATOR = new SimulatorExtension();

  @Override
  protected RouteBuilder createRouteBuilder() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:ask")
            .toF(
                "holysheep:chat?model=deepseek-v3.2&stream=true&apiKey=any-key&baseUrl=%s",
                SIMULATOR.baseUrl())
            .split(body())
            .streaming()
            .to("mock:parts");
      }
    };
  }

  @Test
  void streamsTheAnswer(Simulator simulator) throws Exception {
    MockEndpoint parts = getMockEndpoint("mock:parts");
    parts.expectedMessageCount(3);
    template.sendBody("direct:ask", "[[echo]]Hello sheep");
    parts.assertIsSatisfied();
    assertThat(parts.getExchanges().get(0).getMessage().getBody()).isEqualTo("Hello");
    assertThat(simulator.requests()).hasSize(1);
  }
}
// end: test-without-a-key
