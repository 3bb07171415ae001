package ai.holysheep.camel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are alike are read as any others are, though their JSON is not. */
class TokenPatternsTest {

  private static final String TOKEN =
      """
      {"id":"r-1","model":"m","choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":null}],"usage":null}""";

  private int readAsJson;

  @Test
  void jsonOfAStreamIsReadForTheFirstTokenOnly() {
    TokenPatterns patterns = new TokenPatterns();
    for (String text : List.of("Once", " upon", " a", " time", "你好", "😀")) {
      assertThat(read(patterns, TOKEN.formatted(text))).isEqualTo(chunk(text));
    }
    assertThat(readAsJson).as("the first one, and once more as a proof").isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\\nb", "\\\"", "\\u0041", "\\\\", "\",\"refusal\":\"no", "\uFFFD", "\u0001"})
  void textThatIsNotPlainIsReadAsJson(String written) throws Exception {
    ChunkDecoder decoder = new ChunkDecoder();
    decode(decoder, TOKEN.formatted("plain"));
    String message = TOKEN.formatted(written);
    assertThat(outcome(decoder, message)).isEqualTo(outcome(new ChunkDecoder(), message));
  }

  @Test
  void bytesThatAreNoTextAreReadAsJson() throws Exception {
    ChunkDecoder decoder = new ChunkDecoder();
    decode(decoder, TOKEN.formatted("plain"));
    byte[] message = TOKEN.formatted("ab").getBytes(StandardCharsets.UTF_8);
    message[TOKEN.indexOf("%s")] = (byte) 0xC3;
    assertThat(decoder.decode(message, 0, message.length))
        .isEqualTo(new ChunkDecoder().decode(message, 0, message.length));
  }

  @Test
  void textThatStandsElsewhereTooIsTakenFromItsPlace() throws Exception {
    String message =
        """
        {"model":"%1$s","note":"x","choices":[{"delta":{"role":"x","content":"%2$s"},"was":"x"}]}""";
    ChunkDecoder decoder = new ChunkDecoder();
    assertThat(text(decode(decoder, message.formatted("x", "x")))).isEqualTo("x");
    Chunk next = decode(decoder, message.formatted("x", "y"));
    assertThat(text(next)).isEqualTo("y");
    assertThat(next.model()).isEqualTo("x");
  }

  @Test
  void whatAMessageDoesNotSayIsAsInTheOneBefore() throws Exception {
    ChunkDecoder decoder = new ChunkDecoder();
    String bare = "{\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}";
    assertThat(decode(decoder, bare.formatted("a")).model()).isNull();
    assertThat(decode(decoder, TOKEN.formatted("b")).model()).isEqualTo("m");
    assertThat(decode(decoder, bare.formatted("c")).model()).isEqualTo("m");
    assertThat(decode(decoder, bare.formatted("d"))).isEqualTo(chunk("d"));
  }

  @Test
  void tryingAPlaceLeavesNoTrace() throws Exception {
    ChunkDecoder decoder = new ChunkDecoder();
    String named = "{\"id\":\"x\",\"choices\":[{\"delta\":{\"content\":\"x\"}}]}";
    assertThat(decode(decoder, named).responseId()).isEqualTo("x");
    assertThat(decode(decoder, "{\"choices\":[]}").responseId()).isEqualTo("x");
  }

  @Test
  void messagesThatAreNeverAlikeAreNotLookedAtForEver() {
    TokenPatterns patterns = new TokenPatterns();
    String message =
        "{\"pad\":%s,\"choices\":[{\"delta\":{\"content\":\"t\"}}],\"obfuscation\":\"%s\"}";
    for (int i = 0; i < 100; i++) {
      read(patterns, message.formatted(i, "z".repeat(i)));
    }
    assertThat(readAsJson).isEqualTo(100 + 4);
  }

  @Property
  void messagesInAnyOrderSayWhatEachSaysAlone(@ForAll("messages") List<String> messages)
      throws Exception {
    ChunkDecoder decoder = new ChunkDecoder();
    for (String message : messages) {
      assertThat(outcome(decoder, message))
          .as(message)
          .isEqualTo(outcome(new ChunkDecoder(), message));
    }
  }

  @Provide
  Arbitrary<List<String>> messages() {
    Arbitrary<String> texts =
        Arbitraries.of(
            "a",
            "b",
            " c",
            "",
            "m",
            "r-1",
            "x",
            "?",
            "!",
            "\\n",
            "é",
            "\uD83D\uDE00",
            "\uFFFD",
            "\"");
    Arbitrary<String> shapes =
        Arbitraries.of(
            TOKEN,
            "{\"id\":\"r-1\",\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}",
            "{\"id\":\"r-1\",\"model\":\"m\",\"choices\":[{\"delta\":{\"role\":\"x\",\"content\":\"%s\"}}]}",
            "{\"id\":\"r-1\",\"model\":\"m\",\"choices\":[{\"delta\":{\"reasoning\":\"%s\"}}]}",
            "{\"id\":\"r-1\",\"model\":\"m\",\"choices\":[{\"delta\":{\"refusal\":\"x\",\"content\":\"%s\"}}]}",
            "{\"id\":\"%s\",\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"x\"}}]}",
            "{\"id\":\"r-1\",\"model\":\"%s\",\"choices\":[{\"index\":1,\"delta\":{\"content\":\"x\"}}]}",
            "{\"id\":\"r-1\",\"model\":\"m\",\"choices\":[{\"text\":\"%s\",\"finish_reason\":\"x\"}]}",
            "{\"id\":\"r-1\",\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"x\"},\"message\":{\"content\":\"%s\"}}]}");
    return Combinators.combine(shapes, texts)
        .as((shape, text) -> shape.formatted(text))
        .list()
        .ofMaxSize(12);
  }

  private Chunk read(TokenPatterns patterns, String message) {
    byte[] data = message.getBytes(StandardCharsets.UTF_8);
    Chunk known = patterns.read(data, 0, data.length);
    if (known != null) {
      return known;
    }
    Chunk chunk = json(data, 0, data.length);
    patterns.learn(chunk, data, 0, data.length, this::json);
    return chunk;
  }

  private Chunk json(byte[] data, int offset, int length) {
    readAsJson++;
    try {
      return new ChunkDecoder().decode(data, offset, length);
    } catch (UnreadableException e) {
      throw new AssertionError(e);
    }
  }

  private static Object outcome(ChunkDecoder decoder, String message) {
    try {
      return decode(decoder, message);
    } catch (UnreadableException e) {
      return "unreadable";
    }
  }

  private static Chunk decode(ChunkDecoder decoder, String message) throws UnreadableException {
    // Not at the beginning of the array, as in the buffer of a parser.
    byte[] data = ("??" + message + "??").getBytes(StandardCharsets.UTF_8);
    return decoder.decode(data, 2, data.length - 4);
  }

  private static Chunk chunk(String text) {
    return new Chunk(
        "r-1",
        "m",
        new ArrayList<>(List.of(new ChoiceDelta(0, text, null, List.of(), null))),
        null,
        null);
  }

  private static String text(Chunk chunk) {
    return chunk.choices().get(0).text();
  }
}
