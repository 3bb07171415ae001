package ai.holysheep.camel.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The committed metadata is that of the options as they are. */
class SpringMetadataTest {

  @Test
  void fileIsUpToDate() throws Exception {
    SpringMetadata metadata = new SpringMetadata();
    if (Boolean.getBoolean("reference.write")) {
      metadata.write();
    }
    assertThat(Files.readString(SpringMetadata.file()))
        .as("To make it anew: %s", ReferencePages.COMMAND.replace("Pages", "Pages,Spring*"))
        .isEqualTo(metadata.json());
  }

  @Test
  void optionsAreNamedAsSpringNamesThem() throws Exception {
    assertThat(new SpringMetadata().json())
        .contains("\"name\" : \"camel.component.holysheep.api-key\"")
        .contains("\"name\" : \"camel.component.holysheep.budget-tokens\"")
        .contains("\"value\" : \"json\"");
  }
}
