package ai.holysheep.camel.benchmarks.ways;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.benchmarks.reading.Measured;
import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.simulator.load.Load;
import ai.holysheep.camel.simulator.load.LoadServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What counts tokens by bytes counts them wherever these are cut. */
class CutBytesTest {

  private static final Load LOAD = new Load(4, Duration.ZERO);

  private long begunNanos;
  private byte[] answer;
  private byte[] body;

  @BeforeEach
  void ask() throws Exception {
    begunNanos = System.nanoTime();
    try (LoadServer server = LoadServer.start(0)) {
      Target target = new Target(URI.create(server.baseUrl()), LOAD.model(), 1);
      answer = answer(target);
      body = body(target);
    }
  }

  @Test
  void answersOfRawSockets() throws Exception {
    for (int size = 1; size <= answer.length; size++) {
      Measured measured = new Measured();
      StreamCheck check = measured.check(LOAD.tokens());
      RawAnswer raw = new RawAnswer(check);
      boolean last = false;
      for (int from = 0; from < answer.length; from += size) {
        assertThat(last).isFalse();
        last = raw.take(piece(answer, from, size).slice(), null);
      }
      assertThat(last).isTrue();
      check.ended();
      requireAll(measured);
    }
  }

  @Test
  void linesOfStreams() throws Exception {
    for (int size = 1; size <= body.length; size++) {
      Measured measured = new Measured();
      StreamCheck check = measured.check(LOAD.tokens());
      TokenCounter counter = new TokenCounter(check);
      for (int from = 0; from < body.length; from += size) {
        counter.take(piece(body, from, size));
      }
      check.ended();
      requireAll(measured);
    }
  }

  /** That all tokens were counted, and that the times of writing are later than the question. */
  private void requireAll(Measured measured) throws Exception {
    assertThat(measured.failures()).isEmpty();
    assertThat(measured.tokens()).isEqualTo(LOAD.tokens());
    Histogram latencies = measured.latencies();
    assertThat(latencies.getMinValue()).isPositive();
    assertThat(latencies.lowestEquivalentValue(latencies.getMaxValue()))
        .isLessThanOrEqualTo(System.nanoTime() - begunNanos);
  }

  private static ByteBuffer piece(byte[] bytes, int from, int size) {
    return ByteBuffer.wrap(bytes, from, Math.min(size, bytes.length - from));
  }

  private static byte[] answer(Target target) throws Exception {
    String request = target.request(true);
    try (Socket socket = new Socket(target.baseUrl().getHost(), target.baseUrl().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "POST /v1/chat/completions HTTP/1.1\r\nHost: load\r\nContent-Length: %s\r\n\r\n%s"
              .formatted(request.length(), request)
              .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      StringBuilder text = new StringBuilder();
      while (text.indexOf("\r\n0\r\n\r\n") < 0) {
        text.append((char) in.read());
      }
      return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
  }

  private static byte[] body(Target target) throws Exception {
    HttpURLConnection connection =
        (HttpURLConnection) target.completions().toURL().openConnection();
    connection.setDoOutput(true);
    connection.getOutputStream().write(target.request(true).getBytes(StandardCharsets.US_ASCII));
    try (InputStream in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }
}
