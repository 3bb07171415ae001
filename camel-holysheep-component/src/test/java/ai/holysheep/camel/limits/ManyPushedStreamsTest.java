package ai.holysheep.camel.limits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.OpenCalls;
import ai.holysheep.camel.testing.Chunks;
import ai.holysheep.camel.testing.CrowdServer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of streams at once, each pushed into a route of its own. */
@Timeout(120)
class ManyPushedStreamsTest extends CamelTestSupport {

  private static final int STREAMS = 2000;
  private static final int MOST_THREADS = 63;

  @Test
  void twoThousandStreamsAreRoutedInOrderWithFewThreads() throws Exception {
    Map<Object, List<Object>> indexes = new ConcurrentHashMap<>();
    AtomicInteger tokens = new AtomicInteger();
    CountDownLatch answers = new CountDownLatch(STREAMS);
    AtomicInteger whole = new AtomicInteger();
    try (CrowdServer server = new CrowdServer()) {
      RouteBuilder.addRoutes(
          context,
          rb -> {
            rb.from("seda:ask?size=" + STREAMS)
                .to("holysheep:chat?model=m&streamTo=direct:parts&baseUrl=" + server.baseUrl())
                .process(exchange -> whole.addAndGet(isWhole(exchange) ? 1 : 0))
                .process(exchange -> answers.countDown());
            rb.from("direct:parts").process(part -> note(part, indexes, tokens));
          });
      for (int i = 0; i < STREAMS; i++) {
        template.sendBody("seda:ask", "Hi");
      }
      await(() -> server.streamCount() == STREAMS);
      server.event(Chunks.token("Hel"));
      await(() -> tokens.get() == STREAMS);
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();
      assertThat(OpenCalls.of(context)).isEqualTo(STREAMS);
      assertThat(threads).as("threads of the whole JVM").isLessThanOrEqualTo(MOST_THREADS);
      server.event(Chunks.token("lo"));
      server.event(Chunks.finish("stop"));
      server.event("[DONE]");
      server.end();
      assertThat(answers.await(60, TimeUnit.SECONDS)).as("all have answers").isTrue();
    }
    assertThat(whole).hasValue(STREAMS);
    assertThat(indexes).hasSize(STREAMS);
    assertThat(indexes.values()).allSatisfy(of -> assertThat(of).containsExactly(0L, 1L, 2L));
    assertThat(OpenCalls.of(context)).isZero();
  }

  private static boolean isWhole(Exchange exchange) {
    return "Hello".equals(exchange.getMessage().getBody());
  }

  private static void note(Exchange part, Map<Object, List<Object>> indexes, AtomicInteger tokens) {
    Object id = part.getMessage().getHeader(HolySheepConstants.STREAM_ID);
    indexes
        .computeIfAbsent(id, any -> new ArrayList<>())
        .add(part.getMessage().getHeader(HolySheepConstants.INDEX));
    tokens.incrementAndGet();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
