package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.ToolCall;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Message;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded answers give the same parts whether they come whole or byte by byte. */
class ChatTranscriptTest extends StreamRouteTestSupport {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "plain; token 你好,token  🐑,usage 18",
        "reasoning; reasoning Two,reasoning  plus two,token 4,usage 20",
        "parallel-tool-calls; tool_call weather,tool_call time,usage 34",
        "usage-on-every-chunk; token A,token B,usage 16",
        "two-choices; token a,token x,token b,usage 17",
        "empty-choices-first; token A,usage 15"
      })
  void transcriptGivesTheSamePartsHoweverItComes(String name, String expected) throws Exception {
    byte[] bytes = transcript(name);
    server.then(
        peer -> peer.head().body(bytes).end(),
        peer -> {
          peer.head();
          for (byte b : bytes) {
            peer.body(new byte[] {b});
          }
          peer.end();
        });
    routes(rb -> rb.from("direct:ask").to(ask()).split(body()).streaming().to("mock:parts"));
    List<String> parts = Arrays.asList(expected.split(","));
    template.sendBody("direct:ask", "Hi");
    received("mock:parts", parts.size());
    assertThat(messages()).map(ChatTranscriptTest::shown).isEqualTo(parts);
    template.sendBody("direct:ask", "Hi");
    received("mock:parts", 2 * parts.size());
    assertThat(messages().subList(parts.size(), 2 * parts.size()))
        .map(ChatTranscriptTest::shown)
        .isEqualTo(parts);
  }

  private static String shown(Message part) {
    String type = part.getHeader(HolySheepConstants.EVENT_TYPE, String.class);
    return switch (type) {
      case "usage" -> type + " " + part.getHeader(HolySheepConstants.TOTAL_TOKENS);
      case "tool_call" -> type + " " + part.getBody(ToolCall.class).name();
      default -> type + " " + part.getBody();
    };
  }

  private static byte[] transcript(String name) throws IOException {
    String path = "/transcripts/chat/" + name + ".sse";
    try (InputStream in = ChatTranscriptTest.class.getResourceAsStream(path)) {
      assertThat(in).as(path).isNotNull();
      return in.readAllBytes();
    }
  }
}
