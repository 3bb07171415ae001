package ai.holysheep.camel.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.convert.BodyFormat;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Options from the properties of a Spring Boot application. */
class PropertiesCustomizerTest {

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final Map<String, Object> properties = new HashMap<>();

  @AfterEach
  void close() throws Exception {
    context.close();
  }

  @Test
  void everySpellingIsUnderstood() {
    properties.put("camel.component.holysheep.api-key", "key-1");
    properties.put("camel.component.holysheep.baseUrl", "http://localhost:1/v1");
    properties.put("camel.component.holysheep.body-format", "json");
    properties.put("camel.component.holysheep.max-concurrent-streams", "7");
    properties.put("camel.component.holysheep.budget-window", "2h");
    properties.put("camel.component.holysheep.additional-header.X-Team", "north");
    properties.put("camel.component.other.api-key", "key-2");
    HolySheepComponent component = component("holysheep");
    assertThat(component.getConfiguration().getApiKey()).isEqualTo("key-1");
    assertThat(component.getConfiguration().getBaseUrl()).isEqualTo("http://localhost:1/v1");
    assertThat(component.getConfiguration().getBodyFormat()).isEqualTo(BodyFormat.json);
    assertThat(component.getConfiguration().getAdditionalHeader()).containsValue("north");
    assertThat(component.getMaxConcurrentStreams()).isEqualTo(7);
    assertThat(component.getBudgetWindow()).isEqualTo(7_200_000);
  }

  @Test
  void componentOfAnotherNameHasItsOwn() {
    properties.put("camel.component.holysheep.api-key", "key-1");
    properties.put("camel.component.other.api-key", "key-2");
    assertThat(component("other").getConfiguration().getApiKey()).isEqualTo("key-2");
  }

  @Test
  void optionThatThereIsNotFailsTheApplication() {
    properties.put("camel.component.holysheep.no-such-option", "1");
    assertThatThrownBy(() -> component("holysheep")).hasStackTraceContaining("noSuchOption");
  }

  @Test
  void withoutPropertiesNothingChanges() {
    assertThat(component("holysheep").getMaxConcurrentStreams()).isEqualTo(10_000);
  }

  private HolySheepComponent component(String name) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    context
        .getRegistry()
        .bind(
            "customizer", new HolySheepAutoConfiguration().holySheepComponentOptions(environment));
    context.getRegistry().bind(name, new HolySheepComponent());
    return context.getComponent(name, HolySheepComponent.class);
  }
}
