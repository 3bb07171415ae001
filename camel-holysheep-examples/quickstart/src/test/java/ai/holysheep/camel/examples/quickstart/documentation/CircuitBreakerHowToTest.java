package ai.holysheep.camel.examples.quickstart.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.simulator.Simulator;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Java code of the how-to guide about circuit breakers, and what it says of them. */
class CircuitBreakerHowToTest extends HowToTestSupport {

  private static final String CUT = "[[cut=1]][[echo]]one two";

  @BeforeEach
  void tryOnce() {
    configuration().setMaxReconnects(0);
  }

  @Test
  void breakerAroundTheSplitSeesStreamsThatBreak() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: breaker-around-all
            from("direct:ask")
                .circuitBreaker()
                .resilience4jConfiguration()
                .minimumNumberOfCalls(4)
                .failureRateThreshold(50)
                .waitDurationInOpenState(30)
                .end()
                .to("direct:answer")
                .onFallback()
                .log("No answer: ${exception}")
                .setBody(constant("There is no answer now."))
                .setHeader("CamelHolySheepEventType", constant("error"))
                .to("seda:parts")
                .end();

            from("direct:answer")
                .errorHandler(noErrorHandler())
                .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                .split(body())
                .streaming()
                .to("seda:parts");
            // end: breaker-around-all
          }
        });
    for (int call = 0; call < 4; call++) {
      send(CUT);
      assertThat(parts()).containsExactly("one", "error");
    }
    int asked = SIMULATOR.simulator().requests().size();
    assertThat(send(CUT).isFailed()).isFalse();
    assertThat(parts()).containsExactly("error");
    assertThat(SIMULATOR.simulator().requests()).hasSize(asked);
  }

  @Test
  void breakerAroundTheQuestionSeesRefusalsOnly() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:ask")
                .circuitBreaker()
                .resilience4jConfiguration()
                .minimumNumberOfCalls(2)
                .end()
                .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                .end()
                .split(body())
                .streaming()
                .to("seda:parts");
          }
        });
    for (int call = 0; call < 4; call++) {
      assertThat(send(CUT).isFailed()).isTrue();
      assertThat(parts()).containsExactly("one");
    }
    send("[[status=500]] Hi");
    send("[[status=500]] Hi");
    send("[[status=500]] Hi");
    send("[[status=500]] Hi");
    int asked = SIMULATOR.simulator().requests().size();
    send(CUT);
    assertThat(SIMULATOR.simulator().requests()).hasSize(asked);
  }

  @Test
  void propertiesOfAFailureStayWithTheCopyThatTheBreakerRuns() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:ask")
                .circuitBreaker()
                .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                .onFallback()
                .setBody(simple("${exception.statusCode}"))
                .end();
          }
        });
    Exchange exchange = send("[[status=429]] Hi");
    assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("429");
    assertThat(exchange.getProperty("CamelAiErrorCategory")).isNull();
  }

  @Test
  void openBreakerCallsTheFallbackWithoutAnException() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:ask")
                .circuitBreaker()
                .resilience4jConfiguration()
                .minimumNumberOfCalls(1)
                .end()
                .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                .onFallback()
                .setBody(simple("${exchangeProperty.CamelCircuitBreakerState} '${exception}'"))
                .end();
          }
        });
    assertThat(send("[[status=503]] Hi").getMessage().getBody(String.class))
        .contains("ProviderUnavailableException");
    assertThat(send("[[status=503]] Hi").getMessage().getBody()).isEqualTo("OPEN ''");
  }

  @Test
  void ignoredFailureLeavesThePromptInPlaceOfTheAnswer() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:ask")
                .circuitBreaker()
                .resilience4jConfiguration()
                .ignoreException(RuntimeException.class)
                .end()
                .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                .onFallback()
                .setBody(constant("no answer"))
                .end();
          }
        });
    Exchange exchange = send("[[status=400]] Hi");
    assertThat(exchange.isFailed()).isFalse();
    assertThat(exchange.getMessage().getBody()).isEqualTo("[[status=400]] Hi");
  }

  @Test
  void timeoutOfTheBreakerLetsTheStreamRunOn() throws Exception {
    try (Simulator slow = Simulator.start()) {
      configuration().setBaseUrl(slow.baseUrl());
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:ask")
                  .circuitBreaker()
                  .resilience4jConfiguration()
                  .timeoutEnabled(true)
                  .timeoutDuration(1500)
                  .end()
                  .to("direct:answer")
                  .onFallback()
                  .setBody(constant("no answer"))
                  .end();

              from("direct:answer")
                  .errorHandler(noErrorHandler())
                  .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                  .split(body())
                  .streaming()
                  .to("seda:parts");
            }
          });
      Exchange exchange = send("[[tokens=9999]] Tell me a long story");
      assertThat(exchange.getMessage().getBody()).isEqualTo("no answer");
      assertThat(exchange.getProperty(ExchangePropertyKey.CIRCUIT_BREAKER_RESPONSE_FROM_FALLBACK))
          .isEqualTo(true);
      assertThat(slow.openStreams()).isEqualTo(1);
      int parts = parts().size();
      assertThat(results.receive("seda:parts", 10_000)).as("part after %s", parts).isNotNull();
    }
  }

  @Test
  void streamThatWasOpenedInThePoolOfTheBreakerIsReadByTheRoute() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:ask")
                .circuitBreaker()
                .resilience4jConfiguration()
                .timeoutEnabled(true)
                .timeoutDuration(10_000)
                .bulkheadEnabled(true)
                .end()
                .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                .end()
                .split(body())
                .streaming()
                .to("seda:parts");
          }
        });
    assertThat(send("[[echo]]one two").isFailed()).isFalse();
    assertThat(parts()).containsExactly("one", " two", "usage");
  }

  @Test
  void streamThatIsCarriedOutOfABreakerIsReadForTheExchangeThatSplits() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:ask")
                .circuitBreaker()
                .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                .end()
                .setHeader("Later", constant("yes"))
                .split(body())
                .streaming()
                .stopOnException()
                .to("seda:parts")
                .throwException(new IllegalStateException("Stop"));
          }
        });
    long cancelled = SIMULATOR.simulator().cancelledStreams();
    assertThat(send("[[tokens=9999]] Hi").isFailed()).isTrue();
    assertThat(results.receiveNoWait("seda:parts").getMessage().getHeader("Later"))
        .isEqualTo("yes");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (SIMULATOR.simulator().cancelledStreams() == cancelled && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(SIMULATOR.simulator().cancelledStreams()).isEqualTo(cancelled + 1);
  }
}
