package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.transport.http.SseReplay.Event;
import ai.holysheep.camel.transport.http.SseReplay.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseTranscriptTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "completion-with-usage",
        "crlf-with-keep-alives",
        "mark-and-joined-lines",
        "carriage-returns",
        "cjk-and-emoji",
        "cut-within-a-line"
      })
  void transcriptGivesTheSameFramesHoweverCut(String name) throws IOException {
    byte[] stream = transcript(name);
    Outcome expected = SseReference.interpret(stream);
    assertThat(expected.events()).isNotEmpty();
    assertThat(SseReplay.whole(stream)).isEqualTo(expected);
    assertThat(SseReplay.cut(stream, List.of(1))).isEqualTo(expected);
    for (int at = 1; at < stream.length; at++) {
      List<Integer> halves = List.of(at, stream.length - at);
      assertThat(SseReplay.cut(stream, halves)).as("cut at %d", at).isEqualTo(expected);
    }
  }

  @Test
  void completionEndsWithUsageAndDone() throws IOException {
    List<Event> events = SseReplay.whole(transcript("completion-with-usage")).events();
    assertThat(events).hasSize(8);
    assertThat(events.get(6).data()).contains("\"total_tokens\":23");
    assertThat(events.get(7).data()).isEqualTo("[DONE]");
  }

  @Test
  void keepAlivesAreCountedAndGiveNoFrame() throws IOException {
    Outcome outcome = SseReplay.whole(transcript("crlf-with-keep-alives"));
    assertThat(outcome.comments()).isEqualTo(5);
    assertThat(outcome.retryMillis()).isEqualTo(3000);
    assertThat(outcome.events()).extracting(Event::id).containsExactly("", "a1", "a2", "a2");
    assertThat(outcome.events()).extracting(Event::name).endsWith("message", "done");
  }

  @Test
  void markIsNoPartOfTheFirstFieldAndLinesAreJoined() throws IOException {
    List<Event> events = SseReplay.whole(transcript("mark-and-joined-lines")).events();
    assertThat(events).hasSize(4);
    assertThat(events.get(0).data()).startsWith("{\n  \"id\": ").endsWith("\n}");
    assertThat(events.get(2)).isEqualTo(new Event("message", "", ""));
  }

  @Test
  void carriageReturnsAloneEndLines() throws IOException {
    byte[] stream = transcript("carriage-returns");
    assertThat(stream).contains((byte) '\r').doesNotContain((byte) '\n');
    assertThat(SseReplay.whole(stream).events())
        .extracting(Event::name)
        .containsExactly("message", "message", "error");
  }

  @Test
  void charactersOfSeveralBytesArriveWhole() throws IOException {
    List<Event> events = SseReplay.cut(transcript("cjk-and-emoji"), List.of(1)).events();
    String text =
        new String(
            events.get(1).data().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    assertThat(text).contains("\u4F60\u597D").doesNotContain("\uFFFD");
  }

  @Test
  void eventCutWithinALineIsHandedOutAtTheEndOnly() throws IOException {
    Outcome outcome = SseReplay.whole(transcript("cut-within-a-line"));
    assertThat(outcome.events()).hasSize(2);
    assertThat(outcome.unfinished()).hasSize(1);
    assertThat(outcome.midLine()).isTrue();
  }

  private static byte[] transcript(String name) throws IOException {
    String path = "/transcripts/sse/" + name + ".sse";
    try (InputStream in = SseTranscriptTest.class.getResourceAsStream(path)) {
      assertThat(in).as(path).isNotNull();
      return in.readAllBytes();
    }
  }
}
