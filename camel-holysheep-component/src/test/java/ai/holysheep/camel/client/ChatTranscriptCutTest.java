package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.testing.FakeTransport.Outcome;
import ai.holysheep.camel.testing.FakeTransport.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recorded answers give the same events wherever they are cut in two. */
class ChatTranscriptCutTest extends CallTestSupport {

  static Stream<Path> transcripts() throws Exception {
    Path folder = Path.of(ChatTranscriptCutTest.class.getResource("/transcripts/chat").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("transcripts")
  void cutAtEveryOffsetItGivesTheEventsOfTheWhole(Path transcript) throws IOException {
    byte[] bytes = Files.readAllBytes(transcript);
    List<ChatEvent> whole = events(new Script().head().bytes(bytes));
    assertThat(whole).hasSizeGreaterThan(1);
    assertThat(whole.get(whole.size() - 1)).isInstanceOf(CallEnded.class);
    for (int at = 1; at < bytes.length; at++) {
      byte[] first = Arrays.copyOfRange(bytes, 0, at);
      byte[] second = Arrays.copyOfRange(bytes, at, bytes.length);
      assertThat(events(new Script().head().bytes(first).bytes(second)))
          .as("cut at %s", at)
          .isEqualTo(whole);
    }
  }

  private List<ChatEvent> events(Script script) {
    script(script);
    EventStream stream = stream();
    List<ChatEvent> events = new ArrayList<>();
    while (stream.hasNext()) {
      events.add(anonymous(stream.next()));
    }
    assertOver(Outcome.RELEASED);
    return events;
  }

  /** The event without the stream's id, which is new each time. */
  private static ChatEvent anonymous(ChatEvent event) {
    Origin origin = event.origin();
    Origin none =
        new Origin("", origin.index(), origin.responseId(), origin.model(), origin.choiceIndex());
    if (event instanceof TextReceived text) {
      return new TextReceived(none, text.text());
    }
    if (event instanceof ReasoningReceived reasoning) {
      return new ReasoningReceived(none, reasoning.text());
    }
    if (event instanceof ToolCallReceived call) {
      return new ToolCallReceived(none, call.toolCall());
    }
    return new CallEnded(none, ((CallEnded) event).report());
  }
}
