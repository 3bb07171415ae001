package ai.holysheep.camel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.examples.gateway.GatewaySettings.Access;
import ai.holysheep.camel.examples.gateway.NodePackages.Run;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The clients themselves, as npm has them, in Node: those of OpenAI, and what is under {@code
 * useChat} of Vercel's AI SDK.
 */
class NodeClientsTest {

  private static final String KEY = "gateway-key";
  private static final int MANY = 50;

  @Test
  void theirClientsFindWhatTheyExpect() throws Exception {
    NodePackages.install();
    try (RunningGateway gateway =
        RunningGateway.start(
            new Access(null, KEY, null, List.of()),
            RunningGateway.limits(MANY, MANY, Duration.ofSeconds(5)),
            0)) {
      Run run =
          NodePackages.run(
              List.of("node", "--test", "."),
              Map.of("GATEWAY_URL", gateway.url(), "GATEWAY_KEY", KEY));
      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output()).contains("# pass 28").contains("# skipped 0");
    }
  }
}
