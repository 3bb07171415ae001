package ai.holysheep.camel.limits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.Prompt;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.client.ChatClient;
import ai.holysheep.camel.client.Deadlines;
import ai.holysheep.camel.testing.Clients;
import ai.holysheep.camel.testing.ManualTimers;
import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.http.HttpSettings;
import ai.holysheep.camel.transport.http.HttpTransport;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Whoever takes parts slowly slows down the server, and nothing in between fills up. */
class BackPressureTest {

  private static final int PARTS = 8_000;
  private static final int PART_BYTES = 8_000;
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** What the buffers of two sockets may take, and much less than the whole answer. */
  private static final long MOST_UNDER_WAY = 16L * 1024 * 1024;

  @Test
  void serverCannotSendFarAheadOfASlowReaderWhoseTimeDoesNotCount() throws Exception {
    AtomicLong sent = new AtomicLong();
    ManualTimers timers = new ManualTimers();
    try (ScriptedServer server = new ScriptedServer(peer -> sendAll(peer, sent));
        HttpTransport transport =
            new HttpTransport(
                new HttpSettings(1, SECOND, SECOND, Duration.ZERO, null, null), timers)) {
      ChatClient client = Clients.client(transport, timers);
      EventStream stream = client.stream(request(), settings(server), null);
      long slow = 0;
      for (int i = 0; i < PARTS; i++) {
        if (i % 1000 == 500) {
          timers.advance(Duration.ofHours(1));
          slow = Math.max(slow, sentWhileNobodyReads(sent) - (long) i * PART_BYTES);
        }
        assertThat(((TextReceived) stream.next()).text()).startsWith(i + " ");
      }
      ChatEvent last = stream.next();
      assertThat(last.isLast()).isTrue();
      assertThat(last.origin().index()).isEqualTo(PARTS);
      assertThat(slow).as("bytes under way").isBetween(1L, MOST_UNDER_WAY);
      assertThat(client.activeCount()).as("calls under way").isZero();
    }
  }

  private static void sendAll(ScriptedServer.Peer peer, AtomicLong sent) throws Exception {
    peer.head();
    for (int i = 0; i < PARTS; i++) {
      peer.token(i + " " + "x".repeat(PART_BYTES - 200));
      sent.addAndGet(PART_BYTES);
    }
    peer.finish();
  }

  /** How much has been sent when the server can send no more. */
  private static long sentWhileNobodyReads(AtomicLong sent) {
    int unchanged = 0;
    long before = -1;
    while (unchanged < 20_000) {
      long now = sent.get();
      unchanged = now == before ? unchanged + 1 : 0;
      before = now;
      Thread.yield();
    }
    return before;
  }

  private static ChatRequest request() {
    Map<String, Object> parameters = Map.of("model", "test-model");
    return new ChatRequest(new Prompt.Text("Hi"), null, Map.of(), parameters, true);
  }

  private static CallSettings settings(ScriptedServer server) {
    Deadlines deadlines = new Deadlines(SECOND, SECOND, SECOND, Duration.ZERO);
    Limits limits = new Limits(1 << 20, 1 << 20, Integer.MAX_VALUE);
    URI uri = URI.create(server.baseUrl());
    return Clients.once(uri, deadlines, limits);
  }
}
