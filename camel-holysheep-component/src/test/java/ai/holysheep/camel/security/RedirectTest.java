package ai.holysheep.camel.security;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.testing.ScriptedServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that sends the client elsewhere does not send the key there. */
class RedirectTest extends SafetyTestSupport {

  private static final List<String> PLACES =
      List.of(
          "OTHER/v1/chat/completions",
          "SAME/v1/chat/completions",
          "SAME/elsewhere",
          "//PORT/v1/chat/completions",
          "/elsewhere",
          "elsewhere",
          "https://PORT/v1",
          "http://user:s3cret@PORT/v1?token=s3cret#s3cret",
          "javascript:alert(1)",
          "");

  static Stream<Arguments> redirects() {
    return Stream.of(300, 301, 302, 303, 307, 308)
        .flatMap(status -> PLACES.stream().map(place -> Arguments.of(status, place)));
  }

  @ParameterizedTest
  @MethodSource("redirects")
  void redirectIsAnErrorAndNobodyElseIsAsked(int status, String place) {
    for (boolean stream : List.of(true, false)) {
      ScriptedServer other = server(SafetyTestSupport::hello);
      ScriptedServer server = server();
      String location = location(place, server, other);
      server.then(peer -> peer.document(status, "text/html", "", "Location: " + location));
      RequestRejectedException failure =
          failure(
              ask(server.baseUrl(), Map.of(), "stream=" + stream), RequestRejectedException.class);
      assertThat(failure)
          .hasMessageContaining("Redirects are not followed")
          .hasMessageContaining("'baseUrl'")
          .hasMessageNotContaining("s3cret")
          .hasMessageNotContaining("elsewhere");
      assertThat(server.requests()).hasSize(1);
      assertThat(other.connectionCount()).isZero();
    }
  }

  private static String location(String place, ScriptedServer server, ScriptedServer other) {
    String port = other.baseUrl().replaceAll("^http://|/v1$", "");
    return place
        .replace("OTHER", other.baseUrl().replace("/v1", ""))
        .replace("SAME", server.baseUrl().replace("/v1", ""))
        .replace("PORT", port);
  }
}
