package ai.holysheep.camel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a request gets a socket, or none. */
@Timeout(60)
class AgentOfferTest {

  private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults().withPaceFactor(0);

  private Simulator simulator;
  private AgentClient client;

  private AgentClient start(SimulatorOptions options) {
    simulator = Simulator.start(options);
    client = new AgentClient(simulator);
    return client;
  }

  @AfterEach
  void close() {
    client.close();
    simulator.close();
  }

  @Test
  void aRequestWithTheHopByHopHeadersIsOfferedASocketAndTheConnectionGoesOn() throws IOException {
    start(OPTIONS);
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), simulator.port())) {
      socket.setSoTimeout(10_000);
      for (String connection : List.of("", "Connection: Upgrade\r\n")) {
        List<String> head = ask(socket, connection + "Upgrade: websocket\r\n");
        assertThat(head.get(0)).isEqualTo("HTTP/1.1 200 OK");
        assertThat(head)
            .anyMatch(line -> line.equalsIgnoreCase("content-length: 0"))
            .anyMatch(line -> line.startsWith("Sec-WebSocket-URL: ws://127.0.0.1:" + port()));
      }
    }
  }

  private String port() {
    return simulator.port() + AgentSockets.PATH;
  }

  private List<String> ask(Socket socket, String headers) throws IOException {
    String body = AgentClient.request("Hi").encode();
    String request =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:"
            + simulator.port()
            + "\r\nAuthorization: Bearer k\r\nContent-Type: application/json\r\n"
            + headers
            + ("Content-Length: " + body.length() + "\r\n\r\n" + body);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    return reader.lines().takeWhile(line -> !line.isEmpty()).toList();
  }

  @Test
  void anOfferIsGoodOnce() {
    String url = start(OPTIONS).ask("Hi").socket();
    client.openAt(url);
    assertThatThrownBy(() -> client.openAt(url)).hasMessageContaining("404");
  }

  @Test
  void aSocketThatNobodyWasOfferedIsNotFound() {
    start(OPTIONS);
    assertThatThrownBy(() -> client.openAt("ws://127.0.0.1:" + port() + "sim99"))
        .hasMessageContaining("404");
  }

  @Test
  void aSocketAsksForTheKeyAndKeepsTheOfferForWhoHasIt() throws Exception {
    String url = start(OPTIONS.withApiKey("key")).ask("[[echo]]Hi").socket();
    assertThatThrownBy(() -> client.openAt(url, "wrong")).hasMessageContaining("401");
    Client http = new Client(simulator.baseUrl());
    String path = url.substring(url.indexOf("/agent/"));
    assertThat(http.send(http.to(path).setHeader("Authorization", "Bearer key").build()))
        .extracting(reply -> reply.statusCode())
        .isEqualTo(404);
    assertThat(Agents.text(client.openAt(url).until("done"))).isEqualTo("Hi");
  }

  @Test
  void refusalsAreThoseOfAnyRequest() {
    start(OPTIONS);
    assertThat(client.ask("[[status=429]]").status()).isEqualTo(429);
    assertThat(client.ask("[[tool=dance]]").status()).isEqualTo(400);
    assertThat(client.ask("[[close=0:1005]]").body()).contains("1005");
    assertThat(client.ask(AgentClient.request("Hi").put("model", "gpt-0")).status()).isEqualTo(404);
    assertThat(client.ask("once [[status=503]][[times=1]]").status()).isEqualTo(503);
    assertThat(client.ask("once [[status=503]][[times=1]]").socket()).isNotNull();
  }

  @Test
  void withoutASocketTheSameRequestIsAnsweredWithEvents() {
    start(OPTIONS);
    assertAnsweredWithEvents(client.ask("[[nosocket]][[echo]]Hello"));
    // A fault of sockets does nothing to it.
    assertAnsweredWithEvents(
        client.ask("[[nosocket]][[close=0:1011]][[drop]][[mute]][[echo]]Hello"));
    assertAnsweredWithEvents(
        client.ask(AgentClient.request("[[echo]]Hello").put("agent_mode", false)));
  }

  @Test
  void aSimulatorMayHaveNoSockets() {
    start(OPTIONS.withAgentSocket(false));
    assertAnsweredWithEvents(client.ask("[[echo]]Hello"));
    assertThatThrownBy(() -> client.openDirectly()).hasMessageContaining("404");
  }

  private static void assertAnsweredWithEvents(AgentClient.Reply reply) {
    assertThat(reply.socket()).isNull();
    assertThat(reply.body()).contains("Hello").contains("[DONE]");
  }

  @Test
  void anOfferMayHaveAnotherHeaderAndAddress() {
    AgentOffer offer = AgentOffer.usual().withHeader("Upgrade-URL").withUrl("{path}");
    AgentClient.Reply reply = start(OPTIONS.withAgentOffer(offer)).ask("Hi");
    assertThat(reply.socket()).isNull();
    assertThat(reply.headers().get("Upgrade-URL")).startsWith(AgentSockets.PATH);
    assertThat(offer.withUrl("http://{host}{path}").address("host:1", "/p"))
        .isEqualTo("http://host:1/p");
    assertThat(offer.withUrl("wss://elsewhere.example/x").address("host:1", "/p"))
        .isEqualTo("wss://elsewhere.example/x");
    assertThatThrownBy(() -> offer.withUrl(" ")).isInstanceOf(IllegalArgumentException.class);
  }
}
