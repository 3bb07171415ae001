package ai.holysheep.camel.examples.quickstart.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.simulator.RecordedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of the how-to guide about questions on a schedule. */
class ScheduleHowToTest extends HowToTestSupport {

  @TempDir private Path folder;

  @BeforeEach
  void forget() {
    SIMULATOR.simulator().clearRequests();
  }

  @Test
  void askedEveryHourInJava() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: schedule-java
            from("holysheep:chat?model=deepseek-v3.2&stream=true&delay=1h"
                    + "&prompt=RAW(What happened on ${date:now:d MMMM}?)")
                .to("seda:parts");
            // end: schedule-java
          }
        });
    assertAsked();
  }

  @Test
  void askedEveryHourInXml() throws Exception {
    load("schedule.xml", Documents.code("schedule-xml"));
    assertAsked();
  }

  @Test
  void askedEveryHourInYaml() throws Exception {
    load("schedule.yaml", Documents.code("schedule-yaml"));
    assertAsked();
  }

  @Test
  void promptInAFile() throws Exception {
    Files.writeString(folder.resolve("daily.txt"), "[[echo]]one two");
    context.getPropertiesComponent().addInitialProperty("questions", folder.toString());
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: schedule-file
            from("holysheep:chat?model=deepseek-v3.2&stream=true&delay=1h"
                    + "&prompt=resource:file:{{questions}}/daily.txt")
                .to("seda:parts");
            // end: schedule-file
          }
        });
    assertThat(nextParts(3)).containsExactly("one", " two", "usage");
  }

  @Test
  void failuresReachTheRoute() throws Exception {
    context.getPropertiesComponent().addInitialProperty("question", "[[status=401]]Hi");
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: schedule-failures
            from("holysheep:chat?model=deepseek-v3.2&stream=true&delay=1h&prompt={{question}}"
                    + "&bridgeErrorHandler=true")
                .onException(HolySheepException.class)
                .handled(true)
                .to("seda:refused")
                .end()
                .choice()
                .when(header("CamelHolySheepEventType").isEqualTo("error"))
                .to("seda:interrupted")
                .otherwise()
                .to("seda:parts");
            // end: schedule-failures
          }
        });
    assertThat(results.receive("seda:refused", 10_000)).isNotNull();
    assertThat(parts()).isEmpty();
  }

  @Test
  void askedWhenARouteWantsIt() throws Exception {
    context.getPropertiesComponent().addInitialProperty("question", "[[echo]]one two");
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: schedule-poll
            from("direct:ask")
                .pollEnrich(
                    "holysheep:chat?model=deepseek-v3.2&stream=false&prompt={{question}}", 60_000)
                .to("seda:answers");
            // end: schedule-poll
          }
        });
    send("go");
    assertThat(results.receiveBody("seda:answers", 10_000)).isEqualTo("one two");
  }

  private void load(String name, String code) throws Exception {
    PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(name, code));
  }

  private void assertAsked() {
    assertThat(nextParts(1)).isNotEmpty();
    List<RecordedRequest> requests = SIMULATOR.simulator().requests();
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).body()).containsPattern("What happened on \\d+ \\w+\\?");
  }

  private List<String> nextParts(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            part -> {
              Exchange exchange = results.receive("seda:parts", 10_000);
              assertThat(exchange).as("part %d", part).isNotNull();
              String type =
                  exchange.getMessage().getHeader("CamelHolySheepEventType", String.class);
              return "token".equals(type) ? exchange.getMessage().getBody(String.class) : type;
            })
        .toList();
  }
}
