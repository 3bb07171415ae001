package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that have to be told that an answer goes on. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContinueOptionsTest extends StreamRouteTestSupport {

  @Test
  void requestThatGoesOnAsksInTheWordsOfItsServer() throws Exception {
    server.then(peer -> peer.head().token("Hel").close(), peer -> peer.head().token("lo").finish());
    String endpoint =
        askAgain(
            3,
            "recovery=continue",
            "continueBodyProperty.continue_final_message=true",
            "continueBodyProperty.add_generation_prompt=false",
            "continueMessageProperty.prefix=true");
    routes(rb -> rb.from("direct:ask").to(endpoint).split(body()).streaming().to("mock:parts"));
    template.sendBody("direct:ask", "Hi");
    assertThat(texts(3).subList(0, 2)).containsExactly("Hel", "lo");
    assertThat(server.requests().get(0).body()).doesNotContain("continue", "add_g", "prefix");
    assertThat(server.requests().get(1).body())
        .contains("{\"role\":\"assistant\",\"content\":\"Hel\",\"prefix\":true}]")
        .contains("\"continue_final_message\":true")
        .contains("\"add_generation_prompt\":false");
  }
}
