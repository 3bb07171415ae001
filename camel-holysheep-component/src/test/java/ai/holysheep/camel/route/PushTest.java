package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.error.TransportFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Handler;
import org.apache.camel.Message;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams whose parts are sent to an endpoint. */
@Timeout(60)
class PushTest extends StreamRouteTestSupport {

  private final CountDownLatch gate = new CountDownLatch(1);

  @Test
  void eachPartIsAnExchangeAndTheAnswerIsTheBodyAfterwards() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").to(ask("streamTo=mock:parts")).to("mock:answer"));
    template.sendBody("direct:ask", "Hi");
    assertHello();
    Message answer = received("mock:answer", 1).get(0).getMessage();
    assertThat(answer.getBody()).isEqualTo("Hello");
    assertThat(answer.getHeader(HolySheepConstants.TOTAL_TOKENS)).isEqualTo(10L);
    assertThat(answer.getHeader(HolySheepConstants.FINISH_REASON)).isEqualTo("stop");
    assertThat(answer.getHeader(HolySheepConstants.STREAM_ID))
        .isEqualTo(messages().get(0).getHeader(HolySheepConstants.STREAM_ID));
    assertThat(answer.getHeader(HolySheepConstants.INDEX)).isNull();
    assertThat(messages().get(2).getBody()).isInstanceOf(Usage.class);
  }

  @Test
  void streamToAloneMakesAStreamOfIt() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    String endpoint =
        "holysheep:chat?model=m&apiKey=key-1&baseUrl=" + server.baseUrl() + "&streamTo=mock:parts";
    assertThat(template.requestBody(endpoint, "Hi", String.class)).isEqualTo("Hello");
    assertHello();
  }

  @Test
  void partIsSentWhenItComesAndNotLater() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    server.then(peer -> peer.head().token("Hel").await(gate).token("lo").finish());
    routes(
        rb -> {
          rb.from("direct:ask").to(ask("streamTo=direct:parts"));
          rb.from("direct:parts").to("mock:parts").process(exchange -> first.countDown());
        });
    CompletableFuture<Object> answer = template.asyncRequestBody("direct:ask", "Hi");
    await(first);
    assertThat(parts().getExchanges()).hasSize(1);
    assertThat(answer).isNotDone();
    gate.countDown();
    assertThat(await(answer)).isEqualTo("Hello");
    assertHello();
  }

  @Test
  void nextPartWaitsUntilTheRouteIsDoneWithTheOneBeforeThoughItHoldsNoThread() throws Exception {
    CompletableFuture<AsyncCallback> held = new CompletableFuture<>();
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb -> {
          rb.from("direct:ask").to(ask("streamTo=direct:parts"));
          rb.from("direct:parts").to("mock:parts").process(new HoldsTheFirst(held));
        });
    CompletableFuture<Object> answer = template.asyncRequestBody("direct:ask", "Hi");
    AsyncCallback callback = await(held);
    assertThat(parts().getExchanges()).hasSize(1);
    callback.done(false);
    assertThat(await(answer)).isEqualTo("Hello");
    assertHello();
  }

  @Test
  void partsHaveHeadersPropertiesAndVariablesOfTheExchangeThatAsked() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:ask")
                .setProperty("order", rb.constant(7))
                .setVariable("shop", rb.constant("north"))
                .to(ask("streamTo=mock:parts")));
    template.sendBodyAndHeader("direct:ask", ExchangePattern.InOut, "Hi", "socket", "s-1");
    received("mock:parts", 3);
    for (Exchange part : parts().getExchanges()) {
      assertThat(part.getMessage().getHeader("socket")).isEqualTo("s-1");
      assertThat(part.getProperty("order")).isEqualTo(7);
      assertThat(part.getVariable("shop")).isEqualTo("north");
      assertThat(part.getPattern()).isEqualTo(ExchangePattern.InOnly);
    }
  }

  @Test
  void failureOfTheTargetEndsTheStreamAndFailsTheCaller() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    routes(
        rb -> {
          rb.from("direct:ask").to(ask("streamTo=direct:parts"));
          rb.from("direct:parts")
              .to("mock:parts")
              .filter(rb.header(HolySheepConstants.INDEX).isEqualTo(2))
              .throwException(new IllegalStateException("disk full"));
        });
    Exchange failed = template.send("direct:ask", exchange -> exchange.getMessage().setBody("Hi"));
    CallCancelledException failure = (CallCancelledException) failed.getException();
    assertThat(failure)
        .hasMessageContaining("direct://parts failed")
        .hasMessageContaining("disk full")
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(failure.getPartialText()).contains("t0 t1 t2 ");
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    received("mock:parts", 3);
  }

  @Test
  void callersErrorHandlerCatchesTheFailureOfTheTargetByItsClass() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb -> {
          rb.from("direct:ask")
              .onException(IllegalStateException.class)
              .handled(true)
              .setBody(rb.constant("sorry"))
              .end()
              .to(ask("streamTo=direct:parts"));
          rb.from("direct:parts").throwException(new IllegalStateException("disk full"));
        });
    assertThat(template.requestBody("direct:ask", "Hi", String.class)).isEqualTo("sorry");
  }

  @Test
  void withoutStopOnExceptionTheOtherPartsAreSentAndTheCallerFailsAtTheEnd() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb -> {
          rb.from("direct:ask").to(ask("stopOnException=false", "streamTo=direct:parts"));
          rb.from("direct:parts")
              .to("mock:parts")
              .filter(rb.header(HolySheepConstants.INDEX).isEqualTo(0))
              .throwException(new IllegalStateException("disk full"));
        });
    Exchange failed = template.send("direct:ask", exchange -> exchange.getMessage().setBody("Hi"));
    assertHello();
    assertThat(failed.getException())
        .isInstanceOf(CamelExchangeException.class)
        .hasMessageContaining("1 of 3 parts failed at direct://parts")
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(failed.getMessage().getBody()).isEqualTo("Hello");
  }

  @Test
  void partThatIsMarkedForRollbackEndsTheStream() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    routes(
        rb -> {
          rb.from("direct:ask").to(ask("streamTo=direct:parts"));
          rb.from("direct:parts").markRollbackOnly();
        });
    Exchange failed = template.send("direct:ask", exchange -> exchange.getMessage().setBody("Hi"));
    assertThat(failed.getException()).hasCauseInstanceOf(RollbackExchangeException.class);
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void stopInTheTargetEndsTheRoutingOfThatPartAlone() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb -> {
          rb.from("direct:ask").to(ask("streamTo=direct:parts"));
          rb.from("direct:parts").to("mock:parts").stop();
        });
    assertThat(template.requestBody("direct:ask", "Hi")).isEqualTo("Hello");
    assertHello();
  }

  @Test
  void failureInTheMiddleIsTheLastPartAndFailsTheCaller() throws Exception {
    server.then(peer -> peer.head().token("Hel").reset());
    routes(rb -> rb.from("direct:ask").to(ask("streamTo=mock:parts")));
    Exchange failed = template.send("direct:ask", exchange -> exchange.getMessage().setBody("Hi"));
    HolySheepException failure = (HolySheepException) failed.getException();
    assertThat(failure).isInstanceOf(TransportFailedException.class);
    assertThat(failure.getPartialText()).contains("Hel");
    assertThat(failed.getProperty(HolySheepConstants.AI_ERROR_CATEGORY)).isEqualTo("SERVER_ERROR");
    Message last = received("mock:parts", 2).get(1).getMessage();
    assertThat(last.getHeader(HolySheepConstants.EVENT_TYPE)).isEqualTo("error");
    assertThat(last.getBody()).isSameAs(failure);
  }

  @Test
  void failureThatIsAnEventFailsNobodyAndIsTheCallersMessage() throws Exception {
    server.then(peer -> peer.head().token("Hel").reset());
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask("throwExceptionOnFailure=false", "streamTo=mock:parts"))
                .to("mock:answer"));
    template.sendBody("direct:ask", "Hi");
    Message answer = received("mock:answer", 1).get(0).getMessage();
    assertThat(answer.getHeader(HolySheepConstants.EVENT_TYPE)).isEqualTo("error");
    assertThat(answer.getBody()).isInstanceOf(TransportFailedException.class);
    received("mock:parts", 2);
  }

  @Test
  void refusalFailsTheCallerAndTheTargetSeesNothing() throws Exception {
    server.then(peer -> peer.document(401, "application/json", "{\"error\":{\"message\":\"no\"}}"));
    routes(rb -> rb.from("direct:ask").to(ask("streamTo=mock:parts")));
    Exchange failed = template.send("direct:ask", exchange -> exchange.getMessage().setBody("Hi"));
    assertThat(failed.getException()).isInstanceOf(AuthenticationFailedException.class);
    assertThat(parts().getExchanges()).isEmpty();
  }

  @Test
  void callThatFailsBeforeItsFirstPartIsTriedAgain() throws Exception {
    server.then(peer -> peer.document(503, "application/json", "{}"));
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").to(askAgain(1, "streamTo=mock:parts")));
    assertThat(template.requestBody("direct:ask", "Hi")).isEqualTo("Hello");
    assertHello();
  }

  @Test
  void targetThatIsNoEndpointFailsTheStart() {
    assertThatThrownBy(() -> routes(rb -> rb.from("direct:ask").to(ask("streamTo=nowhere:tokens"))))
        .rootCause()
        .hasMessageContaining("nowhere");
    assertThatThrownBy(
            () -> routes(rb -> rb.from("direct:ask2").to(ask("streamTo=nowhere:tokens"))))
        .hasStackTraceContaining("The option 'streamTo' names an endpoint that there is not");
  }

  @Test
  void targetWithoutConsumerEndsTheStreamAtItsFirstPart() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    routes(rb -> rb.from("direct:ask").to(ask("streamTo=RAW(direct:nobody?block=false)")));
    Exchange failed = template.send("direct:ask", exchange -> exchange.getMessage().setBody("Hi"));
    assertThat(failed.getException())
        .isInstanceOf(CallCancelledException.class)
        .hasMessageContaining("direct://nobody");
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void targetMayDependOnTheMessage() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").to(ask("streamTo=mock:${header.user}")));
    template.requestBodyAndHeader("direct:ask", "Hi", "user", "parts");
    assertHello();
  }

  @Test
  void targetThatDependsOnAMessageThatNamesNoneIsRefusedBeforeAnythingIsSent() throws Exception {
    routes(rb -> rb.from("direct:ask").to(ask("streamTo=${header.target}")));
    Exchange failed = template.send("direct:ask", exchange -> exchange.getMessage().setBody("Hi"));
    assertThat(failed.getException())
        .hasMessageContaining("The option 'streamTo'")
        .hasMessageContaining("names no endpoint");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void messageThatWantsAWholeAnswerIsRefused() throws Exception {
    routes(rb -> rb.from("direct:ask").to(ask("streamTo=mock:parts")));
    Exchange failed =
        template.send(
            "direct:ask",
            exchange -> {
              exchange.getMessage().setBody("Hi");
              exchange.getMessage().setHeader(HolySheepConstants.STREAM, false);
            });
    assertThat(failed.getException())
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("streamTo");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void partsAreRoutedByTheComponentsPool() throws Exception {
    assertThat(threadOfParts("useWorkerPool=true")).contains("HolySheepWorker");
  }

  @Test
  void partsOfRoutesThatNeverWaitAreNotRoutedByThePool() throws Exception {
    // By a thread that reads, or by the one that asks, where the reply is there so soon.
    assertThat(threadOfParts("useWorkerPool=false")).doesNotContain("HolySheepWorker");
  }

  private String threadOfParts(String option) throws Exception {
    CompletableFuture<String> thread = new CompletableFuture<>();
    CompletableFuture<String> afterwards = new CompletableFuture<>();
    server.then(peer -> peer.head().token("Hel").await(gate).token("lo").finish());
    routes(
        rb -> {
          rb.from("direct:ask")
              .to(ask(option, "streamTo=direct:parts"))
              .process(exchange -> afterwards.complete(Thread.currentThread().getName()));
          rb.from("direct:parts")
              .process(exchange -> thread.complete(Thread.currentThread().getName()));
        });
    template.asyncSendBody("direct:ask", "Hi");
    String name = await(thread);
    gate.countDown();
    assertThat(await(afterwards)).as("what follows may wait").contains("HolySheepWorker");
    return name;
  }

  @Test
  void cancelledByItsIdTheCallerFailsAndTheTargetIsTold() throws Exception {
    CompletableFuture<String> id = new CompletableFuture<>();
    server.then(peer -> peer.head().token("Hel").silence());
    routes(
        rb -> {
          rb.from("direct:ask").to(ask("streamTo=direct:parts"));
          rb.from("direct:parts")
              .to("mock:parts")
              .process(
                  exchange ->
                      id.complete(
                          exchange
                              .getMessage()
                              .getHeader(HolySheepConstants.STREAM_ID, String.class)));
        });
    CompletableFuture<Exchange> asked =
        template.asyncSend("direct:ask", exchange -> exchange.getMessage().setBody("Hi"));
    HolySheepComponent component = context.getComponent("holysheep", HolySheepComponent.class);
    assertThat(component.cancelStream(await(id))).isTrue();
    assertThat(await(asked).getException()).isInstanceOf(CallCancelledException.class);
    assertThat(received("mock:parts", 2).get(1).getMessage().getHeader("CamelHolySheepEventType"))
        .isEqualTo("error");
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void beanAndLogAndSedaTakeParts() throws Exception {
    context.getRegistry().bind("tokens", new Tokens());
    for (String target : List.of("bean:tokens", "log:tokens", "seda:tokens")) {
      server.then(StreamRouteTestSupport::hello);
      String endpoint = ask("streamTo=" + target);
      assertThat(template.requestBody(endpoint, "Hi")).as(target).isEqualTo("Hello");
    }
    assertThat(context.getRegistry().lookupByNameAndType("tokens", Tokens.class).text.toString())
        .startsWith("Hello");
  }

  @Test
  void filesAreWrittenWithAllParts(@TempDir Path folder) throws Exception {
    server.then(StreamRouteTestSupport::hello);
    String target = "file:" + folder + "?fileExist=Append&fileName=answer.txt";
    routes(rb -> rb.from("direct:ask").to(ask("streamTo=RAW(" + target + ")")));
    template.requestBody("direct:ask", "Hi");
    assertThat(Files.readString(folder.resolve("answer.txt")))
        .startsWith("Hello{\"prompt_tokens\":7,");
  }

  @Test
  void nextQuestionUsesTheConnectionAgain() throws Exception {
    server.then(StreamRouteTestSupport::hello, StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").to(ask("streamTo=mock:parts")));
    template.requestBody("direct:ask", "Hi");
    template.requestBody("direct:ask", "Hi");
    assertThat(server.connectionCount()).isEqualTo(1);
  }

  /** A bean that is given the parts. */
  public static class Tokens {

    private final StringBuilder text = new StringBuilder();

    @Handler
    public void take(String part) {
      text.append(part);
    }
  }

  private static final class HoldsTheFirst extends AsyncProcessorSupport {

    private final CompletableFuture<AsyncCallback> held;

    HoldsTheFirst(CompletableFuture<AsyncCallback> held) {
      this.held = held;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      if (held.complete(callback)) {
        return false;
      }
      callback.done(true);
      return true;
    }
  }
}
