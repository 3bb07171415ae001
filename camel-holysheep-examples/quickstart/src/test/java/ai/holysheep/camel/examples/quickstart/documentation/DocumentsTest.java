package ai.holysheep.camel.examples.quickstart.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Links lead somewhere, and Java code in a page is that of a test. */
class DocumentsTest {

  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ +(.*)$", Pattern.MULTILINE);
  private static final Pattern FENCED =
      Pattern.compile("^```.*?^```", Pattern.MULTILINE | Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> linksLeadSomewhere() {
    return Documents.pages().stream()
        .map(page -> DynamicTest.dynamicTest(name(page), () -> assertLinksLeadSomewhere(page)));
  }

  @TestFactory
  Stream<DynamicTest> javaCodeIsThatOfATest() {
    return Documents.blocks().stream()
        .filter(block -> block.language().equals("java"))
        .map(
            block ->
                DynamicTest.dynamicTest(
                    name(block.page()) + " " + block.name(),
                    () -> assertThat(block.code()).isEqualTo(Documents.region(block.name()))));
  }

  private static void assertLinksLeadSomewhere(Path page) {
    Matcher links = LINK.matcher(FENCED.matcher(Documents.read(page)).replaceAll(""));
    while (links.find()) {
      String link = links.group(1);
      if (!link.matches("[a-z]+:.*")) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        assertThat(Files.exists(target)).as("%s: link to %s", name(page), link).isTrue();
        if (parts.length == 2) {
          assertThat(anchors(target)).as("%s: link to %s", name(page), link).contains(parts[1]);
        }
      }
    }
  }

  /** As hosts of Git repositories make them of headings. */
  private static Set<String> anchors(Path page) {
    return HEADING
        .matcher(Documents.read(page))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static String name(Path page) {
    return Documents.root().relativize(page).toString();
  }
}
