package ai.holysheep.camel.security;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.testing.CertificateAuthority;
import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.testing.ScriptedServer.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.support.jsse.CipherSuitesParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.SSLContextServerParameters;
import org.apache.camel.support.jsse.SecureSocketProtocolsParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key goes to the server that the certificate names, or nowhere. */
class TlsTest extends SafetyTestSupport {

  private static final String HERE = "ip:127.0.0.1";

  @TempDir static Path folder;

  private static CertificateAuthority authority;
  private static CertificateAuthority stranger;
  private static SSLContextParameters here;
  private static SSLContextParameters elsewhere;
  private static SSLContextParameters expired;
  private static SSLContextParameters early;

  private int components;
  private SSLContextParameters ours;
  private SSLContextParameters theirs;

  @BeforeAll
  static void makeCertificates() throws Exception {
    authority = new CertificateAuthority(folder, "authority");
    stranger = new CertificateAuthority(folder, "stranger");
    here = authority.identity(HERE);
    elsewhere = authority.identity("dns:elsewhere.example");
    expired = authority.identity(HERE, "-startdate", "-3d", "-validity", "1");
    early = authority.identity(HERE, "-startdate", "+3d");
  }

  @BeforeEach
  void believeTheAuthority() throws Exception {
    ours = authority.trust();
    theirs = authority.trust();
    theirs.setKeyManagers(here.getKeyManagers());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void serverWhoseAuthorityIsTrustedIsAsked(boolean stream) throws Exception {
    ScriptedServer server = secure(theirs, SafetyTestSupport::hello);
    assertHello(ask(server, "stream=" + stream));
    assertThat(server.requests().get(0).headers()).containsEntry("authorization", "Bearer " + KEY);
  }

  @Test
  void tokensOfASecureStreamComeOneByOne() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    ScriptedServer server =
        secure(theirs, peer -> peer.head().token("Hel").await(taken).token("lo").finish());
    try (ChatStream stream = ask(server, "stream=true").getMessage().getBody(ChatStream.class)) {
      assertThat(stream.next()).isNotNull();
      taken.countDown();
      assertThat(stream.next()).isNotNull();
    }
  }

  @Test
  void parametersOfTheContextAreUsedWhereTheComponentIsToldSo() throws Exception {
    context.setSSLContextParameters(ours);
    ScriptedServer server = secure(theirs, SafetyTestSupport::hello);
    HolySheepComponent global = component("global");
    global.setUseGlobalSslContextParameters(true);
    assertHello(send(endpoint("global", server.baseUrl()), Map.of()));
    component("own");
    ScriptedServer other = secure(theirs, SafetyTestSupport::hello);
    assertRefused(send(endpoint("own", other.baseUrl()), Map.of()), other, "is trusted here");
  }

  @Test
  void unknownAuthorityIsRefused() throws Exception {
    ours = stranger.trust();
    assertRefused("is signed by nobody who is trusted here");
  }

  @Test
  void certificateOfAnotherHostIsRefused() throws Exception {
    theirs.setKeyManagers(elsewhere.getKeyManagers());
    assertRefused("is for another host");
  }

  @Test
  void hostMustBeTheOneThatWasAskedForEvenWhereBothNamesLeadThere() throws Exception {
    ScriptedServer server = secure(theirs, SafetyTestSupport::hello);
    HolySheepComponent component = component("safe");
    component.setSslContextParameters(ours);
    String other = server.baseUrl().replace("127.0.0.1", "localhost");
    assertRefused(send(endpoint("safe", other), Map.of()), server, "is for another host");
  }

  @Test
  void expiredCertificateIsRefused() throws Exception {
    theirs.setKeyManagers(expired.getKeyManagers());
    assertRefused("has expired");
  }

  @Test
  void certificateOfTheFutureIsRefused() throws Exception {
    theirs.setKeyManagers(early.getKeyManagers());
    assertRefused("is not valid yet");
  }

  @Test
  void ownCertificateIsShownToAServerThatAsksForOne() throws Exception {
    theirs.setServerParameters(askingForACertificate());
    ours.setKeyManagers(elsewhere.getKeyManagers());
    assertHello(ask(secure(theirs, SafetyTestSupport::hello)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void serverThatMissesOurCertificateTakesNothingIn(String version) throws Exception {
    theirs.setServerParameters(askingForACertificate());
    theirs.setSecureSocketProtocols(protocol(version));
    ScriptedServer server = secure(theirs, SafetyTestSupport::hello);
    failure(ask(server), TransportFailedException.class);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void protocolsOfTheParametersAreHonoured() throws Exception {
    theirs.setSecureSocketProtocols(protocol("TLSv1.3"));
    assertHello(ask(secure(theirs, SafetyTestSupport::hello)));
    ours.setSecureSocketProtocols(protocol("TLSv1.2"));
    assertRefused("protocol_version");
  }

  @Test
  void cipherSuitesOfTheParametersAreHonoured() throws Exception {
    theirs.setSecureSocketProtocols(protocol("TLSv1.3"));
    theirs.setCipherSuites(suite("TLS_AES_128_GCM_SHA256"));
    assertHello(ask(secure(theirs, SafetyTestSupport::hello)));
    ours.setCipherSuites(suite("TLS_AES_256_GCM_SHA384"));
    assertRefused("handshake_failure");
  }

  @Test
  void serverWithoutTlsIsNotToldTheKey() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> answerPlainly(plain));
      component("safe").setSslContextParameters(ours);
      String url = "https://127.0.0.1:" + plain.getLocalPort();
      TransportFailedException failure =
          failure(send(endpoint("safe", url), Map.of()), TransportFailedException.class);
      assertThat(failure).hasMessageContaining("No secure connection");
      assertThat(heard.get()).doesNotContain(KEY).doesNotContain("POST");
    }
  }

  @Test
  void secureConnectionThatBreaksInTheMiddleIsABrokenConnection() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    ScriptedServer server = secure(theirs, peer -> peer.head().token("Hel").await(gate).finish());
    try (ServerSocket relay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Socket> client = relay(relay, server);
      component("safe").setSslContextParameters(ours);
      String url = "https://127.0.0.1:" + relay.getLocalPort() + "/v1";
      Exchange exchange = send(endpoint("safe", url, "stream=true"), Map.of());
      ChatStream stream = exchange.getMessage().getBody(ChatStream.class);
      stream.next();
      byte[] garbage =
          "\u0017\u0003\u0003\u0000\u0010  no cipher text".getBytes(StandardCharsets.ISO_8859_1);
      client.get().getOutputStream().write(garbage);
      HolySheepException failure =
          org.assertj.core.api.Assertions.catchThrowableOfType(
              HolySheepException.class, stream::next);
      assertThat(failure)
          .isInstanceOf(TransportFailedException.class)
          .hasMessageContaining("broke")
          .hasMessageNotContaining("certificate");
      assertThat(failure.getProgress()).isEqualTo(Progress.PARTIAL);
      gate.countDown();
    }
  }

  private void assertRefused(String reason) throws Exception {
    ScriptedServer server = secure(theirs, SafetyTestSupport::hello);
    assertRefused(ask(server), server, reason);
  }

  private static void assertRefused(Exchange exchange, ScriptedServer server, String reason) {
    TransportFailedException failure = failure(exchange, TransportFailedException.class);
    assertThat(failure)
        .hasMessageContaining(reason)
        .hasMessageContaining("speaks https")
        .hasMessageContaining("'sslContextParameters'");
    assertThat(failure.getProgress()).isEqualTo(Progress.NOT_SENT);
    assertThat(server.requests()).isEmpty();
  }

  private Exchange ask(ScriptedServer server, String... options) {
    String name = "safe" + ++components;
    component(name).setSslContextParameters(ours);
    return send(endpoint(name, server.baseUrl(), options), Map.of());
  }

  private ScriptedServer secure(SSLContextParameters parameters, Script script) throws Exception {
    return opened(ScriptedServer.secure(parameters.createSSLContext(context), script));
  }

  private static SSLContextServerParameters askingForACertificate() {
    SSLContextServerParameters parameters = new SSLContextServerParameters();
    parameters.setClientAuthentication("REQUIRE");
    return parameters;
  }

  private static SecureSocketProtocolsParameters protocol(String version) {
    SecureSocketProtocolsParameters parameters = new SecureSocketProtocolsParameters();
    parameters.setSecureSocketProtocol(List.of(version));
    return parameters;
  }

  private static CipherSuitesParameters suite(String name) {
    CipherSuitesParameters parameters = new CipherSuitesParameters();
    parameters.setCipherSuite(List.of(name));
    return parameters;
  }

  private static String answerPlainly(ServerSocket server) {
    try (Socket peer = server.accept()) {
      byte[] heard = new byte[4096];
      int length = peer.getInputStream().read(heard);
      peer.getOutputStream().write("HTTP/1.1 400 No\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(heard, 0, length, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Carries bytes between a client and the server; gives the side of the client. */
  private CompletableFuture<Socket> relay(ServerSocket relay, ScriptedServer server) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            Socket client = opened(relay.accept());
            Socket target = opened(new Socket("127.0.0.1", URI.create(server.baseUrl()).getPort()));
            pump(client, target);
            pump(target, client);
            return client;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void pump(Socket from, Socket to) {
    Thread thread =
        new Thread(
            () -> {
              try {
                from.getInputStream().transferTo(to.getOutputStream());
              } catch (IOException e) {
                // The test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
