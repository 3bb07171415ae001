package ai.holysheep.camel.examples.quickstart.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** The Java code of the how-to guide about agent sessions. */
class AgentHowToTest extends HowToTestSupport {

  @Test
  void aTurnIsSplit() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: agent-split
            from("direct:say")
                .to(ExchangePattern.InOut, "holysheep:agent?session=support&model=deepseek-v3.2")
                .split(body())
                .streaming()
                .to("seda:parts");
            // end: agent-split
          }
        });
    template.sendBody("direct:say", "[[echo]]Hello there");
    assertThat(parts()).containsExactly("Hello", " there", "usage");
  }

  @Test
  void toolsAreRoutes() throws Exception {
    context.getPropertiesComponent().addInitialProperty("tools", "resource:classpath:tools.json");
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: agent-tools
            from("direct:ask")
                .to(
                    ExchangePattern.InOut,
                    "holysheep:agent?session=support&model=deepseek-v3.2&tools={{tools}}")
                .split(body())
                .streaming()
                .choice()
                .when(header("CamelHolySheepEventType").isEqualTo("tool_call"))
                .toD("direct:${header.CamelHolySheepToolName}")
                .to("holysheep:agent?session=support&clientEvent=tool_result")
                .otherwise()
                .to("seda:parts");

            from("direct:weather").setBody(constant("12 degrees and light rain"));
            // end: agent-tools
          }
        });
    template.sendBody("direct:ask", "Weather? [[tool=weather {}]]");
    List<String> parts = parts();
    assertThat(String.join("", parts)).contains("12 degrees and light rain");
    assertThat(parts).endsWith("usage");
  }

  @Test
  void anAnswerIsInterrupted() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: agent-interrupt
            from("direct:stop").to("holysheep:agent?session=support&clientEvent=interrupt");
            // end: agent-interrupt
            from("direct:say")
                .to("holysheep:agent?session=support&model=deepseek-v3.2&streamTo=seda:parts");
          }
        });
    CompletableFuture<Exchange> answer =
        template.asyncSend(
            "direct:say", e -> e.getMessage().setBody("[[stall=2]][[echo]]One two three"));
    assertThat(results.receive("seda:parts", 10_000).getMessage().getBody()).isEqualTo("One");
    assertThat(results.receive("seda:parts", 10_000).getMessage().getBody()).isEqualTo(" two");

    template.sendBody("direct:stop", null);

    Exchange over = answer.get(10, TimeUnit.SECONDS);
    assertThat(over.getMessage().getHeader("CamelHolySheepFinishReason")).isEqualTo("interrupted");
    assertThat(over.getMessage().getBody()).isEqualTo("One two");
  }

  @Test
  void oneRouteServesManyUsers() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: agent-many
            from("direct:from-users")
                .setHeader("CamelHolySheepSessionId", header("user"))
                .to("holysheep:agent?model=deepseek-v3.2&exchangePattern=InOnly");

            from("holysheep:agent").to("seda:to-users");
            // end: agent-many
          }
        });
    for (String user : List.of("Ada", "Bo")) {
      template.sendBodyAndHeader("direct:from-users", "[[echo]]Hi", "user", user);
    }
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Exchange part = results.receive("seda:to-users", 10_000);
      told.add(
          part.getMessage().getHeader("CamelHolySheepSessionId")
              + " "
              + part.getMessage().getHeader("CamelHolySheepEventType"));
    }
    assertThat(told).containsExactlyInAnyOrder("Ada token", "Ada usage", "Bo token", "Bo usage");
  }
}
