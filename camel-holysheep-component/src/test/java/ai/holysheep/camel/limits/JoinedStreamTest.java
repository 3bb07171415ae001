package ai.holysheep.camel.limits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepAggregationStrategy;
import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.testing.PartsOfAStream;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Joining costs what the parts are long, and keeps no more than it may. */
class JoinedStreamTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();
  private static final int PARTS = 2_500;

  private final HolySheepAggregationStrategy strategy = new HolySheepAggregationStrategy();

  @AfterAll
  static void close() throws Exception {
    CONTEXT.close();
  }

  @Test
  void tenThousandPartsInOrderCostFourTimesAQuarterOfThem() {
    assertLinear(parts -> {});
  }

  @Test
  void tenThousandPartsInReverseCostLittleMore() {
    assertLinear(Collections::reverse);
  }

  @Test
  void tenThousandPartsInAnyOrderCostLittleMore() {
    assertLinear(parts -> Collections.shuffle(parts, new Random(1)));
  }

  /** Copying would take sixteen times as much for four times as many. */
  private void assertLinear(Consumer<List<ChatEvent>> order) {
    allocated(PARTS, order);
    long some = allocated(PARTS, order);
    long more = allocated(4 * PARTS, order);
    assertThat(more).isLessThan(7 * some);
  }

  private long allocated(int count, Consumer<List<ChatEvent>> order) {
    String[] tokens = Collections.nCopies(count, "token ").toArray(String[]::new);
    List<ChatEvent> events = PartsOfAStream.tokens("s", tokens);
    order.accept(events);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Exchange group = null;
    for (ChatEvent event : events) {
      group = strategy.aggregate(group, exchange(event));
    }
    assertThat(strategy.matches(group)).isTrue();
    strategy.onCompletion(group);
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(group.getMessage().getBody()).isEqualTo("token ".repeat(count));
    return bytes;
  }

  /** Ten times as much text as fits into the memory of the tests. */
  @Test
  void endlessAnswerIsCutAndNotKept() {
    strategy.setMaxKeptCharacters(100_000);
    String token = "x".repeat(1 << 20);
    Exchange group = null;
    for (int i = 0; i < 10_000; i++) {
      Origin origin = new Origin("s", i, null, null, null);
      group = strategy.aggregate(group, exchange(new TextReceived(origin, i == 0 ? "y" : token)));
    }
    strategy.onCompletion(group);
    assertThat(group.getMessage().getBody()).isEqualTo("y");
    assertThat(group.getMessage().getHeader(HolySheepConstants.COMPLETE)).isEqualTo(false);
    assertThat(group.getMessage().getHeader(HolySheepConstants.MISSING)).isEqualTo("10000-");
  }

  private static Exchange exchange(ChatEvent event) {
    Exchange exchange = new DefaultExchange(CONTEXT);
    exchange.getMessage().setBody(event);
    return exchange;
  }
}
