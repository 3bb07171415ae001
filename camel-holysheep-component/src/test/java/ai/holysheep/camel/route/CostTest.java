package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.accounting.PriceTable;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.CostCoverage;
import ai.holysheep.camel.chat.CostSource;
import ai.holysheep.camel.testing.Chunks;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an answer cost, as a route is told. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CostTest extends StreamRouteTestSupport {

  /** For a prompt of 7 tokens and an answer of 3. */
  private static final String PRICES = "test-model.output=10\ntest-model.input=2";

  @Test
  void costIsComputedByTheTableOfTheRoute(@TempDir Path folder) throws Exception {
    Path table = Files.writeString(folder.resolve("prices.properties"), PRICES);
    Message last = last("priceTable=file:" + table);
    assertThat(last.getHeaders())
        .containsEntry(HolySheepConstants.COST, new BigDecimal("0.000044"))
        .containsEntry(HolySheepConstants.COST_CURRENCY, "USD")
        .containsEntry(HolySheepConstants.COST_SOURCE, "prices")
        .containsEntry(HolySheepConstants.COST_COVERAGE, "all");
  }

  @Test
  void costIsToldInYuan() throws Exception {
    context.getRegistry().bind("mine", PriceTable.parse("test-model.output=10"));
    Message last = last("prices=#mine", "costCurrency=CNY", "cnyPerUsd=7.3");
    assertThat(last.getHeaders())
        .containsEntry(HolySheepConstants.COST, new BigDecimal("0.000219"))
        .containsEntry(HolySheepConstants.COST_CURRENCY, "CNY")
        .containsEntry(HolySheepConstants.COST_COVERAGE, "output");
  }

  @Test
  void whatTheServerSaysIsPreferred() throws Exception {
    context.getRegistry().bind("mine", PriceTable.parse(PRICES));
    server.then(
        peer ->
            peer.head()
                .token("Hello")
                .event(Chunks.finish("stop"))
                .event(Chunks.usage(7, 3).replace("\"prompt", "\"cost\":0.5,\"prompt"))
                .done());
    assertThat(split("prices=#mine").getHeaders())
        .containsEntry(HolySheepConstants.COST, new BigDecimal("0.5"))
        .containsEntry(HolySheepConstants.COST_SOURCE, "server");
  }

  @Test
  void whatHolySheepPublishesIsNotTrueOfOtherServers() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    Message last = splitPartsOf(ask().replace("test-model", "gpt-4.1"));
    assertThat(last.getHeaders())
        .containsKey(HolySheepConstants.TOTAL_TOKENS)
        .doesNotContainKeys(HolySheepConstants.COST, HolySheepConstants.COST_SOURCE);
  }

  @Test
  void triesThatWerePaidForAreInTheSum() throws Exception {
    context.getRegistry().bind("mine", PriceTable.parse("test-model.output=1000000"));
    server.then(peer -> peer.head().token("12345678").reset());
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:ask")
                .to(askAgain(1, "recovery=restart", "prices=#mine", "bodyFormat=object"))
                .convertBodyTo(ChatAnswer.class)
                .to("mock:parts"));
    template.sendBody("direct:ask", "Hi");
    ChatAnswer answer = received("mock:parts", 1).get(0).getMessage().getBody(ChatAnswer.class);
    assertThat(answer.report().usage().cost())
        .isEqualTo(new Cost(new BigDecimal("5"), Cost.USD, CostSource.PRICES, CostCoverage.OUTPUT));
  }

  @Test
  void tableThatIsWrongKeepsTheRouteFromStarting(@TempDir Path folder) throws Exception {
    Path table = Files.writeString(folder.resolve("prices.properties"), "test-model.output=cheap");
    assertThatThrownBy(
            () -> routes(rb -> rb.from("direct:ask").to(ask("priceTable=file:" + table))))
        .rootCause()
        .hasMessageContaining("is no number: 'cheap'");
    assertThatThrownBy(() -> routes(rb -> rb.from("direct:b").to(ask("costCurrency=EUR"))))
        .rootCause()
        .hasMessageContaining("must be USD or CNY, and is 'EUR'");
    assertThatThrownBy(
            () -> routes(rb -> rb.from("direct:c").to(ask("costCurrency=CNY", "cnyPerUsd=0"))))
        .rootCause()
        .hasMessageContaining("'cnyPerUsd' must be more than 0");
  }

  private Message last(String... options) throws Exception {
    server.then(StreamRouteTestSupport::hello);
    return split(options);
  }

  private Message split(String... options) throws Exception {
    return splitPartsOf(ask(options));
  }

  private Message splitPartsOf(String endpoint) throws Exception {
    routes(rb -> rb.from("direct:ask").to(endpoint).split(body()).streaming().to("mock:parts"));
    template.sendBody("direct:ask", "Hi");
    return messages().get(messages().size() - 1);
  }
}
