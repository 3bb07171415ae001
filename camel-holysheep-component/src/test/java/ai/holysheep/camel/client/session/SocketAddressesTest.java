package ai.holysheep.camel.client.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketAddressesTest {

  private static final URI SECURE = URI.create("https://api.example.com/v1/chat/completions");
  private static final URI PLAIN = URI.create("http://127.0.0.1:8080/v1/chat/completions");

  @ParameterizedTest
  @CsvSource({
    "wss://api.example.com/v1/agent/7, wss://api.example.com/v1/agent/7",
    "https://api.example.com/v1/agent/7?t=x, wss://api.example.com/v1/agent/7?t=x",
    "HTTPS://API.example.com/a/http/b, wss://API.example.com/a/http/b",
    "wss://api.example.com:443/a, wss://api.example.com:443/a",
    "/v1/agent/7, wss://api.example.com/v1/agent/7",
    "agent/7, wss://api.example.com/v1/chat/agent/7",
    "' wss://api.example.com/a ', wss://api.example.com/a"
  })
  void theServersOwnSocketIsUsed(String named, String used) throws Exception {
    assertThat(SocketAddresses.of(SECURE, named, Set.of())).hasToString(used);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ws://api.example.com/a",
        "http://api.example.com/a",
        "ws://api.example.com:443/a",
        "wss://other.example.com/a",
        "wss://api.example.com:8443/a",
        "wss://api.example.com.evil.org/a",
        "wss://user:secret-1@api.example.com/a",
        "wss://api.example.com/a#secret-1",
        "//evil.org/secret-1",
        "javascript:alert(1)",
        "ftp://api.example.com/a",
        "wss://",
        "wss://api.example.com/ secret-1"
      })
  void anyOtherIsRefused(String named) {
    assertThatThrownBy(() -> SocketAddresses.of(SECURE, named, Set.of()))
        .isInstanceOfSatisfying(
            TransportFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(Kind.FORBIDDEN_ADDRESS))
        .hasMessageNotContaining("secret-1");
  }

  @Test
  void hostsThatAreAllowedAreUsed() throws Exception {
    Set<String> allowed = Set.of("sockets.example.com", "other.example.com:8443");
    assertThat(SocketAddresses.of(SECURE, "wss://sockets.example.com:9000/a", allowed))
        .hasToString("wss://sockets.example.com:9000/a");
    assertThat(SocketAddresses.of(SECURE, "wss://Other.example.com:8443/a", allowed))
        .hasToString("wss://Other.example.com:8443/a");
    assertThatThrownBy(() -> SocketAddresses.of(SECURE, "wss://other.example.com/a", allowed))
        .hasMessageContaining("allowedSocketHosts");
    assertThatThrownBy(() -> SocketAddresses.of(SECURE, "ws://sockets.example.com/a", allowed))
        .hasMessageContaining("without TLS");
  }

  @Test
  void withoutTlsTheSocketMayHaveNoneEither() throws Exception {
    assertThat(SocketAddresses.of(PLAIN, "http://127.0.0.1:8080/a", Set.of()))
        .hasToString("ws://127.0.0.1:8080/a");
    assertThatThrownBy(() -> SocketAddresses.of(PLAIN, "ws://127.0.0.1:8081/a", Set.of()))
        .hasMessageContaining("127.0.0.1:8081");
  }
}
