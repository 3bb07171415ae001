package ai.holysheep.camel.examples.quickstart.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.HolySheepException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** The code of the how-to guide about pushed streams. */
class PushHowToTest extends HowToTestSupport {

  private static final String PROMPT = "[[echo]]one two three";

  @Test
  void pushedInJava() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: push-java
            from("direct:ask")
                .to("holysheep:chat?model=deepseek-v3.2&streamTo=direct:tokens")
                .to("seda:answers");

            from("direct:tokens").to("seda:parts");
            // end: push-java
          }
        });
    assertPushed();
  }

  @Test
  void pushedInXml() throws Exception {
    load("push.xml", "<routes>" + Documents.code("push-xml") + "</routes>");
    assertPushed();
  }

  @Test
  void pushedInYaml() throws Exception {
    load("push.yaml", Documents.code("push-yaml"));
    assertPushed();
  }

  @Test
  void failuresOfModelAndTarget() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: push-failures
            from("direct:ask")
                .onException(HolySheepException.class)
                .handled(true)
                .setBody(simple("Not whole: ${exception.partialText}"))
                .to("seda:failed")
                .end()
                .to("holysheep:chat?model=deepseek-v3.2&streamTo=direct:tokens");

            from("direct:tokens")
                .choice()
                .when(header("CamelHolySheepEventType").isEqualTo("error"))
                .to("seda:interrupted")
                .otherwise()
                .to("seda:parts");
            // end: push-failures
          }
        });
    send("[[cut=2]]" + PROMPT);
    assertThat(results.receiveBody("seda:failed", 10_000, String.class)).contains("one two");
    assertThat(results.receive("seda:interrupted", 10_000)).isNotNull();
    assertThat(parts()).containsExactly("one", " two");
  }

  @Test
  void targetThatFailsEndsTheStream() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            from("direct:ask").to("holysheep:chat?model=deepseek-v3.2&streamTo=direct:tokens");
            from("direct:tokens").throwException(new IllegalStateException("disk full"));
          }
        });
    Exchange failed = send(PROMPT);
    assertThat(failed.getException())
        .isInstanceOf(CallCancelledException.class)
        .hasMessageContaining("direct://tokens failed")
        .hasRootCauseMessage("disk full");
  }

  private void load(String name, String code) throws Exception {
    PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(name, code));
  }

  private void assertPushed() {
    send(PROMPT);
    assertThat(results.receiveBody("seda:answers", 10_000)).isEqualTo("one two three");
    assertThat(parts()).containsExactly("one", " two", " three", "usage");
  }
}
