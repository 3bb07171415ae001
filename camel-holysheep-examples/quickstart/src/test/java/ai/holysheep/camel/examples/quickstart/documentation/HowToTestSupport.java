package ai.holysheep.camel.examples.quickstart.documentation;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConfiguration;
import ai.holysheep.camel.simulator.SimulatorExtension;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Camel context whose endpoints ask the simulator. */
abstract class HowToTestSupport {

  @RegisterExtension static final SimulatorExtension SIMULATOR = new SimulatorExtension();

  final CamelContext context = new DefaultCamelContext();
  ProducerTemplate template;
  ConsumerTemplate results;

  @BeforeEach
  void start() {
    configuration().setBaseUrl(SIMULATOR.baseUrl());
    configuration().setApiKey("any-key");
    configuration().setReconnectDelay(0);
    context.start();
    template = context.createProducerTemplate();
    results = context.createConsumerTemplate();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  HolySheepConfiguration configuration() {
    return context.getComponent("holysheep", HolySheepComponent.class).getConfiguration();
  }

  Exchange send(String prompt) {
    return template.send("direct:ask", exchange -> exchange.getMessage().setBody(prompt));
  }

  /** The parts that a route has put into {@code seda:parts}, each as its text or its type. */
  List<String> parts() {
    List<String> parts = new ArrayList<>();
    for (Exchange part = results.receiveNoWait("seda:parts");
        part != null;
        part = results.receiveNoWait("seda:parts")) {
      String type = part.getMessage().getHeader("CamelHolySheepEventType", String.class);
      parts.add("token".equals(type) ? part.getMessage().getBody(String.class) : type);
    }
    return parts;
  }
}
