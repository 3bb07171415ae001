package ai.holysheep.camel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is seen on the socket itself. */
class ConnectionTest {

  @RegisterExtension
  static final SimulatorExtension SIMULATOR =
      new SimulatorExtension(SimulatorOptions.defaults().withPaceFactor(0.5).withEventLoops(2));

  @Test
  void cutClosesWithoutAnEnd() throws IOException {
    try (Socket socket = send(Client.streaming("[[cut=5]]"), "")) {
      String received = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(received.split("\"content\":\"", -1)).hasSize(1 + 1 + 5);
      assertThat(received).doesNotContain("[DONE]").doesNotEndWith("0\r\n\r\n");
    }
  }

  @Test
  void cutOfAWholeAnswerSendsNothing() throws IOException {
    try (Socket socket = send(Client.request("[[cut]][[tokens=1]]"), "")) {
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
  }

  @Test
  void stallKeepsTheConnectionOpenUntilTheClientLeaves() throws IOException {
    Simulator simulator = SIMULATOR.simulator();
    int before = simulator.cancelledStreams();
    try (Socket socket = send(Client.streaming("[[stall=2]]"), "")) {
      socket.setSoTimeout(2_000);
      assertThat(readUntilSilence(socket.getInputStream())).contains("\"content\":\"You\"");
      assertThat(simulator.openStreams()).isEqualTo(1);
      assertThat(simulator.cancelledStreams()).isEqualTo(before);
    }
    await(() -> simulator.cancelledStreams() == before + 1);
    assertThat(simulator.openStreams()).isZero();
  }

  @Test
  void aClientThatLeavesIsCounted() throws IOException {
    Simulator simulator = SIMULATOR.simulator();
    int before = simulator.cancelledStreams();
    try (Socket socket = send(Client.streaming("[[tokens=100000]]"), "")) {
      assertThat(reader(socket).readLine()).isEqualTo("HTTP/1.1 200 OK");
      await(() -> simulator.openStreams() == 1);
    }
    await(() -> simulator.cancelledStreams() == before + 1);
    assertThat(simulator.openStreams()).isZero();
  }

  @Test
  void anOfferToUpgradeIsPassedOver() throws IOException {
    try (Socket socket =
        send(Client.streaming("[[tokens=1]]"), "Connection: Upgrade\r\nUpgrade: websocket\r\n")) {
      BufferedReader reader = reader(socket);
      assertThat(reader.readLine()).isEqualTo("HTTP/1.1 200 OK");
      assertThat(reader.lines().anyMatch("data: [DONE]"::equals)).isTrue();
    }
  }

  @Test
  void theConnectionServesOneRequestAfterTheOther() throws IOException {
    try (Socket socket = send(Client.streaming("[[tokens=1]]"), "")) {
      BufferedReader reader = reader(socket);
      assertThat(reader.lines().anyMatch("data: [DONE]"::equals)).isTrue();
      write(socket, Client.streaming("[[tokens=2]]"), "");
      assertThat(reader.lines().anyMatch("data: [DONE]"::equals)).isTrue();
    }
  }

  /** Two seconds of tokens, of which a slow machine may delay many, but none may come early. */
  @Test
  void tokensKeepThePaceOfTheModel() throws IOException {
    int tokens = 40;
    long startNanos = System.nanoTime();
    try (Socket socket = send(Client.streaming("[[tokens=" + tokens + "]]"), "")) {
      BufferedReader reader = reader(socket);
      long[] arrivals =
          reader
              .lines()
              .filter(line -> line.startsWith("data: "))
              .limit(1 + tokens)
              .skip(1)
              .mapToLong(line -> System.nanoTime() - startNanos)
              .toArray();
      Duration firstToken = Duration.ofMillis(290 / 2);
      Duration spread = Duration.ofMillis((tokens - 1) * 12 / 2);
      assertThat(arrivals[0]).isGreaterThanOrEqualTo(firstToken.toNanos());
      assertThat(arrivals[tokens - 1]).isGreaterThanOrEqualTo(firstToken.plus(spread).toNanos());
      assertThat(arrivals[tokens - 1] - arrivals[0]).isGreaterThan(spread.toNanos() / 2);
    }
  }

  @Test
  void aWholeAnswerTakesTheTimeOfItsStream() {
    long startNanos = System.nanoTime();
    new Client(SIMULATOR.baseUrl()).ask(Client.request("[[tokens=21]]"));
    assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
        .isGreaterThanOrEqualTo(Duration.ofMillis((290 + 20 * 12) / 2));
  }

  private static Socket send(JsonNode request, String headers) throws IOException {
    Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), SIMULATOR.simulator().port());
    socket.setSoTimeout(20_000);
    write(socket, request, headers);
    return socket;
  }

  private static void write(Socket socket, JsonNode request, String headers) throws IOException {
    byte[] body = request.toString().getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer k\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n"
            + headers
            + "\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body);
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String readUntilSilence(InputStream in) throws IOException {
    StringBuilder received = new StringBuilder();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        received.append((char) b);
      }
    } catch (SocketTimeoutException e) {
      return received.toString();
    }
    throw new AssertionError("The connection was closed after " + received);
  }

  private static void await(BooleanSupplier condition) {
    long deadlineNanos = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadlineNanos);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
