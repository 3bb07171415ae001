package ai.holysheep.camel.examples.pipeline;

import static ai.holysheep.camel.examples.pipeline.Surroundings.header;
import static ai.holysheep.camel.examples.pipeline.Surroundings.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {

  @TempDir private static Path folder;

  private static Surroundings surroundings;
  private static Pipeline pipeline;

  @BeforeAll
  static void start() throws Exception {
    surroundings = new Surroundings(0.2);
    pipeline = Pipeline.start(surroundings.settings(folder));
  }

  @AfterAll
  static void stop() {
    pipeline.close();
    surroundings.close();
  }

  @Test
  void anAnswerIsOnTheTopicInAFileAndInTheQueue() throws Exception {
    String id = surroundings.prompt(1, "[[echo]]one two three Zürich 🐑");
    assertThat(surroundings.queue(1)).containsExactly("one two three Zürich 🐑");
    assertThat(folder.resolve(id + ".txt")).hasContent("one two three Zürich 🐑");
    until("the answer is on its topic", () -> !surroundings.topic("answers", id).isEmpty());
    assertThat(surroundings.topic("answers", id))
        .extracting(ConsumerRecord::key, ConsumerRecord::value)
        .containsExactly(tuple(id, "one two three Zürich 🐑"));
  }

  @Test
  void partsAreInOrderInOnePartitionWhileTheModelStillWrites() throws Exception {
    String id = surroundings.prompt(0, "[[tokens=40]][[stall=20]][[times=1]]Go on");
    until("20 parts are there", () -> surroundings.topic("tokens", id).size() == 20);
    assertThat(surroundings.simulator().openStreams()).isOne();
    List<ConsumerRecord<String, String>> parts = surroundings.topic("tokens", id);
    assertThat(parts).extracting(ConsumerRecord::partition).containsOnly(parts.get(0).partition());
    for (int i = 0; i < parts.size(); i++) {
      assertThat(parts.get(i).value())
          .contains("\"index\":" + i + ",")
          .contains("\"streamId\":\"" + parts.get(i).key() + "\"");
    }
    // The prompt is asked again then, and that answer is whole.
    pipeline.cancel(parts.get(0).key());
    assertThat(surroundings.queue(1)).singleElement().asString().contains("“Go on”");
  }

  @Test
  void aPromptThatIsRefusedDoesNotStopTheNext() throws Exception {
    String bad = surroundings.prompt(2, "[[status=400]]Bad");
    surroundings.prompt(2, "[[echo]]Good");
    assertThat(surroundings.queue(1)).containsExactly("Good");
    until("it is put aside", () -> !surroundings.topic("prompts.failed", bad).isEmpty());
    ConsumerRecord<String, String> failed = surroundings.topic("prompts.failed", bad).get(0);
    assertThat(failed.value()).isEqualTo("[[status=400]]Bad");
    assertThat(header(failed, "reason")).contains("Simulated error 400").doesNotContain("any-key");
  }

  @Test
  void aPromptWhoseAnswerBreaksOffIsAskedAgain() throws Exception {
    String id = surroundings.prompt(0, "[[cut=2]][[times=1]][[echo]]one two three");
    assertThat(surroundings.queue(1)).containsExactly("one two three");
    until(
        "the failure is on the topic",
        () ->
            surroundings.topic("tokens", id).stream()
                .anyMatch(part -> part.value().contains("\"type\":\"error\"")));
  }

  @Test
  void aPromptThatIsAnsweredTwiceHasOneAnswer() throws Exception {
    String id = surroundings.prompt(0, "[[echo]]First");
    assertThat(surroundings.queue(1)).containsExactly("First");
    until("all parts are read", () -> surroundings.topic("tokens", id).size() == 2);
    surroundings.sendAgain(surroundings.topic("tokens", id), "another-stream");
    String next = surroundings.prompt(0, "[[echo]]Second");
    assertThat(surroundings.queue(1)).containsExactly("Second");
    until("the next is on the topic", () -> !surroundings.topic("answers", next).isEmpty());
    assertThat(surroundings.topic("answers", id)).hasSize(1);
  }
}
