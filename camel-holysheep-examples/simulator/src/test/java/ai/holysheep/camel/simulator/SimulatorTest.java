package ai.holysheep.camel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatorTest {

  private static final SimulatorOptions AT_ONCE = SimulatorOptions.defaults().withPaceFactor(0);

  @Test
  void listensOnAFreePortUntilClosed() {
    Simulator simulator = Simulator.start(AT_ONCE.withEventLoops(2));
    assertThat(simulator.baseUrl()).isEqualTo("http://127.0.0.1:" + simulator.port() + "/v1");
    Client client = new Client(simulator.baseUrl());
    assertThat(client.send(client.to("/models").build()).statusCode()).isEqualTo(200);
    simulator.close();
    simulator.close();
    assertThatThrownBy(() -> client.send(client.to("/models").build()))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aTakenPortIsNamed() {
    try (Simulator simulator = Simulator.start(AT_ONCE)) {
      SimulatorOptions same = AT_ONCE.withPort(simulator.port());
      assertThatThrownBy(() -> Simulator.start(same).close())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("127.0.0.1:" + simulator.port())
          .hasCauseInstanceOf(Exception.class);
    }
  }

  @Test
  void theSamePortCanBeTakenAgainAfterClosing() {
    Simulator first = Simulator.start(AT_ONCE);
    first.close();
    try (Simulator second = Simulator.start(AT_ONCE.withPort(first.port()).withEventLoops(2))) {
      assertThat(second.port()).isEqualTo(first.port());
    }
  }

  @Test
  void onlyTheConfiguredKeyIsAccepted() {
    try (Simulator simulator = Simulator.start(AT_ONCE.withApiKey("secret"))) {
      Client client = new Client(simulator.baseUrl());
      assertUnauthorized(client, "Bearer wrong");
      assertUnauthorized(client, "Bearer ");
      assertUnauthorized(client, "Basic secret");
      assertThat(models(client, "Bearer secret").statusCode()).isEqualTo(200);
      assertThat(models(client, "bearer secret").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void withoutAConfiguredKeyAnyIsAcceptedButNone() {
    try (Simulator simulator = Simulator.start(AT_ONCE)) {
      Client client = new Client(simulator.baseUrl());
      assertUnauthorized(client, "Bearer");
      assertThat(models(client, "Bearer x").statusCode()).isEqualTo(200);
    }
  }

  private static void assertUnauthorized(Client client, String authorization) {
    HttpResponse<String> response = models(client, authorization);
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(Client.json(response.body()).at("/error/code").asText())
        .isEqualTo("invalid_api_key");
    assertThat(response.body()).doesNotContain("wrong").doesNotContain("secret");
  }

  private static HttpResponse<String> models(Client client, String authorization) {
    return client.send(client.to("/models").setHeader("Authorization", authorization).build());
  }

  @Test
  void requestsAreRecordedAndForgotten() {
    try (Simulator simulator = Simulator.start(AT_ONCE)) {
      Client client = new Client(simulator.baseUrl());
      String body = Client.request("Grüße").toString();
      client.send(client.chat(body));
      List<RecordedRequest> requests = simulator.requests();
      assertThat(requests).hasSize(1);
      assertThat(requests.get(0).method()).isEqualTo("POST");
      assertThat(requests.get(0).path()).isEqualTo("/v1/chat/completions");
      assertThat(requests.get(0).headers()).containsEntry("authorization", "Bearer test-key");
      assertThat(requests.get(0).body()).isEqualTo(body);
      assertThat(requests.get(0).toString()).doesNotContain("test-key");
      simulator.clearRequests();
      assertThat(simulator.requests()).isEmpty();
    }
  }

  @Test
  void onlyTheLastRequestsAreKept() {
    Traffic traffic = new Traffic();
    for (int i = 0; i < Traffic.RECORDED_REQUESTS + 5; i++) {
      traffic.record(new RecordedRequest("GET", "/" + i, Map.of(), ""));
    }
    assertThat(traffic.requests()).hasSize(Traffic.RECORDED_REQUESTS);
    assertThat(traffic.requests().get(0).path()).isEqualTo("/5");
  }

  @Test
  void longRequestsPushOutTheOnesBefore() {
    Traffic traffic = new Traffic();
    String body = "x".repeat(Traffic.RECORDED_CHARACTERS / 2);
    for (int i = 0; i < 4; i++) {
      traffic.record(new RecordedRequest("POST", "/" + i, Map.of(), body));
    }
    assertThat(traffic.requests()).extracting(RecordedRequest::path).containsExactly("/2", "/3");
  }

  @Test
  void optionsAreCheckedAndHideTheKey() {
    assertThatThrownBy(() -> AT_ONCE.withPort(-1)).hasMessageContaining("port");
    assertThatThrownBy(() -> AT_ONCE.withPaceFactor(Double.NaN)).hasMessageContaining("paceFactor");
    assertThatThrownBy(() -> AT_ONCE.withPaceFactor(-1)).hasMessageContaining("paceFactor");
    assertThatThrownBy(() -> AT_ONCE.withApiKey(" ")).hasMessageContaining("apiKey");
    assertThatThrownBy(() -> AT_ONCE.withEventLoops(0)).hasMessageContaining("eventLoops");
    assertThat(AT_ONCE.withApiKey("secret").toString()).doesNotContain("secret");
  }

  @Test
  void settingsOfTheMainClass() {
    assertThat(SimulatorMain.options()).isEqualTo(SimulatorOptions.defaults().withPort(8089));
    assertThat(SimulatorMain.options("port=0", "paceFactor=0.1", "apiKey=k", "eventLoops=2"))
        .isEqualTo(new SimulatorOptions(0, 0.1, "k", 2, AgentOffer.usual()));
    assertThatThrownBy(() -> SimulatorMain.options("prot=1")).hasMessageContaining("prot=1");
    assertThatThrownBy(() -> SimulatorMain.options("port=x")).hasMessageContaining("port");
  }

  @Test
  void thePublishedPaceIsKept() {
    SimulatedModel model = ModelCatalogue.find("gpt-4.1").orElseThrow();
    Pace pace = Pace.of(model, 0.5);
    assertThat(pace.dueNanos(0)).isEqualTo(620_000_000L);
    assertThat(pace.dueNanos(100)).isEqualTo(620_000_000L + 100 * 24_000_000L);
    assertThat(Pace.of(model, 0).dueNanos(1_000)).isZero();
  }
}
