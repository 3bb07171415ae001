package ai.holysheep.camel.fuzz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The recorded answers, and inputs that broke a rule once; fuzzing starts from them. */
final class Transcripts {

  private Transcripts() {}

  /** Whole event streams. */
  static List<byte[]> streams() {
    return Stream.concat(files("/transcripts"), files("/fuzz/regressions")).toList();
  }

  /** The data of their lines, which mostly are chunks. */
  static List<byte[]> chunks() {
    return streams().stream()
        .flatMap(stream -> new String(stream, StandardCharsets.UTF_8).lines())
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring("data: ".length()).getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  private static Stream<byte[]> files(String folder) {
    try (Stream<Path> files = Files.walk(Path.of(Transcripts.class.getResource(folder).toURI()))) {
      List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
      return sorted.stream().map(Transcripts::bytes);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
