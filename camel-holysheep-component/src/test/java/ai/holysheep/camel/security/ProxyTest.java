package ai.holysheep.camel.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.testing.CertificateAuthority;
import ai.holysheep.camel.testing.ScriptedProxy;
import ai.holysheep.camel.testing.ScriptedServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through a proxy, and what it and the server are told. */
class ProxyTest extends SafetyTestSupport {

  private static final String PASSWORD = "pr0xy-s3cret";
  private static final String HTML = "<html><body>Blocked by the firm</body></html>";

  @TempDir static Path folder;

  private static SSLContextParameters tls;

  private ScriptedProxy proxy;
  private HolySheepComponent component;

  @BeforeAll
  static void makeCertificate() throws Exception {
    tls = new CertificateAuthority(folder, "authority").identity("ip:127.0.0.1");
  }

  @BeforeEach
  void useTheProxy() {
    proxy = opened(new ScriptedProxy());
    component = component("behind");
    component.setSslContextParameters(tls);
    component.setProxyHost("127.0.0.1");
    component.setProxyPort(proxy.port());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void secureRequestGoesThroughATunnelThatTellsTheProxyNothing(boolean stream) throws Exception {
    ScriptedServer server = secure();
    assertHello(send(endpoint("behind", server.baseUrl(), "stream=" + stream), Map.of()));
    assertThat(proxy.heads()).singleElement().asString().startsWith("CONNECT 127.0.0.1:");
    assertThat(proxy.heads().get(0)).doesNotContain(KEY).doesNotContain("chat");
    assertThat(server.requests().get(0).headers()).containsEntry("authorization", "Bearer " + KEY);
  }

  @Test
  void plainRequestIsSentInAbsoluteForm() {
    ScriptedServer server = server(SafetyTestSupport::hello);
    assertHello(send(endpoint("behind", server.baseUrl()), Map.of()));
    assertThat(proxy.heads())
        .singleElement()
        .asString()
        .startsWith("POST " + server.baseUrl() + "/chat/completions HTTP/1.1\r\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void passwordIsToldToTheProxyAndNotToTheServer(boolean secure) throws Exception {
    proxy.asking("joe", PASSWORD);
    component.setProxyUsername("joe");
    component.setProxyPassword(PASSWORD);
    ScriptedServer server = secure ? secure() : server(SafetyTestSupport::hello);
    assertHello(send(endpoint("behind", server.baseUrl()), Map.of()));
    assertThat(proxy.heads()).hasSize(2);
    assertThat(proxy.heads().get(0)).as("not before it asks").doesNotContain("Proxy-Auth");
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0).headers()).doesNotContainKey("proxy-authorization");
    assertThat(server.requests().get(0).headers().toString()).doesNotContain("Basic");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void passwordOfTheProxyIsNotForAServerThatAsksForOne(boolean secure) throws Exception {
    component.setProxyUsername("joe");
    component.setProxyPassword(PASSWORD);
    ScriptedServer.Script asking =
        peer ->
            peer.document(
                401, "text/plain", "", "WWW-Authenticate: Basic realm=\"s\"", "X-Padding: 1");
    ScriptedServer server =
        secure
            ? opened(ScriptedServer.secure(tls.createSSLContext(context), asking))
            : server(asking);
    failure(send(endpoint("behind", server.baseUrl()), Map.of()), HolySheepException.class);
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0).headers().toString()).doesNotContain("Basic");
  }

  @ParameterizedTest
  @CsvSource({"true,", "true,wrong", "false,", "false,wrong"})
  void proxyThatWantsAnotherPasswordIsNamed(boolean secure, String password) throws Exception {
    proxy.asking("joe", PASSWORD);
    if (password != null) {
      component.setProxyUsername("joe");
      component.setProxyPassword(password);
    }
    ScriptedServer server = secure ? secure() : server(SafetyTestSupport::hello);
    TransportFailedException failure = refused(server);
    assertThat(failure)
        .hasMessageContaining("'proxyUsername'")
        .hasMessageContaining("'proxyPassword'")
        .hasMessageNotContaining("wrong");
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 301, 400, 403, 404, 429, 500, 502, 503})
  void proxyThatRefusesATunnelIsNamedAndNotTakenForTheServer(int status) throws Exception {
    proxy.refusing(status, status == 204 ? "" : HTML);
    ScriptedServer server = secure();
    assertThat(refused(server))
        .hasMessageContaining("HTTP " + status)
        .hasMessageNotContaining("Blocked")
        .hasMessageNotContaining("API key");
    assertThat(server.connectionCount()).isZero();
    assertThat(proxy.heads().toString()).doesNotContain(KEY);
  }

  @Test
  void answerOfAProxyInPlaceOfATunnelIsNoAnswer() throws Exception {
    String forged = "{\"choices\":[{\"message\":{\"content\":\"Forged\"}}]}";
    proxy.refusing(201, forged);
    assertThat(refused(secure())).hasMessageNotContaining("Forged");
  }

  @Test
  void closedPortOfTheProxyIsNamed() throws Exception {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      component.setProxyPort(closed.getLocalPort());
    }
    ScriptedServer server = secure();
    assertThat(refused(server)).hasMessageContaining("refuses connections");
  }

  @Test
  void unknownNameOfTheProxyIsNamed() throws Exception {
    component.setProxyHost("proxy.invalid");
    ScriptedServer server = secure();
    assertThat(
            failure(
                send(endpoint("behind", server.baseUrl()), Map.of()),
                TransportFailedException.class))
        .hasMessageContaining("proxy.invalid")
        .hasMessageContaining("'proxyHost'");
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1", "127.*", "localhost|127.0.0.1", "*", "localhost| 127.* "})
  void hostsThatAreNamedAreAskedDirectly(String nonProxyHosts) {
    component.setNonProxyHosts(nonProxyHosts);
    component.setProxyUsername("joe");
    component.setProxyPassword(PASSWORD);
    ScriptedServer server = server(SafetyTestSupport::hello);
    assertHello(send(endpoint("behind", server.baseUrl()), Map.of()));
    assertThat(proxy.heads()).isEmpty();
    assertThat(server.requests().get(0).headers().toString()).doesNotContain("Basic");
  }

  @ParameterizedTest
  @CsvSource({"localhost", "127", "0.0.1", "127.0.0.1.example", "127?0?0?1", "''"})
  void otherHostsAreAskedThroughTheProxy(String nonProxyHosts) {
    component.setNonProxyHosts(nonProxyHosts);
    ScriptedServer server = server(SafetyTestSupport::hello);
    assertHello(send(endpoint("behind", server.baseUrl()), Map.of()));
    assertThat(proxy.heads()).hasSize(1);
  }

  @Test
  void certificateOfTheServerIsCheckedThroughATunnelToo() throws Exception {
    component.setSslContextParameters(new CertificateAuthority(folder, "stranger").trust());
    ScriptedServer server = secure();
    assertThat(
            failure(
                send(endpoint("behind", server.baseUrl()), Map.of()),
                TransportFailedException.class))
        .hasMessageContaining("signed by nobody who is trusted here");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void proxySettingsOfTheJvmAreNotUsed() {
    component.setProxyHost(null);
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.proxyPort", String.valueOf(proxy.port()));
    System.setProperty("http.nonProxyHosts", "");
    try {
      ScriptedServer server = server(SafetyTestSupport::hello);
      assertHello(send(endpoint("behind", server.baseUrl()), Map.of()));
      assertThat(proxy.heads()).isEmpty();
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.proxyPort");
      System.clearProperty("http.nonProxyHosts");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_536})
  void hostWithoutAPortFailsAtTheStart(int port) {
    component.setProxyPort(port);
    assertThatThrownBy(() -> context.getEndpoint("behind:chat"))
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'proxyPort'");
  }

  private TransportFailedException refused(ScriptedServer server) {
    TransportFailedException failure =
        failure(
            send(endpoint("behind", server.baseUrl()), Map.of()), TransportFailedException.class);
    assertThat(failure)
        .hasMessageContaining("the proxy 127.0.0.1:")
        .hasMessageContaining("'proxyHost'")
        .hasMessageNotContaining(PASSWORD);
    assertThat(failure.getProgress()).isEqualTo(Progress.NOT_SENT);
    return failure;
  }

  private ScriptedServer secure() throws Exception {
    return opened(ScriptedServer.secure(tls.createSSLContext(context), SafetyTestSupport::hello));
  }
}
