package ai.holysheep.camel.examples.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes in the how-to guide are those that the tests here run. Java is checked elsewhere. */
class HowToPageTest {

  private static final Path PAGE = Path.of("../../docs/how-to/answer-http-requests.md");

  @ParameterizedTest
  @ValueSource(strings = {"yaml", "xml"})
  void routesAreThoseThatRun(String language) throws IOException {
    Path routes = Path.of("src/main/resources/routes/platform-http." + language);
    assertThat(PAGE).content().contains("```" + language + "\n" + Files.readString(routes) + "```");
  }
}
