package ai.holysheep.camel.examples.pipeline;

import static ai.holysheep.camel.examples.pipeline.Surroundings.header;
import static ai.holysheep.camel.examples.pipeline.Surroundings.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process of the pipeline is killed, with no time to say anything. */
class KilledTest {

  private static final int PROMPTS = 6;

  @TempDir private Path folder;

  private final List<Process> processes = new ArrayList<>();
  private Surroundings surroundings;

  @BeforeEach
  void start() throws Exception {
    surroundings = new Surroundings(1);
  }

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
    surroundings.close();
  }

  @Test
  void noAnswerIsLostAndNoneComesTwice() throws Exception {
    for (int i = 0; i < PROMPTS; i++) {
      surroundings.prompt(i % 3, "[[tokens=150]]Question " + i);
    }
    Process first = pipeline();
    until("answers are in the middle", () -> parts() > 60);
    kill(first);
    assertThat(whole()).as("no answer was whole yet").isZero();
    Process second = pipeline();
    until("the first answers are whole, and others not", () -> whole() > 0);
    kill(second);
    pipeline();

    List<String> answers = surroundings.queue(PROMPTS);
    assertThat(answers).allSatisfy(answer -> assertThat(answer).startsWith("You wrote “Question "));
    assertThat(answers).doesNotHaveDuplicates();
    assertThat(filesByPrompt().values()).containsExactlyInAnyOrderElementsOf(answers);
    until("all answers are on the topic", () -> firstOfEachKey().equals(filesByPrompt()));
    assertThat(surroundings.simulator().requests())
        .as("prompts were asked again")
        .hasSizeGreaterThan(PROMPTS);
    until("all parts are read", () -> whole() == PROMPTS);
    assertEachAnswerIsOfOneStream();
  }

  /** As who reads the topic is told to do: a death at the wrong moment repeats an answer there. */
  private Map<String, String> firstOfEachKey() {
    Map<String, String> answers = new TreeMap<>();
    for (ConsumerRecord<String, String> answer : surroundings.topic("answers")) {
      answers.putIfAbsent(answer.key(), answer.value());
    }
    return answers;
  }

  /** The texts of a stream, joined, are the answer, and not a mixture of two. */
  private void assertEachAnswerIsOfOneStream() throws Exception {
    Map<String, String> texts = new TreeMap<>();
    for (ConsumerRecord<String, String> part : surroundings.topic("tokens")) {
      if (part.value().contains("\"type\":\"token\"")) {
        texts.merge(part.key(), content(part.value()), String::concat);
      }
    }
    assertThat(texts.values()).containsAll(filesByPrompt().values());
  }

  private static String content(String part) {
    int begin = part.indexOf("\"content\":\"") + "\"content\":\"".length();
    return part.substring(begin, part.lastIndexOf('"')).replace("\\\"", "\"");
  }

  private Map<String, String> filesByPrompt() throws Exception {
    try (var files = Files.newDirectoryStream(folder, "*.txt")) {
      Map<String, String> answers = new TreeMap<>();
      for (Path file : files) {
        answers.put(file.getFileName().toString().replace(".txt", ""), Files.readString(file));
      }
      return answers;
    }
  }

  private long parts() {
    return surroundings.topic("tokens").size();
  }

  private long whole() {
    return surroundings.topic("tokens").stream()
        .filter(part -> part.value().contains("\"type\":\"usage\""))
        .collect(Collectors.groupingBy(part -> String.valueOf(header(part, "promptId"))))
        .size();
  }

  private Process pipeline() throws Exception {
    Settings settings = surroundings.settings(folder);
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dkafka=" + settings.kafka(),
                "-Djms=" + settings.jms(),
                "-DbaseUrl=" + settings.baseUrl(),
                "-Dfolder=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                PipelineMain.class.getName())
            .redirectErrorStream(true);
    builder.environment().put("HOLYSHEEP_API_KEY", settings.apiKey());
    Process process = builder.start();
    processes.add(process);
    BufferedReader output = process.inputReader();
    for (String line = output.readLine();
        !PipelineMain.READY.equals(line);
        line = output.readLine()) {
      assertThat(line).as("the pipeline ended before it ran").isNotNull();
    }
    return process;
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
