package ai.holysheep.camel.limits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.limits.SmallHeap.Use;
import ai.holysheep.camel.testing.Chunks;
import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.testing.ScriptedServer.Peer;
import ai.holysheep.camel.testing.ScriptedServer.Script;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a server sends, a route with a heap of 32 MB comes to a clear end. "Much" is many times
 * that heap; {@code -Dlimits.megabytes=1024} makes it more.
 */
class BoundedMemoryTest {

  private static final long MUCH = Integer.getInteger("limits.megabytes", 128) * 1024L * 1024;
  private static final String ANY_LENGTH = "maxResponseBytes=" + Long.MAX_VALUE;

  /** A piece of text, longer than a token so that much text is soon there. */
  private static final String PIECE = "Möwen fliegen. ".repeat(300);

  private static final long COUNT = MUCH / PIECE.length() / 10 * 10;

  private static SmallHeap route;
  private final ScriptedServer server = new ScriptedServer();

  @BeforeAll
  static void startRoute() throws Exception {
    route = new SmallHeap(32);
  }

  @AfterAll
  static void stopRoute() {
    route.close();
  }

  @AfterEach
  void closeServer() throws Exception {
    server.close();
  }

  @Test
  void lineWithoutEndIsRefused() throws Exception {
    assertThat(verdict(peer -> forEver(peer.head().body("data: "), "a".repeat(1000))))
        .startsWith("ProtocolViolatedException after 0 parts")
        .contains("'maxLineBytes'");
  }

  @Test
  void eventOfEndlessLinesIsRefused() throws Exception {
    assertThat(verdict(peer -> forEver(peer.head(), "data: a\n")))
        .startsWith("ProtocolViolatedException after 0 parts")
        .contains("'maxEventBytes'");
  }

  @ParameterizedTest
  @ValueSource(strings = {": ping\n", "\n", "event: x\n", "id: 1\n\n", "retry: 1\n", "data:\n\n"})
  void linesWithoutContentAreNoAnswer(String line) throws Exception {
    assertThat(verdict(peer -> forEver(peer.head(), line), "firstTokenTimeout=300", ANY_LENGTH))
        .startsWith("DeadlineExceededException after 0 parts")
        .contains("'firstTokenTimeout'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Header: value\r\n", "a", "X: a\r\n b\r\n"})
  void headWithoutEndIsRefused(String line) throws Exception {
    Script script =
        peer -> {
          peer.bytes("HTTP/1.1 200 OK\r\nX-First: a");
          rawForEver(peer, line);
        };
    assertThat(verdict(script)).startsWith("ProtocolViolatedException after 0 parts");
  }

  @Test
  void endlessInterimRepliesAreNoAnswer() throws Exception {
    assertThat(
            verdict(
                peer -> rawForEver(peer, "HTTP/1.1 103 Early Hints\r\n\r\n"),
                "firstTokenTimeout=300"))
        .startsWith("DeadlineExceededException after 0 parts");
  }

  @ParameterizedTest
  @ValueSource(strings = {": ping\n\n", "\n\n\n\n\n\n", "data: {\"x\":[1,2]}\n\n", "x\n"})
  void muchWithoutContentBeforeAnAnswerIsNotKept(String piece) throws Exception {
    assertThat(
            verdict(
                peer -> much(peer.head(), piece).token("Hi").finish(),
                ANY_LENGTH,
                "firstTokenTimeout=0"))
        .isEqualTo("ended after 2 parts");
  }

  @Test
  void muchGarbageBeforeAnAnswerIsNotKept() throws Exception {
    String garbage = "data: " + "{garbage".repeat(1000) + "\n\n";
    assertThat(
            verdict(
                peer -> much(peer.head(), garbage).token("Hi").finish(),
                ANY_LENGTH,
                "firstTokenTimeout=0"))
        .isEqualTo("ended after 2 parts");
  }

  @Test
  void muchAroundLittleTextIsNotKept() throws Exception {
    String padding = "\"padding\":\"" + "p".repeat(50_000) + "\"";
    String chunk = Chunks.token("Hi").replaceFirst("\\{", "{" + padding + ",");
    assertThat(verdict(peer -> much(peer.head(), "data: " + chunk + "\n\n").finish(), ANY_LENGTH))
        .startsWith("ended after ");
  }

  @Test
  void textIsBoundedByTheLengthOfTheResponse() throws Exception {
    String token = "data: " + Chunks.token("a".repeat(1000)) + "\n\n";
    assertThat(verdict(peer -> forEver(peer.head(), token), "maxResponseBytes=4000000"))
        .startsWith("ProtocolViolatedException after 3")
        .contains("'maxResponseBytes'");
  }

  @Test
  void muchTextGoesThrough() throws Exception {
    assertThat(verdict(peer -> muchOf(peer.head(), Chunks.token(PIECE)).finish(), ANY_LENGTH))
        .isEqualTo("ended after " + (COUNT + 1) + " parts");
  }

  @Test
  void muchReasoningGoesThrough() throws Exception {
    assertThat(
            verdict(
                peer -> muchOf(peer.head(), Chunks.reasoning(PIECE)).token("Hi").finish(),
                ANY_LENGTH))
        .isEqualTo("ended after " + (COUNT + 2) + " parts");
  }

  @Test
  void muchTextOfSeveralAnswersGoesThrough() throws Exception {
    String delta = "{\"content\":\"" + PIECE + "\"}";
    Script script = peer -> muchOf(peer.head().token("Hi"), Chunks.chunk(1, delta, null)).finish();
    assertThat(verdict(script, ANY_LENGTH, "n=2"))
        .isEqualTo("ended after " + (COUNT + 2) + " parts");
  }

  @Test
  void failureAfterMuchTextHasItsBeginning() throws Exception {
    assertThat(
            verdict(
                peer -> muchOf(peer.head(), Chunks.token(PIECE)).close(),
                ANY_LENGTH,
                "maxKeptCharacters=1000"))
        .startsWith("StreamTruncatedException after " + COUNT + " parts")
        .contains(COUNT * PIECE.length() + " characters had come")
        .contains("with 1000 characters of text (option 'maxKeptCharacters')");
  }

  @Test
  void stepThatFailsEndsAnEndlessAnswer() throws Exception {
    server.then(peer -> forEver(peer.head(), "data: " + Chunks.token(PIECE) + "\n\n"));
    assertThat(route.verdict(Use.SPLIT_AND_FAIL, endpoint(ANY_LENGTH)))
        .isEqualTo("IllegalStateException after 1000 parts: no more");
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void wholeTextOfALongAnswerIsRefusedAndItsPartsGoThrough() throws Exception {
    server.then(peer -> muchOf(peer.head(), Chunks.token(PIECE)).finish());
    assertThat(route.verdict(Use.CONVERT_AND_SPLIT, endpoint(ANY_LENGTH)))
        .isEqualTo("ended after " + (COUNT + 1) + " parts");
  }

  @Test
  void wholeAnswerOfEndlessPartsIsRefused() throws Exception {
    server.then(peer -> forEver(peer.head(), "data: " + Chunks.token(PIECE) + "\n\n"));
    assertThat(
            route.verdict(Use.SPLIT, endpoint(ANY_LENGTH).replace("stream=true", "stream=false")))
        .startsWith("ProtocolViolatedException after 0 parts")
        .contains("'maxKeptCharacters'");
  }

  @Test
  void toolCallArgumentsAreBoundedByWhatIsKept() throws Exception {
    String delta =
        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\""
            + "a".repeat(1000)
            + "\"}}]}";
    String fragment = "data: " + Chunks.chunk(delta, null) + "\n\n";
    assertThat(verdict(peer -> forEver(peer.head(), fragment), ANY_LENGTH))
        .startsWith("ProtocolViolatedException after 0 parts")
        .contains("'maxKeptCharacters'");
  }

  @Test
  void toolCallArgumentsAreBoundedByTheLengthOfTheResponse() throws Exception {
    String delta =
        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\""
            + "a".repeat(1000)
            + "\"}}]}";
    String fragment = "data: " + Chunks.chunk(delta, null) + "\n\n";
    assertThat(verdict(peer -> forEver(peer.head(), fragment), "maxResponseBytes=4000000"))
        .startsWith("ProtocolViolatedException after 0 parts")
        .contains("'maxResponseBytes'");
  }

  @Test
  void endlessToolCallsAreRefused() throws Exception {
    assertThat(
            verdict(
                peer ->
                    numbered(
                        peer, "{'choices':[{'delta':{'tool_calls':[{'index':%d,'id':'c'}]}}]}")))
        .startsWith("ProtocolViolatedException after 0 parts")
        .contains("more than 1024 tool calls");
  }

  @Test
  void endlessAnswersAreRefused() throws Exception {
    assertThat(verdict(peer -> numbered(peer, "{'choices':[{'index':%d,'delta':{}}]}")))
        .startsWith("ProtocolViolatedException after 0 parts")
        .contains("more than 1024 answers");
  }

  @Test
  void messageOfTinyAnswersIsRefused() throws Exception {
    String choices =
        IntStream.range(0, 30_000)
            .mapToObj(i -> "{\"index\":" + (1_000_000_000 - i) + "}")
            .collect(Collectors.joining(","));
    assertThat(verdict(peer -> peer.head().event("{\"choices\":[" + choices + "]}").finish()))
        .startsWith("ProtocolViolatedException after 0 parts")
        .contains("more than 1024 answers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"x\":", "{\"error\":", "{\"choices\":["})
  void messageThatIsNestedTooDeeplyIsRefused(String open) throws Exception {
    String deep = "{\"x\":" + open.repeat(50_000);
    assertThat(verdict(peer -> peer.head().event(deep).finish()))
        .startsWith("ProtocolViolatedException after 0 parts")
        .contains("'maxJsonDepth'");
    assertThat(verdict(peer -> peer.head().event(deep).token("Hi").finish(), "maxJsonDepth=200000"))
        .isEqualTo("ended after 2 parts");
  }

  @Test
  void endlessPageOfAnErrorIsNotReadToItsEnd() throws Exception {
    assertThat(verdict(peer -> forEver(peer.head(500, "Content-Type: text/html"), "<p>Oh</p>\n")))
        .startsWith("ProviderUnavailableException after 0 parts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[[[", "{\"x\":", "          ", "\"aaaaaaaaaaaa"})
  void endlessDocumentIsRefused(String piece) throws Exception {
    Script script = peer -> forEver(peer.head(200, "Content-Type: application/json"), piece);
    assertThat(verdict(script, "maxResponseBytes=4000000"))
        .startsWith("ProtocolViolatedException after 0 parts")
        .contains("'maxResponseBytes'");
  }

  @Test
  void documentThatIsNestedTooDeeplyIsRefused() throws Exception {
    String deep = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(verdict(peer -> peer.document(200, "application/json", deep)))
        .startsWith("ProtocolViolatedException after 0 parts")
        .contains("'maxJsonDepth'");
  }

  private String verdict(Script script, String... options) throws Exception {
    server.then(script);
    return route.verdict(Use.SPLIT, endpoint(options));
  }

  private String endpoint(String... options) {
    return "holysheep:chat?model=m&stream=true&apiKey=key-1&maxReconnects=0&baseUrl="
        + server.baseUrl()
        + String.join("", java.util.Arrays.stream(options).map(o -> "&" + o).toList());
  }

  /** Many of these at a time, until the client goes away. */
  private static void forEver(Peer peer, String piece) throws Exception {
    byte[] many = piece.repeat(1 + 60_000 / piece.length()).getBytes();
    while (true) {
      peer.body(many);
    }
  }

  private static void rawForEver(Peer peer, String piece) throws Exception {
    while (true) {
      peer.bytes(piece.repeat(1000));
    }
  }

  private static Peer much(Peer peer, String piece) throws Exception {
    byte[] many = piece.repeat(1 + 60_000 / piece.length()).getBytes();
    for (long sent = 0; sent < MUCH; sent += many.length) {
      peer.body(many);
    }
    return peer;
  }

  /** So many of these chunks that their texts are much. */
  private static Peer muchOf(Peer peer, String chunk) throws Exception {
    String event = "data: " + chunk + "\n\n";
    byte[] ten = event.repeat(10).getBytes(StandardCharsets.UTF_8);
    for (long i = 0; i < COUNT / 10; i++) {
      peer.body(ten);
    }
    return peer;
  }

  private static void numbered(Peer peer, String event) throws Exception {
    peer.head();
    for (int i = 0; ; i++) {
      peer.event(event.formatted(1_000_000_000 - i).replace('\'', '"'));
    }
  }
}
