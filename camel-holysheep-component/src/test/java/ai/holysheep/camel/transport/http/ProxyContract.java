package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.Certificates;
import ai.holysheep.camel.testing.ScriptedProxy;
import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.testing.ScriptedServer.Script;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through a proxy, and what it and the server are told. */
abstract class ProxyContract extends TransportContract {

  private static final String KEY = "hs-s3cret-key";
  private static final String PASSWORD = "pr0xy-s3cret";
  private static final String HTML = "<html><body>Blocked by the firm</body></html>";
  private static final Script HELLO = peer -> peer.head().event("a").end();

  @TempDir static Path folder;

  private static SSLContext tls;

  private ScriptedProxy proxy;

  ProxyContract(Maker maker) {
    super(maker);
  }

  @BeforeAll
  static void makeCertificate() throws Exception {
    tls = new Certificates(folder).of("ip:127.0.0.1");
  }

  @BeforeEach
  void useTheProxy() {
    proxy = opened(new ScriptedProxy());
    through("127.0.0.1", proxy.port(), null, null);
  }

  @Test
  void secureRequestGoesThroughATunnelThatTellsTheProxyNothing() throws Exception {
    ScriptedServer server = server(true);
    assertHello(server);
    assertThat(proxy.heads()).singleElement().asString().startsWith("CONNECT 127.0.0.1:");
    assertThat(proxy.heads().get(0)).doesNotContain(KEY).doesNotContain("v1");
    assertThat(server.requests().get(0).headers()).containsEntry("authorization", KEY);
  }

  @Test
  void tunnelIsUsedAgain() throws Exception {
    ScriptedServer server = server(true);
    for (int i = 0; i < 3; i++) {
      assertHello(server);
    }
    assertThat(proxy.heads()).hasSize(1);
  }

  @Test
  void plainRequestIsSentInAbsoluteForm() throws Exception {
    ScriptedServer server = server(false);
    assertHello(server);
    assertThat(proxy.heads())
        .singleElement()
        .asString()
        .startsWith("POST " + server.baseUrl() + " HTTP/1.1\r\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void passwordIsToldToTheProxyAndNotToTheServer(boolean secure) throws Exception {
    proxy.asking("joe", PASSWORD);
    through("127.0.0.1", proxy.port(), "joe", PASSWORD);
    ScriptedServer server = server(secure);
    assertHello(server);
    assertThat(proxy.heads()).hasSize(2);
    assertThat(proxy.heads().get(0)).as("not before it asks").doesNotContain("Proxy-Auth");
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0).body()).isEqualTo("{}");
    assertThat(server.requests().get(0).headers().toString()).doesNotContain("Basic");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void passwordOfTheProxyIsNotForAServerThatAsksForOne(boolean secure) throws Exception {
    through("127.0.0.1", proxy.port(), "joe", PASSWORD);
    Script asking =
        peer -> peer.document(401, "text/plain", "", "WWW-Authenticate: Basic realm=\"s\"");
    ScriptedServer server = secure ? opened(ScriptedServer.secure(tls, asking)) : server(asking);
    assertThat(attempt(server).send().status()).isEqualTo(401);
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0).headers().toString()).doesNotContain("Basic");
  }

  @ParameterizedTest
  @CsvSource({"true,", "true,wrong", "false,", "false,wrong"})
  void proxyThatWantsAnotherPasswordIsNamed(boolean secure, String password) {
    proxy.asking("joe", PASSWORD);
    through("127.0.0.1", proxy.port(), password == null ? null : "joe", password);
    ScriptedServer server = server(secure);
    assertThat(refused(server))
        .hasMessageContaining("'proxyUsername'")
        .hasMessageNotContaining("wrong");
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 301, 400, 403, 404, 429, 500, 502, 503})
  void proxyThatRefusesATunnelIsNamedAndNotTakenForTheServer(int status) {
    proxy.refusing(status, status == 204 ? "" : HTML);
    ScriptedServer server = server(true);
    assertThat(refused(server))
        .hasMessageContaining("refuses to connect to the server (HTTP " + status + ")")
        .hasMessageNotContaining("Blocked");
    assertThat(server.connectionCount()).isZero();
    assertThat(proxy.heads().toString()).doesNotContain(KEY);
  }

  @Test
  void closedPortOfTheProxyIsNamed() throws Exception {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      through("127.0.0.1", closed.getLocalPort(), null, null);
    }
    assertThat(refused(server(true))).hasMessageContaining("refuses connections");
  }

  @Test
  void unknownNameOfTheProxyIsNamed() {
    through("proxy.invalid", 3128, null, null);
    assertThat(assertFault(Kind.PROXY, attempt(server(true))::send))
        .hasMessageContaining("proxy.invalid");
  }

  @Test
  void certificateOfTheServerIsCheckedThroughATunnelToo() throws Exception {
    SSLContext elsewhere = new Certificates(folder).of("dns:elsewhere.example");
    for (SSLContext trust : new SSLContext[] {tls, elsewhere}) {
      through(trust, "127.0.0.1", proxy.port(), null, null);
      ScriptedServer server = opened(ScriptedServer.secure(elsewhere, HELLO));
      assertFault(Kind.TLS, attempt(server)::send);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void proxyThatClosesInPlaceOfATunnelIsABreak() throws Exception {
    try (ServerSocket closing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      through("127.0.0.1", closing.getLocalPort(), null, null);
      Attempt attempt = attempt(server(true));
      var fault = faultElsewhere(attempt::send);
      closing.accept().close();
      assertThat(fault.get().kind()).isEqualTo(Kind.BROKEN);
    }
  }

  private TransportFault refused(ScriptedServer server) {
    TransportFault fault = assertFault(Kind.PROXY, attempt(server)::send);
    assertThat(fault)
        .hasMessageContaining("the proxy 127.0.0.1:")
        .hasMessageNotContaining(PASSWORD);
    return fault;
  }

  private void assertHello(ScriptedServer server) throws TransportFault {
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    Call call = new Call(URI.create(server.baseUrl()), Map.of("Authorization", KEY), body, LIMITS);
    Attempt attempt = transport.attempt(call);
    Reply reply = attempt.send();
    assertThat(reply.status()).isEqualTo(200);
    assertNext(reply, "a");
    assertThat(reply.next()).isNull();
    attempt.release();
  }

  private ScriptedServer server(boolean secure) {
    return secure ? opened(ScriptedServer.secure(tls, HELLO)) : server(HELLO);
  }

  private void through(String host, int port, String username, String password) {
    through(tls, host, port, username, password);
  }

  private void through(SSLContext trust, String host, int port, String username, String password) {
    Duration patience = Duration.ofSeconds(10);
    HttpProxy way = new HttpProxy(host, port, username, password, null);
    transport =
        transport(
            new HttpSettings(10, patience, patience, Duration.ofMinutes(1), trust, way), timers);
  }
}
