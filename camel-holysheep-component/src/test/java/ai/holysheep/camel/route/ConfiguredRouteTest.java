package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.testing.ScriptedServer;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Options that come from properties, placeholders and other route languages than Java. */
class ConfiguredRouteTest {

  private final ScriptedServer server =
      new ScriptedServer(peer -> peer.head().token("Hel").token("lo").finish());
  private final org.apache.camel.main.Main main = new org.apache.camel.main.Main();

  @BeforeEach
  void configure() {
    main.addInitialProperty("camel.component.holysheep.base-url", server.baseUrl());
    main.addInitialProperty("camel.component.holysheep.api-key", "key-of-the-component");
    main.addInitialProperty("camel.component.holysheep.first-token-timeout", "5s");
    main.addInitialProperty("camel.component.holysheep.connect-timeout", "2s");
    main.addInitialProperty("camel.component.holysheep.additional-header.team", "sheep");
    main.addInitialProperty("my.model", "model-of-a-placeholder");
  }

  @AfterEach
  void stop() throws Exception {
    main.stop();
    server.close();
  }

  @Test
  void componentOptionsAndPlaceholdersReachTheRequest() throws Exception {
    main.configure()
        .addRoutesBuilder(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:ask").to("holysheep:chat?model={{my.model}}&stream=true");
              }
            });
    main.start();
    String answer = ask();
    assertThat(answer).isEqualTo("Hello");
    ScriptedServer.Request request = server.requests().get(0);
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer key-of-the-component")
        .containsEntry("team", "sheep");
    assertThat(request.body()).contains("\"model\":\"model-of-a-placeholder\"");
  }

  @Test
  void yamlRouteSplitsAStream() throws Exception {
    main.start();
    load(
        "ask.camel.yaml",
        """
        - from:
            uri: direct:ask
            steps:
              - to:
                  uri: holysheep:chat
                  parameters:
                    model: test-model
                    stream: true
                    temperature: 0.5
                    idleTimeout: 20s
                    additionalBodyProperty.top_k: 40
              - split:
                  expression:
                    simple: "${body}"
                  streaming: true
                  steps:
                    - to:
                        uri: mock:parts
        """);
    MockEndpoint parts = main.getCamelContext().getEndpoint("mock:parts", MockEndpoint.class);
    parts.expectedBodiesReceived(List.of("Hel", "lo").toArray());
    parts.expectedMessageCount(3);
    ask();
    List<Exchange> exchanges = parts.getExchanges();
    assertThat(exchanges)
        .extracting(e -> e.getMessage().getHeader(HolySheepConstants.EVENT_TYPE))
        .containsExactly("token", "token", "usage");
    assertThat(server.requests().get(0).body()).contains("\"temperature\":0.5", "\"top_k\":40");
  }

  private void load(String name, String route) throws Exception {
    Resource resource = ResourceHelper.fromString(name, route);
    PluginHelper.getRoutesLoader(main.getCamelContext()).loadRoutes(resource);
  }

  private String ask() {
    return main.getCamelContext()
        .createProducerTemplate()
        .requestBody("direct:ask", "Hi", String.class);
  }
}
