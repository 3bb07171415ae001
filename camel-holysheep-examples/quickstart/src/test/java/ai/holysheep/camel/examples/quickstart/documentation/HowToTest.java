package ai.holysheep.camel.examples.quickstart.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.simulator.Simulator;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** The Java code of the how-to guides. */
class HowToTest extends HowToTestSupport {

  @Test
  void partialTextOfAFailedStream() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: handle-by-type
            onException(RateLimitedException.class).handled(true).to("seda:later");

            onException(HolySheepException.class)
                .handled(true)
                .setBody(simple("${exception.partialText}"))
                .to("seda:cut-answers");

            from("direct:ask")
                .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                .split(body())
                .streaming()
                .to("seda:parts");
            // end: handle-by-type
          }
        });
    template.sendBody("direct:ask", "[[cut=3]][[echo]]one two three four five");
    assertThat(results.receiveBodyNoWait("seda:cut-answers", String.class))
        .isEqualTo("one two three");
    configuration().setMaxReconnects(0);
    template.sendBody("direct:ask", "[[status=429]] slow down");
    assertThat(results.receiveBodyNoWait("seda:later", String.class))
        .isEqualTo("[[status=429]] slow down");
  }

  @Test
  void restart() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: recover-by-restart
            from("direct:ask")
                .to("holysheep:chat?model=deepseek-v3.2&stream=true&recovery=restart")
                .split(body())
                .streaming()
                .choice()
                .when(header("CamelHolySheepEventType").isEqualTo("restart"))
                .to("seda:clear")
                .otherwise()
                .to("seda:parts");
            // end: recover-by-restart
          }
        });
    template.sendBody("direct:ask", "[[cut=2]][[times=1]][[echo]]one two three");
    assertThat(results.receiveBodyNoWait("seda:clear", String.class)).contains("is not whole");
    assertThat(parts()).containsExactly("one", " two", "one", " two", " three", "usage");
  }

  @Test
  void goOn() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: recover-by-continue
            from("direct:ask")
                .to("holysheep:chat?model=deepseek-v3.2&stream=true&recovery=continue")
                .split(body())
                .streaming()
                .to("seda:parts");
            // end: recover-by-continue
          }
        });
    template.sendBody("direct:ask", "[[cut=2]][[times=1]][[echo]]four five six");
    assertThat(parts()).containsExactly("four", " five", " six", "usage");
  }

  @Test
  void cancelById() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: cancel-by-id
            from("direct:ask")
                .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                .split(body())
                .streaming()
                .to("seda:parts");

            from("direct:stop").to("holysheep:cancel");
            // end: cancel-by-id
          }
        });
    CompletableFuture<Exchange> asked =
        template.asyncSend("direct:ask", e -> e.getMessage().setBody("[[stall=1]] Hi"));
    Exchange part = results.receive("seda:parts", 10_000);
    template.send(
        "direct:stop",
        e -> e.getMessage().setHeaders(new HashMap<>(part.getMessage().getHeaders())));
    assertThat(asked.get(10, TimeUnit.SECONDS).getException())
        .isInstanceOf(CallCancelledException.class);
  }

  @Test
  void failureAsTheLastPart() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: failure-as-part
            from("direct:ask")
                .to("holysheep:chat?model=deepseek-v3.2&stream=true&throwExceptionOnFailure=false")
                .split(body())
                .streaming()
                .choice()
                .when(header("CamelHolySheepEventType").isEqualTo("error"))
                .setBody(simple("The answer broke off: ${body.message}"))
                .to("seda:failures")
                .otherwise()
                .to("seda:parts");
            // end: failure-as-part
          }
        });
    template.sendBody("direct:ask", "[[cut=3]][[echo]]one two three four five");
    assertThat(results.receiveBodyNoWait("seda:failures", String.class))
        .startsWith("The answer broke off: The answer of http://127.0.0.1");
    assertThat(results.receiveBodyNoWait("seda:parts", String.class)).isEqualTo("one");
  }

  @Test
  void routeThatStopsEarlyEndsTheCall() throws Exception {
    try (Simulator slow = Simulator.start()) {
      configuration().setBaseUrl(slow.baseUrl());
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              // begin: stop-early
              from("direct:ask")
                  .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                  .split(body())
                  .streaming()
                  .stopOnException()
                  .filter(simple("${body} contains 'secret'"))
                  .throwException(new IllegalStateException("No secrets here"));
              // end: stop-early
            }
          });
      Exchange exchange =
          template.send(
              "direct:ask",
              ask -> ask.getMessage().setBody("[[tokens=9999]] Tell me no secret, please"));
      assertThat(exchange.getException()).hasRootCauseMessage("No secrets here");
      while (slow.openStreams() > 0) {
        Thread.onSpinWait();
      }
      assertThat(slow.cancelledStreams()).isEqualTo(1);
    }
  }

  @Test
  void typedEvents() throws Exception {
    StringBuilder text = new StringBuilder();
    // begin: typed-events
    String endpoint = "holysheep:chat?model=deepseek-v3.2&stream=true";
    try (ChatStream stream = template.requestBody(endpoint, "Tell me a story", ChatStream.class)) {
      while (stream.hasNext()) {
        ChatEvent event = stream.nextEvent();
        if (event instanceof TextReceived token) {
          text.append(token.text());
        }
      }
    }
    // end: typed-events
    assertThat(text).contains("Tell me a story");
  }

  @Test
  void wholeAnswerOfAStream() {
    String endpoint = "holysheep:chat?model=deepseek-v3.2&stream=true";
    // begin: whole-answer
    ChatStream stream = template.requestBody(endpoint, "Tell me a story", ChatStream.class);
    ChatAnswer answer = stream.answer();
    String text = answer.text();
    Long tokens = answer.report().usage().completionTokens();
    // end: whole-answer
    assertThat(text).contains("Tell me a story");
    assertThat(tokens).isPositive();
    assertThat(template.requestBody(endpoint, "Tell me a story", String.class)).isEqualTo(text);
  }

  @Test
  void liveInputStream() throws Exception {
    String endpoint = "holysheep:chat?model=deepseek-v3.2&stream=true";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // begin: live-input-stream
    try (InputStream in = template.requestBody(endpoint, "Tell me a story", InputStream.class)) {
      byte[] piece = new byte[8192];
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        out.write(piece, 0, count);
        out.flush();
      }
    }
    // end: live-input-stream
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Tell me a story");
  }

  @Test
  void twoServers() throws Exception {
    String address = SIMULATOR.baseUrl();
    // begin: two-servers
    HolySheepComponent local = new HolySheepComponent();
    local.getConfiguration().setBaseUrl(address);
    local.getConfiguration().setApiKey("local-key");
    context.addComponent("local", local);
    // end: two-servers
    String endpoint = "local:chat?model=gpt-4.1";
    assertThat(template.requestBody(endpoint, "[[echo]]Hello", String.class)).isEqualTo("Hello");
    assertThat(SIMULATOR.simulator().requests()).isNotEmpty();
  }
}
