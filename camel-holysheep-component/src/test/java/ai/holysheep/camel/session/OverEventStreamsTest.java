package ai.holysheep.camel.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepConstants;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;

class OverEventStreamsTest extends AgentSessionContract {

  @Override
  boolean hasSocket() {
    return false;
  }

  @Test
  void theRouteIsToldOnceThatTheServerOffersNoSocket() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token("Hi");
          speaker.end();
        });
    routes(r -> r.from(agent("sessionEvents=true")).to("mock:parts"));
    for (int i = 1; i <= 2; i++) {
      template.send("direct:ask", ExchangePattern.InOnly, e -> e.getMessage().setBody("Hello"));
      Message last = parts(2 * i + 1).get(2 * i);
      assertThat(last.getHeaders()).isNotEmpty();
    }
    assertThat(
            parts(5).stream()
                .filter(part -> part.getHeader(HolySheepConstants.SESSION_STATE) != null)
                .map(part -> part.getHeader(HolySheepConstants.SESSION_STATE)))
        .containsExactly("fell_back");
    assertThat(server.requests().get(0).getBoolean("agent_mode")).isTrue();
    assertThat(server.requests().get(1).containsKey("agent_mode")).isFalse();
    assertThat(server.requests()).hasSize(2);
  }
}
