package ai.holysheep.camel.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.simulator.SimulatorExtension;
import ai.holysheep.camel.simulator.SimulatorOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The application as it stands, on a port of its own. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SpringBootChatTest {

  /** Slow enough for {@link #answerMayTakeLongerThanTomcatAllows}. */
  @RegisterExtension
  static final SimulatorExtension SIMULATOR = new SimulatorExtension(SimulatorOptions.defaults());

  private static final int TOMCAT_ALLOWS_MILLIS = 100;

  @LocalServerPort private int port;
  @Autowired private CamelContext camel;

  @TestConfiguration
  static class ImpatientTomcat {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> impatience() {
      return tomcat ->
          tomcat.addConnectorCustomizers(
              connector -> connector.setAsyncTimeout(TOMCAT_ALLOWS_MILLIS));
    }
  }

  @DynamicPropertySource
  static void askTheSimulator(DynamicPropertyRegistry properties) {
    properties.add("camel.component.holysheep.base-url", SIMULATOR::baseUrl);
    properties.add("camel.component.holysheep.api-key", () -> "any-key");
  }

  @Test
  void answerComesAsEvents() throws Exception {
    HttpResponse<String> reply = chat("[[echo]]Hello sheep");
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
    assertThat(reply.body())
        .contains("\"content\":\"Hello\"")
        .contains("\"type\":\"usage\"")
        .contains("firstTokenMillis");
  }

  /** Tomcat looks once a second for requests that take too long. */
  @Test
  void answerMayTakeLongerThanTomcatAllows() throws Exception {
    assertThat(chat("[[tokens=200]]Hi").body()).contains("\"completion_tokens\":200");
  }

  @Test
  void optionsComeFromTheProperties() {
    HolySheepComponent component = camel.getComponent("holysheep", HolySheepComponent.class);
    assertThat(component.getConfiguration().getModel()).isEqualTo("deepseek-v3.2");
    assertThat(component.getConfiguration().getMaxTotalTokens()).isEqualTo(20_000);
    assertThat(component.getBudgetWindow()).isEqualTo(3_600_000);
  }

  @Test
  void refusalIsToldWithoutAddresses() throws Exception {
    HttpResponse<String> reply = chat("[[status=401]]Hi");
    assertThat(reply.statusCode()).isEqualTo(502);
    assertThat(reply.body()).isEqualTo("{\"error\":\"The model cannot answer now.\"}");
    assertThat(chat("[[status=400]]Hi").statusCode()).isEqualTo(400);
    assertThat(chat("[[status=429]][[times=9]]Hi").statusCode()).isEqualTo(429);
  }

  @Test
  void healthTellsOfTheModelsServer() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    String health = get("/actuator/health");
    while (!health.contains("\"ageMillis\"") && System.nanoTime() < end) {
      Thread.onSpinWait();
      health = get("/actuator/health");
    }
    assertThat(health)
        .startsWith("{\"status\":\"UP\"")
        .contains("holysheep-chat-deepseek-v3.2")
        .contains(SIMULATOR.baseUrl());
  }

  @Test
  void metricsAreKept() throws Exception {
    chat("[[echo]]Hello sheep");
    assertThat(get("/actuator/metrics/gen_ai.client.operation.duration"))
        .contains("\"name\":\"gen_ai.client.operation.duration\"")
        .contains("deepseek-v3.2");
  }

  @Test
  void pageIsThere() throws Exception {
    assertThat(get("/")).contains("<title>Spring Boot chat</title>");
  }

  private HttpResponse<String> chat(String prompt) throws Exception {
    return send(
        HttpRequest.newBuilder(uri("/chat"))
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(prompt)));
  }

  private String get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path))).body();
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
