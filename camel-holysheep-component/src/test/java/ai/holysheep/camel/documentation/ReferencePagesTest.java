package ai.holysheep.camel.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The reference pages in the repository are those that the code makes. */
class ReferencePagesTest {

  @Test
  void pagesAreThoseThatTheCodeMakes() throws Exception {
    ReferencePages reference = ReferencePages.read();
    if (Boolean.getBoolean("reference.write")) {
      reference.write();
    }
    for (Map.Entry<String, String> page : reference.pages().entrySet()) {
      Path file = ReferencePages.folder().resolve(page.getKey());
      assertThat(Files.exists(file) ? Files.readString(file) : "")
          .as("docs/reference/%s is old. Make it anew: %s", page.getKey(), ReferencePages.COMMAND)
          .isEqualTo(page.getValue());
    }
  }
}
