package ai.holysheep.camel.examples.quickstart.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Markdown pages of the repository and the code in them. A block of code that is checked has a
 * comment before it, {@code <!-- code: NAME -->}; Java code is the region of that name in an
 * example or its tests.
 */
final class Documents {

  private static final Pattern BLOCK =
      Pattern.compile("<!-- code: (\\S+) -->\\s*```(\\w+)\\R(.*?)```", Pattern.DOTALL);

  private static final String TIMES_OF_AN_ANSWER =
      "\"durationMillis\":530,\"reconnectingMillis\":0,\"inRouteMillis\":3";
  private static final String TIMES_OF_A_STREAM =
      "\"durationMillis\":530,\"firstTokenMillis\":412,\"reconnectingMillis\":0,\"inRouteMillis\":3,"
          + "\"gapCount\":2,\"totalGapMillis\":98,\"medianGapMillis\":49,\"p99GapMillis\":50,"
          + "\"longestGapMillis\":50,\"tokensPerSecond\":20.4";

  /** Code in a page. */
  record Block(Path page, String name, String language, String code) {}

  private Documents() {}

  /** The folder of the whole repository. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("docs/reference"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** All pages but those that a build makes. */
  static List<Path> pages() {
    return files(root(), ".md");
  }

  /** All blocks that are checked. */
  static List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (Path page : pages()) {
      Matcher matcher = BLOCK.matcher(read(page));
      while (matcher.find()) {
        blocks.add(new Block(page, matcher.group(1), matcher.group(2), matcher.group(3)));
      }
    }
    return blocks;
  }

  /** The one block of a name. */
  static String code(String name) {
    List<Block> found = blocks().stream().filter(block -> block.name().equals(name)).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(found.size() + " blocks of code are named " + name);
    }
    return found.get(0).code();
  }

  /** The lines between {@code // begin: NAME} and {@code // end: NAME} in one of the examples. */
  static String region(String name) {
    for (Path file : files(root().resolve("camel-holysheep-examples"), ".java")) {
      String text = read(file);
      int begin = text.indexOf("// begin: " + name + "\n");
      int end = text.indexOf("// end: " + name + "\n");
      if (begin >= 0 && end > begin) {
        String lines = text.substring(text.indexOf('\n', begin) + 1, end);
        // The last line counts for stripIndent even where it is empty.
        return lines.stripTrailing().stripIndent() + "\n";
      }
    }
    throw new IllegalStateException("No example has a region named " + name);
  }

  /** The JSON of an event with the times of an example in place of its own. */
  static String withTimesOfAnExample(String json) {
    String example = json.contains("firstTokenMillis") ? TIMES_OF_A_STREAM : TIMES_OF_AN_ANSWER;
    return json.replaceAll("\"latency\":\\{[^}]*}", "\"latency\":{" + example + "}");
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .filter(file -> !folder.relativize(file).toString().matches(".*(target|\\.git)/.*"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
