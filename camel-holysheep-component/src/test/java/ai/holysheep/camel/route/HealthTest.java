package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.testing.ScriptedServer.Request;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.Result;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether endpoints could ask their models, as Camel's health checks tell. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HealthTest extends StreamRouteTestSupport {

  @BeforeEach
  void enableChecksOfProducers() {
    checks().setEnabled(true);
  }

  @Test
  void serverThatRepliesIsWellWithoutTheKey() throws Exception {
    server.then(peer -> peer.document(401, "application/json", "{}"));
    HealthCheck check = check(ask());
    assertThat(check.call().getState()).isEqualTo(State.UNKNOWN);
    Result result = looked(check);
    assertThat(result.getState()).isEqualTo(State.UP);
    assertThat(result.getDetails())
        .containsEntry("baseUrl", server.baseUrl())
        .containsEntry("model", "test-model")
        .containsEntry("service.status.code", 401)
        .containsKey("ageMillis");
    Request request = server.requests().get(0);
    assertThat(request.line()).startsWith("GET /v1/models ");
    assertThat(request.headers().keySet()).noneMatch("authorization"::equalsIgnoreCase);
  }

  @ParameterizedTest
  @CsvSource({"200,UP", "401,DOWN", "403,DOWN", "500,DOWN"})
  void keyIsToBeAcceptedWhereItIsSent(int status, State state) throws Exception {
    HolySheepComponent strict = new HolySheepComponent();
    strict.setHealthCheckWithKey(true);
    context.addComponent("strict", strict);
    server.then(peer -> peer.document(status, "application/json", "{}"));
    Result result = looked(check(ask().replace("holysheep:", "strict:")));
    assertThat(result.getState()).isEqualTo(state);
    assertThat(server.requests().get(0).headers().values()).contains("Bearer key-1");
    if (state == State.DOWN) {
      assertThat(result.getMessage().orElseThrow())
          .contains("HTTP " + status)
          .doesNotContain("key-1");
    }
  }

  @Test
  void serverThatIsNotThereIsDown() throws Exception {
    String endpoint = ask();
    server.close();
    Result result = looked(check(endpoint));
    assertThat(result.getState()).isEqualTo(State.DOWN);
    assertThat(result.getMessage().orElseThrow()).contains("Nobody answers").contains("baseUrl");
  }

  @Test
  void checkDoesNotWait() throws Exception {
    server.then(peer -> peer.silence());
    HealthCheck check = check(ask());
    for (int i = 0; i < 10; i++) {
      assertThat(check.call().getState()).isEqualTo(State.UNKNOWN);
    }
    server.peer(0);
    assertThat(server.connectionCount()).isOne();
  }

  @Test
  void endpointWithoutAKeyIsDown() throws Exception {
    Result result = check("holysheep:chat?model=gpt-4.1&apiKey=").call();
    assertThat(result.getState()).isEqualTo(State.DOWN);
    assertThat(result.getMessage().orElseThrow()).contains("There is no API key");
  }

  @Test
  void optionsThatAreNotValidAreDown() throws Exception {
    Result result = check(ask("coalesceSize=3")).call();
    assertThat(result.getState()).isEqualTo(State.DOWN);
    assertThat(result.getMessage().orElseThrow()).contains("coalesceSize");
  }

  @Test
  void checkGoesWithItsEndpoint() throws Exception {
    Endpoint endpoint = context.getEndpoint(ask());
    assertThat(ours()).hasSize(1);
    endpoint.stop();
    assertThat(ours()).isEmpty();
  }

  @Test
  void componentMayHaveNoChecks() throws Exception {
    HolySheepComponent silent = new HolySheepComponent();
    silent.setHealthCheckProducerEnabled(false);
    context.addComponent("silent", silent);
    context.getEndpoint(ask().replace("holysheep:", "silent:"));
    assertThat(ours()).isEmpty();
  }

  private HealthCheck check(String endpoint) {
    context.getEndpoint(endpoint);
    assertThat(ours()).hasSize(1);
    return ours().get(0);
  }

  private List<HealthCheck> ours() {
    return checks().stream().filter(check -> check.getId().contains("holysheep")).toList();
  }

  private WritableHealthCheckRepository checks() {
    return HealthCheckHelper.getHealthCheckRepository(
        context, "producers", WritableHealthCheckRepository.class);
  }

  /** What the check tells when the first look has come to its end. */
  private static Result looked(HealthCheck check) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    Result result = check.call();
    while (result.getState() == State.UNKNOWN && System.nanoTime() < end) {
      Thread.onSpinWait();
      result = check.call();
    }
    return result;
  }
}
