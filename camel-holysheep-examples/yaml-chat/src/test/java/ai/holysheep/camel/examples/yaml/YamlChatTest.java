package ai.holysheep.camel.examples.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.simulator.SimulatorExtension;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The folder as it stands, on Camel Main, which Camel JBang starts too. */
class YamlChatTest {

  @RegisterExtension static final SimulatorExtension SIMULATOR = new SimulatorExtension();

  private final Main main = new Main();
  private int port;

  @BeforeEach
  void start() throws Exception {
    port = freePort();
    main.setPropertyPlaceholderLocations("file:chat/application.properties");
    main.configure().withRoutesIncludePattern("file:chat/*.camel.yaml");
    main.addOverrideProperty("camel.server.port", String.valueOf(port));
    main.addOverrideProperty("camel.component.holysheep.base-url", SIMULATOR.baseUrl());
    main.addOverrideProperty("camel.component.holysheep.api-key", "any-key");
    main.start();
  }

  @AfterEach
  void stop() {
    main.stop();
  }

  @Test
  void answerComesBack() throws Exception {
    HttpResponse<String> reply = post("[[echo]]Hello sheep");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(reply.body()).isEqualTo("Hello sheep");
  }

  /** In its own profile, Camel JBang traces bodies, which reads streams before they are routed. */
  @Test
  void profileIsNotThatOfDevelopment() {
    assertThat(main.getCamelContext().getCamelContextExtension().getProfile()).isEqualTo("prod");
  }

  @Test
  void refusalIsNoAnswer() throws Exception {
    assertThat(post("[[status=400]]Hi").statusCode()).isEqualTo(500);
  }

  private HttpResponse<String> post(String prompt) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/ask"))
            .POST(HttpRequest.BodyPublishers.ofString(prompt))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
