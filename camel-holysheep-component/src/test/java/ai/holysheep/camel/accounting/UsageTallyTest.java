package ai.holysheep.camel.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.CostCoverage;
import ai.holysheep.camel.chat.CostSource;
import ai.holysheep.camel.chat.ToolCallFragment;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageTallyTest {

  private final UsageTally tally = new UsageTally(Pricing.BY_SERVER, "m", 40);

  @Test
  void usageOfTheServerIsTakenAsItIs() {
    Usage sent = new Usage(5L, 3L, 8L, null, null, UsageSource.SERVER);
    tally.accept(text("whatever the length of the text may be"));
    tally.accept(usage(sent));
    assertThat(tally.usage()).isEqualTo(sent);
  }

  @Test
  void cumulativeUsageOnEveryChunkIsNotAddedUp() {
    Usage last = new Usage(5L, 2L, 7L, null, null, UsageSource.SERVER);
    tally.accept(usage(new Usage(5L, 1L, 6L, null, null, UsageSource.SERVER)));
    tally.accept(usage(last));
    assertThat(tally.usage()).isEqualTo(last);
  }

  @Test
  void costOfAllTriesIsTheSumAndUnknownWhereThatOfOneIs() {
    tally.accept(usage(costing("0.1")));
    tally.nextAttempt("m", 8);
    tally.accept(usage(costing("0.02")));
    assertThat(tally.usage().cost()).isEqualTo(Cost.ofServer(new BigDecimal("0.12")));

    tally.nextAttempt("m", 8);
    tally.accept(text("some text"));
    assertThat(tally.usage().cost()).isNull();
  }

  @Test
  void costOfTriesThatServerAndPricesTellIsMarkedAsMixed() {
    PriceTable prices = PriceTable.parse("m.output=1000000");
    UsageTally priced = new UsageTally(new Pricing(prices, "USD", BigDecimal.ONE), "m", 40);
    priced.accept(usage(costing("0.5")));
    priced.nextAttempt("m", 8);
    priced.accept(text("12345678"));
    assertThat(priced.usage().cost())
        .isEqualTo(new Cost(new BigDecimal("2.5"), "USD", CostSource.MIXED, CostCoverage.OUTPUT));
    assertThat(priced.usage().source()).isEqualTo(UsageSource.ESTIMATED);
  }

  private static Usage costing(String cost) {
    return new Usage(
        5L, 2L, 7L, null, null, UsageSource.SERVER, Cost.ofServer(new BigDecimal(cost)));
  }

  @Test
  void partialUsageOfTheServerIsNotFilledWithEstimates() {
    Usage partial = new Usage(null, 2L, null, null, null, UsageSource.SERVER);
    tally.accept(text("some text"));
    tally.accept(usage(partial));
    assertThat(tally.usage()).isEqualTo(partial);
  }

  @Test
  void missingUsageIsEstimatedFromTheTextsAndSaysSo() {
    tally.accept(text("12345678"));
    tally.accept(text("9"));
    assertThat(tally.usage()).isEqualTo(new Usage(10L, 3L, 13L, null, 0L, UsageSource.ESTIMATED));
  }

  @Test
  void reasoningCountsAsCompletionInAnEstimate() {
    tally.accept(delta(new ChoiceDelta(0, null, "12345678", List.of(), null)));
    tally.accept(text("1234"));
    assertThat(tally.usage()).isEqualTo(new Usage(10L, 3L, 13L, null, 2L, UsageSource.ESTIMATED));
  }

  @Test
  void toolCallsCountAsCompletionInAnEstimate() {
    ToolCallFragment fragment = new ToolCallFragment(0, "call_1", "abcd", "{\"a\":1}x");
    tally.accept(delta(new ChoiceDelta(0, null, null, List.of(fragment), null)));
    assertThat(tally.usage().completionTokens()).isEqualTo(3L);
  }

  private static Chunk text(String text) {
    return delta(new ChoiceDelta(0, text, null, List.of(), null));
  }

  private static Chunk delta(ChoiceDelta delta) {
    return new Chunk(null, null, List.of(delta), null, null);
  }

  private static Chunk usage(Usage usage) {
    return new Chunk(null, null, List.of(), usage, null);
  }
}
