package ai.holysheep.camel.examples.documents;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A work folder and runs in it. */
final class Work {

  static final int MOST_CHARACTERS = 10_000;

  private final Path folder;
  private final Settings settings;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private String summary = "";

  Work(Path folder, String baseUrl, String apiKey) {
    this.folder = folder;
    this.settings =
        new Settings(
            folder,
            "Say it in French.",
            "deepseek-v3.2",
            baseUrl,
            apiKey,
            new Settings.Limits(1_000, MOST_CHARACTERS),
            0);
  }

  /** One run to its end. */
  @Nullable Verdict run() throws Exception {
    try (WorkFolder opened = WorkFolder.open(folder);
        Display display =
            Display.of(new PrintStream(printed, true, StandardCharsets.UTF_8), false)) {
      Progress progress = new Progress(System::nanoTime, display);
      Verdict verdict = new DocumentRun(settings, opened, progress).run();
      summary = progress.summary();
      return verdict;
    }
  }

  String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  String summary() {
    return summary;
  }

  void put(String name, String text) throws Exception {
    put(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts a document into the inbox, old enough to be read at once. */
  void put(String name, byte[] bytes) throws Exception {
    Path file = folder.resolve("inbox").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
  }

  void move(String from, String to) throws Exception {
    Files.move(folder.resolve(from), folder.resolve(to));
  }

  String read(String name) throws Exception {
    return Files.readString(folder.resolve(name));
  }

  /** The names of the files in a folder, sorted; empty where there is no such folder. */
  List<String> files(String name) throws Exception {
    Path parent = folder.resolve(name);
    if (!Files.exists(parent)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(parent)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> parent.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }
}
