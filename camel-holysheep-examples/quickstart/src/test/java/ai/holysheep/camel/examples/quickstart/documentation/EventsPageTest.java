package ai.holysheep.camel.examples.quickstart.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.simulator.SimulatorExtension;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The JSON in the reference of events is what the component makes, but for ids and addresses. */
class EventsPageTest {

  private static final String TOOL =
      """
      {"type":"function","function":{"name":"weather","parameters":{"type":"object",
       "properties":{"city":{"type":"string"}}}}}""";

  @RegisterExtension static final SimulatorExtension SIMULATOR = new SimulatorExtension();

  @Test
  void jsonOfEveryKindOfEvent() throws Exception {
    List<String> said = events("stream=true", "Hi [[reasoning=1]][[echo]]Hello sheep");
    assertThat(said.get(0)).isEqualTo(Documents.code("event-reasoning").strip());
    assertThat(said.get(1)).isEqualTo(Documents.code("event-token").strip());
    assertThat(said.get(3)).isEqualTo(Documents.code("event-usage").strip());

    List<String> called =
        events("stream=true&tools=RAW([" + TOOL + "])", "[[tool=weather {\"city\":\"Zürich\"}]]");
    assertThat(called.get(0)).isEqualTo(Documents.code("event-tool-call").strip());

    List<String> restarted =
        events(
            "stream=true&recovery=restart&reconnectDelay=0",
            "[[cut=1]][[times=1]][[echo]]Hello sheep");
    assertThat(restarted.get(1)).isEqualTo(Documents.code("event-restart").strip());

    List<String> failed =
        events("stream=true&throwExceptionOnFailure=false", "[[cut=1]][[echo]]Hello sheep");
    assertThat(failed.get(1)).isEqualTo(Documents.code("event-error").strip());

    List<String> whole = events("stream=false", "[[echo]]Hello sheep");
    assertThat(whole).containsExactly(Documents.code("event-answer").strip());
  }

  private static List<String> events(String options, String prompt) throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      HolySheepComponent holySheep = context.getComponent("holysheep", HolySheepComponent.class);
      holySheep.getConfiguration().setBaseUrl(SIMULATOR.baseUrl());
      holySheep.getConfiguration().setApiKey("any-key");
      context.start();
      ProducerTemplate template = context.createProducerTemplate();
      String endpoint = "holysheep:chat?model=deepseek-v3.2&bodyFormat=json&" + options;
      Object body = template.requestBody(endpoint, prompt);
      List<String> events = new ArrayList<>();
      if (body instanceof ChatStream stream) {
        stream.forEachRemaining(part -> events.add(comparable(part.getBody(String.class))));
      } else {
        events.add(comparable((String) body));
      }
      return events;
    }
  }

  private static String comparable(String json) {
    return Documents.withTimesOfAnExample(json)
        .replaceAll("\"streamId\":\"[^\"]*\"", "\"streamId\":\"5f0c...\"")
        .replaceAll("\"(id|responseId|requestId)\":\"([a-z_]*)[^\"]*\"", "\"$1\":\"$2...\"")
        .replaceAll("127.0.0.1:\\d+", "127.0.0.1:8089")
        .replaceAll("req_sim\\d+", "req_sim...");
  }
}
