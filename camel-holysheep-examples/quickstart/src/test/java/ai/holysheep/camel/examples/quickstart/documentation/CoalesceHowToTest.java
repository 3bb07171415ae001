package ai.holysheep.camel.examples.quickstart.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.CoalescingUnit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The Java code of the how-to guide about sentences, and its examples of what is one. */
class CoalesceHowToTest extends HowToTestSupport {

  private static final Pattern EXAMPLE =
      Pattern.compile("^\\| (sentences|words) \\| (`.*`) \\|.*\\|$", Pattern.MULTILINE);
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");

  @Test
  void sentencesToAQueue() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: sentences-to-queue
            from("direct:ask")
                .to("holysheep:chat?model=deepseek-v3.2&stream=true&coalesce=sentences")
                .split(body())
                .streaming()
                .filter(header("CamelHolySheepEventType").isEqualTo("token"))
                .to("seda:sentences");
            // end: sentences-to-queue
          }
        });
    send("[[echo]]One sheep. Two sheep.");
    assertThat(bodies("seda:sentences")).containsExactly("One sheep. ", "Two sheep.");
  }

  @Test
  void translation() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: translate-sentences
            from("direct:ask")
                .to("holysheep:chat?model=deepseek-v3.2&stream=true&coalesce=sentences")
                .split(body())
                .streaming()
                .filter(header("CamelHolySheepEventType").isEqualTo("token"))
                .removeHeaders("CamelHolySheep*")
                .setBody(simple("Translate into French: ${body.strip()}"))
                .to("holysheep:chat?model=gpt-4.1")
                .to("seda:french");
            // end: translate-sentences
          }
        });
    assertThat(send("[[echo]]One sheep. Two sheep.").isFailed()).isFalse();
    assertThat(bodies("seda:french"))
        .satisfiesExactly(
            first -> assertThat(first).contains("Translate into French: One sheep."),
            second -> assertThat(second).contains("Translate into French: Two sheep."));
  }

  @Test
  void words() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: words-in-tens
            from("direct:ask")
                .to("holysheep:chat?model=deepseek-v3.2&stream=true&coalesce=words&coalesceSize=10")
                .split(body())
                .streaming()
                .to("seda:parts");
            // end: words-in-tens
          }
        });
    send("[[echo]]1 2 3 4 5 6 7 8 9 10 11 12");
    assertThat(parts()).containsExactly("1 2 3 4 5 6 7 8 9 10 ", "11 12", "usage");
  }

  @Test
  void componentThatCoalescesIsTurnedOffAsThePageSays() throws Exception {
    configuration().setCoalesce(CoalescingUnit.SENTENCES);
    configuration().setCoalesceSize(3);
    configuration().setCoalesceTimeout(1000);
    String off = "coalesce=none&coalesceSize=1&coalesceTimeout=0";
    assertThat(Documents.read(page())).contains(off);
    String endpoint = "holysheep:chat?model=deepseek-v3.2&" + off;
    assertThat(template.requestBody(endpoint, "[[echo]]Hi", String.class)).isEqualTo("Hi");
  }

  @TestFactory
  Stream<DynamicTest> examples() {
    List<MatchResult> examples = EXAMPLE.matcher(Documents.read(page())).results().toList();
    assertThat(examples).hasSizeGreaterThan(8);
    return examples.stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.group(2), () -> assertParts(example.group(1), example.group(2))));
  }

  private static Path page() {
    return Documents.root().resolve("docs/how-to/coalesce-tokens.md");
  }

  private void assertParts(String unit, String cell) throws Exception {
    List<String> expected =
        CODE.matcher(cell).results().map(code -> code.group(1).replace("⏎", "\n")).toList();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:example")
                .routeId("example")
                .to("holysheep:chat?model=deepseek-v3.2&stream=true&coalesce=" + unit)
                .split(body())
                .streaming()
                .filter(header("CamelHolySheepEventType").isEqualTo("token"))
                .to("seda:parts");
          }
        });
    template.sendBody("direct:example", "[[echo]]" + String.join("", expected));
    assertThat(bodies("seda:parts")).isEqualTo(expected);
    context.getRouteController().stopRoute("example");
    context.removeRoute("example");
  }

  private List<String> bodies(String queue) {
    List<String> bodies = new ArrayList<>();
    for (Exchange part = results.receiveNoWait(queue);
        part != null;
        part = results.receiveNoWait(queue)) {
      bodies.add(part.getMessage().getBody(String.class));
    }
    return bodies;
  }
}
