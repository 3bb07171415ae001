package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.accounting.PriceTable;
import ai.holysheep.camel.error.BudgetExceededException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.testing.Chunks;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that may not use more than an option allows. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BudgetTest extends StreamRouteTestSupport {

  /** Forty characters, which are taken for ten tokens; the prompt is taken for one. */
  private static final String TEN_TOKENS = "ten tokens of text, forty characters... ";

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext camel = super.createCamelContext();
    camel.getRegistry().bind("dollarPerToken", PriceTable.parse("test-model.output=1000000"));
    return camel;
  }

  // One call.

  @ParameterizedTest
  @ValueSource(strings = {"maxTotalTokens=25", "prices=#dollarPerToken&maxCost=25"})
  void answerThatTakesMoreIsStopped(String limit) throws Exception {
    server.then(
        peer -> peer.head().token(TEN_TOKENS).token(TEN_TOKENS).token(TEN_TOKENS).silence());
    Exchange exchange = split(ask(limit));
    BudgetExceededException failure = failure(exchange);
    assertThat(failure.getPartialText()).isEqualTo(TEN_TOKENS.repeat(3));
    assertThat(failure.getProgress()).isEqualTo(Progress.PARTIAL);
    assertThat(failure.getUsage().completionTokens()).isEqualTo(30);
    assertThat(failure)
        .hasMessageContaining("31 tokens (estimated)")
        .hasMessageContaining(limit.contains("maxCost") ? "'maxCost' allows 25" : "allows 25")
        .hasMessageContaining("characters of text had come");
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void answerWithinTheLimitIsWhole() throws Exception {
    server.then(peer -> peer.head().token(TEN_TOKENS).token(TEN_TOKENS).finish());
    assertThat(split(ask("maxTotalTokens=21")).getException()).isNull();
    assertThat(texts(3).get(1)).isEqualTo(TEN_TOKENS);
  }

  @Test
  void whatTheServerCountsIsPreferred() throws Exception {
    server.then(
        peer ->
            peer.head()
                .event(Chunks.usage(7, 90))
                .token("Hel")
                .event(Chunks.usage(7, 95))
                .token("lo")
                .silence());
    BudgetExceededException failure = failure(split(ask("maxTotalTokens=100")));
    assertThat(failure).hasMessageContaining("102 tokens (server)");
    assertThat(failure.getPartialText()).isEqualTo("Hel");
  }

  @Test
  void answerThatIsThereIsNotThrownAway() throws Exception {
    server.then(
        peer ->
            peer.head()
                .token("Hello")
                .event(Chunks.finish("stop"))
                .event(Chunks.usage(7, 500))
                .done());
    assertThat(split(ask("maxTotalTokens=100")).getException()).isNull();
    assertThat(messages().get(1).getHeader(HolySheepConstants.TOTAL_TOKENS)).isEqualTo(507L);
  }

  @Test
  void triesCountTogether() throws Exception {
    server.then(peer -> peer.head().token(TEN_TOKENS).token(TEN_TOKENS).reset());
    server.then(peer -> peer.head().token(TEN_TOKENS).silence());
    BudgetExceededException failure =
        failure(split(askAgain(1, "recovery=restart", "maxTotalTokens=25")));
    assertThat(failure).hasMessageContaining("32 tokens").hasMessageContaining("try 2");
  }

  @Test
  void promptThatIsTooLongIsNotSent() throws Exception {
    routes(rb -> rb.from("direct:ask").to(ask("maxTotalTokens=100")));
    Exchange exchange = template.send("direct:ask", e -> e.getMessage().setBody("x".repeat(500)));
    assertThat(failure(exchange).getProgress()).isEqualTo(Progress.NOT_SENT);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void modelWithoutAPriceIsNotAskedWhereTheCostMatters() throws Exception {
    Exchange exchange = split(ask("maxCost=1"));
    assertThat(cause(exchange.getException(), RequestRejectedException.class))
        .hasMessageContaining("maxCost")
        .hasMessageContaining("test-model")
        .hasMessageContaining("priceTable");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void wholeAnswerThatIsThereIsNotThrownAwayEither() throws Exception {
    String text = "x".repeat(4000);
    server.then(
        peer ->
            peer.document(
                200,
                "application/json",
                "{\"choices\":[{\"message\":{\"content\":\"" + text + "\"}}]}"));
    String endpoint = ask("maxTotalTokens=100").replace("stream=true", "stream=false");
    routes(rb -> rb.from("direct:ask").to(endpoint).to("mock:parts"));
    assertThat(send().getException()).isNull();
    assertThat(texts(1)).containsExactly(text);
  }

  @Test
  void failureIsTheLastPartWhereThatIsWanted() throws Exception {
    server.then(peer -> peer.head().token(TEN_TOKENS).token(TEN_TOKENS).silence());
    split(ask("maxTotalTokens=15", "throwExceptionOnFailure=false"));
    Message last = messages().get(messages().size() - 1);
    assertThat(last.getHeader(HolySheepConstants.EVENT_TYPE)).isEqualTo("error");
    assertThat(last.getBody()).isInstanceOf(BudgetExceededException.class);
  }

  @Test
  void pushedStreamIsStoppedToo() throws Exception {
    server.then(peer -> peer.head().token(TEN_TOKENS).token(TEN_TOKENS).silence());
    routes(
        rb -> {
          rb.from("direct:part").to("mock:parts");
          rb.from("direct:ask").to(ask("maxTotalTokens=15", "streamTo=direct:part"));
        });
    Exchange exchange = template.send("direct:ask", e -> e.getMessage().setBody("Hi"));
    assertThat(failure(exchange).getPartialText()).isEqualTo(TEN_TOKENS.repeat(2));
  }

  // All calls of a component.

  @Test
  void callsAreRefusedWhenTheTokensAreUsedUp() throws Exception {
    HolySheepComponent component = new HolySheepComponent();
    component.setBudgetTokens(20);
    context.addComponent("limited", component);
    server.then(StreamRouteTestSupport::hello).then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").to(limited(ask())).convertBodyTo(String.class));
    assertThat(send().getException()).isNull();
    assertThat(component.getSpentTokens()).isEqualTo(10);
    assertThat(send().getException()).isNull();
    BudgetExceededException failure = failure(send());
    assertThat(failure)
        .hasMessageContaining("Nothing was sent")
        .hasMessageContaining("20 of the 20 tokens")
        .hasMessageContaining("budgetTokens")
        .hasMessageContaining("3600 s");
    assertThat(failure.getProgress()).isEqualTo(Progress.NOT_SENT);
    assertThat(server.requests()).hasSize(2);
    assertThat(component.getSpentTokens()).isEqualTo(20);
  }

  @Test
  void callsAreRefusedWhenTheMoneyIsUsedUp() throws Exception {
    HolySheepComponent component = new HolySheepComponent();
    component.setBudgetCost(3);
    context.addComponent("limited", component);
    server.then(StreamRouteTestSupport::hello);
    String endpoint = limited(ask("prices=#dollarPerToken&costCurrency=CNY&cnyPerUsd=7.3"));
    routes(rb -> rb.from("direct:ask").to(endpoint).convertBodyTo(String.class));
    assertThat(send().getException()).isNull();
    assertThat(component.getSpentDollars()).isEqualByComparingTo("3");
    assertThat(failure(send())).hasMessageContaining("3 of the 3.0 US dollars");
  }

  @Test
  void cancelledCallsCountWithWhatTheyHaveUsed() throws Exception {
    HolySheepComponent component = new HolySheepComponent();
    component.setBudgetTokens(11);
    context.addComponent("limited", component);
    server.then(peer -> peer.head().token(TEN_TOKENS).silence());
    routes(
        rb ->
            rb.from("direct:ask")
                .to(limited(ask()))
                .split(body())
                .streaming()
                .stopOnException()
                .throwException(new IllegalStateException("enough")));
    send();
    assertThat(component.getSpentTokens()).isEqualTo(11);
    assertThat(failure(send())).hasMessageContaining("11 of the 11 tokens");
  }

  @ParameterizedTest
  @CsvSource({"-1,0,1", "0,-1,1", "0,0,0", "NaN,0,1"})
  void limitsThatAreNoneFailTheComponent(double cost, long tokens, long window) {
    HolySheepComponent component = new HolySheepComponent();
    component.setCamelContext(context);
    component.setBudgetCost(cost);
    component.setBudgetTokens(tokens);
    component.setBudgetWindow(window);
    assertThatThrownBy(component::init).hasMessageContaining("The option 'budget");
  }

  private static String limited(String endpoint) {
    return endpoint.replace("holysheep:", "limited:");
  }

  private Exchange split(String endpoint) throws Exception {
    routes(
        rb -> rb.from("direct:ask").to(endpoint).split(body()).streaming().to("mock:parts").end());
    return send();
  }

  private Exchange send() {
    return template.send("direct:ask", exchange -> exchange.getMessage().setBody("Hi"));
  }

  private static BudgetExceededException failure(Exchange exchange) {
    return cause(exchange.getException(), BudgetExceededException.class);
  }
}
