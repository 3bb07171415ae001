package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.Certificates;
import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.testing.ScriptedServer.Script;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is the one that its certificate names, or nothing is sent. */
abstract class TlsContract extends TransportContract {

  @TempDir static Path folder;

  private static SSLContext local;
  private static SSLContext elsewhere;

  @BeforeAll
  static void makeCertificates() throws Exception {
    local = new Certificates(folder).of("ip:127.0.0.1");
    elsewhere = new Certificates(folder).of("dns:elsewhere.example");
  }

  TlsContract(Maker maker) {
    super(maker);
  }

  @Test
  void secureConnectionThatIsNeverAgreedOnIsAConnectTimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      transport = transport(10, 200, 10_000, local);
      String uri = "https://127.0.0.1:" + silent.getLocalPort() + "/";
      assertFault(Kind.CONNECT_TIMEOUT, attempt(uri)::send);
    }
  }

  @Test
  void certificateThatIsTrustedIsAccepted() throws Exception {
    transport = transport(10, 10_000, 10_000, local);
    Script script = peer -> peer.head().event("a").end();
    Reply reply = send(opened(ScriptedServer.secure(local, script)));
    assertNext(reply, "a");
    assertThat(reply.next()).isNull();
  }

  @Test
  void certificateThatIsNotTrustedIsRefused() {
    for (SSLContext tls : new SSLContext[] {null, elsewhere}) {
      transport = transport(10, 10_000, 10_000, tls);
      ScriptedServer server = opened(ScriptedServer.secure(local, peer -> peer.head().end()));
      assertFault(Kind.TLS, attempt(server)::send);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void certificateOfAnotherHostIsRefused() {
    transport = transport(10, 10_000, 10_000, elsewhere);
    ScriptedServer server = opened(ScriptedServer.secure(elsewhere, peer -> peer.head().end()));
    assertFault(Kind.TLS, attempt(server)::send);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void serverWithoutTlsIsRefusedUnderHttps() throws Exception {
    transport = transport(10, 10_000, 10_000, local);
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Attempt attempt = attempt("https://127.0.0.1:" + plain.getLocalPort() + "/");
      CompletableFuture<TransportFault> fault = faultElsewhere(attempt::send);
      Socket peer = plain.accept();
      opened(peer);
      byte[] answer = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      peer.getOutputStream().write(answer);
      assertThat(fault.get(10, TimeUnit.SECONDS).kind()).isEqualTo(Kind.TLS);
    }
  }
}
