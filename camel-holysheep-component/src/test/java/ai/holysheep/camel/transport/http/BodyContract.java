package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.ScriptedServer.Peer;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a body is taken for, and how much of it is taken. */
abstract class BodyContract extends TransportContract {

  BodyContract(Maker maker) {
    super(maker);
  }

  @Test
  void encodedReplyIsRefused() throws Exception {
    Reply reply =
        send(
            server(
                peer ->
                    peer.head(200, "Content-Type: text/event-stream", "Content-Encoding: gzip")
                        .silence()));
    assertThat(assertFault(Kind.NOT_HTTP, reply::isEventStream)).hasMessageContaining("gzip");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: a\n\n",
        ": keep-alive\n\ndata: a\n\n",
        "event: message\ndata: a\n\n",
        "id: 1\ndata: a\n\n",
        "retry: 3000\ndata: a\n\n",
        "\n\ndata: a\n\n",
        "\uFEFFdata: a\n\n"
      })
  void eventStreamUnderAnotherTypeIsFoundOut(String body) throws Exception {
    for (String type : List.of("Content-Type: text/plain", "X-No-Type: 1")) {
      Reply reply = send(server(peer -> peer.head(200, type).body(body).end()));
      assertThat(reply.isEventStream()).isTrue();
      assertNext(reply, "a");
      assertThat(reply.next()).isNull();
    }
  }

  @Test
  void eventStreamUnderAnotherTypeIsFoundOutByteByByte() throws Exception {
    Reply reply =
        send(
            server(
                peer -> {
                  peer.head(200, "Content-Type: text/plain");
                  for (byte b : "data: a\n\n".getBytes(StandardCharsets.UTF_8)) {
                    peer.body(new byte[] {b});
                  }
                  peer.end();
                }));
    assertThat(reply.isEventStream()).isTrue();
    assertNext(reply, "a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"data\":1}", "database", "<html>", "Internal Server Error 17"})
  void documentUnderAnotherTypeIsGivenWhole(String body) throws Exception {
    Reply reply = send(server(peer -> peer.document(200, "text/plain", body)));
    assertThat(reply.isEventStream()).isFalse();
    assertThat(new String(reply.document(), StandardCharsets.UTF_8)).isEqualTo(body);
  }

  @Test
  void endlessLineIsTooLong() throws Exception {
    Reply reply = send(server(peer -> endless(peer.head().event("a"), "x".repeat(100))));
    assertNext(reply, "a");
    assertFault(Kind.TOO_LONG, reply::next);
    assertFault(Kind.TOO_LONG, reply::next);
  }

  @Test
  void endlessEventIsTooLong() throws Exception {
    String line = "data: " + "x".repeat(100) + "\n";
    Reply reply = send(server(peer -> endless(peer.head().event("a"), line)));
    assertNext(reply, "a");
    assertFault(Kind.TOO_LONG, reply::next);
    assertThat(reply.isReady()).isTrue();
  }

  @Test
  void endlessDocumentIsTooLong() throws Exception {
    Reply reply =
        send(server(peer -> endless(peer.head(200, "Content-Type: text/html"), "x".repeat(100))));
    assertFault(Kind.TOO_LONG, reply::document);
  }

  private static void endless(Peer peer, String piece) throws IOException {
    while (true) {
      peer.body(piece);
    }
  }
}
