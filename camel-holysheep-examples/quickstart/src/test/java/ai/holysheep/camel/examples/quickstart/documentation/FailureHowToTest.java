package ai.holysheep.camel.examples.quickstart.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.RateLimitedException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Java code of the how-to guides about failures. */
class FailureHowToTest extends HowToTestSupport {

  @Test
  void deadLetterHasThePromptAndWhatHadCome() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: dead-letter
            onException(HolySheepException.class)
                .handled(true)
                .useOriginalMessage()
                .setHeader("Reason", simple("${exception.message}"))
                .setHeader("RequestId", simple("${exception.requestId}"))
                .setHeader("AnswerSoFar", simple("${exception.partialText}"))
                .to("seda:dead-letters");

            from("direct:ask")
                .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                .split(body())
                .streaming()
                .to("seda:parts");
            // end: dead-letter
          }
        });
    assertThat(send("[[cut=2]][[echo]]one two three").isFailed()).isFalse();
    Message letter = results.receiveNoWait("seda:dead-letters").getMessage();
    assertThat(letter.getBody()).isEqualTo("[[cut=2]][[echo]]one two three");
    assertThat(letter.getHeader("AnswerSoFar")).isEqualTo("one two");
    assertThat(letter.getHeader("RequestId", String.class)).startsWith("req_sim");
    assertThat(letter.getHeader("Reason", String.class)).contains("is not whole");
    send("[[status=400]] Hi");
    assertThat(results.receiveNoWait("seda:dead-letters").getMessage().getBody())
        .isEqualTo("[[status=400]] Hi");
  }

  @ParameterizedTest
  @CsvSource({"400,400", "429,503", "500,502"})
  void userHearsOfAFailureWithoutItsDetails(int status, int told) throws Exception {
    configuration().setMaxReconnects(0);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: web-answer
            onException(HolySheepException.class)
                .handled(true)
                .log("${exception.message}")
                .setHeader(Exchange.CONTENT_TYPE, constant("text/plain"))
                .choice()
                .when(exchangeProperty("CamelAiErrorCategory").isEqualTo("RATE_LIMIT"))
                .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(503))
                .setBody(constant("Many are asking just now. Please try again in a minute."))
                .when(exchangeProperty("CamelAiErrorCategory").isEqualTo("VALIDATION"))
                .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(400))
                .setBody(constant("This question cannot be asked."))
                .otherwise()
                .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(502))
                .setBody(constant("There is no answer now. Please try again later."));

            from("direct:ask").to("holysheep:chat?model=deepseek-v3.2");
            // end: web-answer
          }
        });
    Message answer = send("[[status=" + status + "]] Hi").getMessage();
    assertThat(answer.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(told);
    assertThat(answer.getBody(String.class)).doesNotContain("127.0.0.1");
  }

  @Test
  void clauseForHttpStillFits() throws Exception {
    configuration().setMaxReconnects(0);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: http-clause
            onException(HttpOperationFailedException.class)
                .onWhen(simple("${exception.statusCode} == 429"))
                .handled(true)
                .to("seda:later");

            from("direct:ask").to("holysheep:chat?model=deepseek-v3.2");
            // end: http-clause
          }
        });
    assertThat(send("[[status=429]] Hi").isFailed()).isFalse();
    assertThat(results.receiveBodyNoWait("seda:later")).isEqualTo("[[status=429]] Hi");
    assertThat(send("[[status=500]] Hi").isFailed()).isTrue();
  }

  @Test
  void redeliveryWaitsAsLongAsTheServerAsks() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: redeliver
            onException(RateLimitedException.class, ProviderUnavailableException.class)
                .onWhen(simple("${exception.progress} != 'PARTIAL'"))
                .maximumRedeliveries(3)
                .redeliveryDelay(500)
                .onExceptionOccurred(
                    exchange ->
                        exchange
                            .getMessage()
                            .setHeader(
                                Exchange.REDELIVERY_DELAY,
                                exchange.getProperty("CamelAiRetryAfterMillis")));

            from("direct:ask")
                .to("holysheep:chat?model=deepseek-v3.2&stream=true&maxReconnects=0")
                .removeHeader(Exchange.REDELIVERY_DELAY)
                .split(body())
                .streaming()
                .to("seda:parts");
            // end: redeliver
          }
        });
    long begin = System.nanoTime();
    assertThat(send("[[status=429]][[times=1]][[echo]]one two").isFailed()).isFalse();
    // The simulator asks for a second, the route alone would wait for half of one.
    assertThat(System.nanoTime() - begin).isGreaterThan(990_000_000L);
    assertThat(parts()).containsExactly("one", " two", "usage");
    assertThat(send("[[cut=1]][[echo]]one two").isFailed()).isTrue();
    assertThat(parts()).containsExactly("one");
  }

  @Test
  void anotherModelIsAskedWhereOneRefuses() throws Exception {
    configuration().setMaxReconnects(0);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: another-model
            from("direct:ask")
                .loadBalance()
                .failover(RateLimitedException.class, ProviderUnavailableException.class)
                .to("direct:first-model", "direct:second-model");

            from("direct:first-model")
                .errorHandler(noErrorHandler())
                .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                .to("direct:parts");

            from("direct:second-model")
                .errorHandler(noErrorHandler())
                .to("holysheep:chat?model=gpt-4.1&stream=true")
                .to("direct:parts");

            from("direct:parts")
                .errorHandler(noErrorHandler())
                .split(body())
                .streaming()
                .to("seda:parts");
            // end: another-model
          }
        });
    assertThat(send("[[status=503]][[times=1]][[echo]]one two").isFailed()).isFalse();
    assertThat(parts()).containsExactly("one", " two", "usage");
    assertThat(SIMULATOR.simulator().requests())
        .extracting(request -> request.body().contains("gpt-4.1"))
        .endsWith(false, true);
  }

  @Test
  void anotherModelBeginsAnewWhereOneBreaksOff() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: another-model-anew
            from("direct:ask")
                .setVariable("prompt", body())
                .doTry()
                .to("holysheep:chat?model=deepseek-v3.2&stream=true")
                .to("direct:parts")
                .doCatch(HolySheepException.class)
                .to("direct:restart")
                .setBody(variable("prompt"))
                .to("holysheep:chat?model=gpt-4.1&stream=true")
                .to("direct:parts")
                .end();

            from("direct:restart")
                .filter(simple("${exception.progress} == 'PARTIAL'"))
                .setBody(constant("Another model begins anew."))
                .setHeader("CamelHolySheepEventType", constant("restart"))
                .to("seda:parts");

            from("direct:parts")
                .errorHandler(noErrorHandler())
                .split(body())
                .streaming()
                .to("seda:parts");
            // end: another-model-anew
          }
        });
    assertThat(send("[[cut=2]][[times=1]][[echo]]one two three").isFailed()).isFalse();
    assertThat(parts()).containsExactly("one", " two", "restart", "one", " two", " three", "usage");
  }
}
