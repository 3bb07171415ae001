package ai.holysheep.camel.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What has been spent within an hour that moves on. */
class SpendingWindowTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final SpendingWindow window = tokens(100);
  private long nowNanos = Duration.ofDays(3).toNanos();

  @Test
  void nothingIsSpentInTheBeginning() {
    assertThat(window.spent(nowNanos)).isEqualTo(Spent.NOTHING);
    assertThat(window.usedUpFor(nowNanos)).isNull();
  }

  @Test
  void budgetIsUsedUpByAllOfIt() {
    window.add(nowNanos, new Spent(99, BigDecimal.ZERO));
    assertThat(window.usedUpFor(nowNanos)).isNull();
    window.add(nowNanos, new Spent(1, BigDecimal.ZERO));
    assertThat(window.usedUpFor(nowNanos)).isNotNull();
  }

  @Test
  void moneyUsesItUpToo() {
    SpendingWindow dollars = new SpendingWindow(new WindowBudget(0, new BigDecimal("0.50"), HOUR));
    dollars.add(nowNanos, new Spent(1_000_000, new BigDecimal("0.49")));
    assertThat(dollars.usedUpFor(nowNanos)).isNull();
    dollars.add(nowNanos, new Spent(1, new BigDecimal("0.01")));
    assertThat(dollars.usedUpFor(nowNanos)).isNotNull();
  }

  @Test
  void withoutALimitItIsNeverUsedUp() {
    SpendingWindow free = new SpendingWindow(WindowBudget.NONE);
    free.add(nowNanos, new Spent(Long.MAX_VALUE / 2, new BigDecimal("1e9")));
    assertThat(free.usedUpFor(nowNanos)).isNull();
  }

  @Test
  void whatIsOlderThanTheTimeDoesNotCount() {
    window.add(nowNanos, new Spent(60, BigDecimal.ONE));
    pass(Duration.ofMinutes(30));
    window.add(nowNanos, new Spent(30, BigDecimal.ONE));
    pass(Duration.ofMinutes(30));
    assertThat(window.spent(nowNanos)).isEqualTo(new Spent(90, new BigDecimal(2)));
    pass(Duration.ofMinutes(1));
    assertThat(window.spent(nowNanos)).isEqualTo(new Spent(30, BigDecimal.ONE));
  }

  @Test
  void tellsWhenThereIsRoomAgain() {
    window.add(nowNanos, new Spent(60, BigDecimal.ZERO));
    pass(Duration.ofMinutes(20));
    window.add(nowNanos, new Spent(60, BigDecimal.ZERO));
    Duration wait = window.usedUpFor(nowNanos);
    assertThat(wait).isBetween(Duration.ofMinutes(40), Duration.ofMinutes(41));
    pass(wait.minusNanos(1));
    assertThat(window.usedUpFor(nowNanos)).isNotNull();
    pass(Duration.ofNanos(1));
    assertThat(window.usedUpFor(nowNanos)).isNull();
  }

  @Property
  void everyCallCountsForAnHourAndNotMuchLonger(
      @ForAll @Size(max = 300) List<@IntRange(max = 600) Integer> secondsBetween) {
    SpendingWindow other = tokens(1);
    long[] at = new long[secondsBetween.size()];
    long now = 0;
    for (int i = 0; i < at.length; i++) {
      now += Duration.ofSeconds(secondsBetween.get(i)).toNanos();
      at[i] = now;
      other.add(now, new Spent(1, BigDecimal.ZERO));
    }
    long end = now;
    long least = countSince(at, end - HOUR.toNanos());
    long most = countSince(at, end - HOUR.toNanos() - HOUR.toNanos() / 60);
    assertThat(other.spent(end).tokens()).isBetween(least, most);
  }

  @Test
  void nothingIsLostAmongThreads() {
    List<CompletableFuture<Void>> adding =
        IntStream.range(0, 8)
            .mapToObj(
                n ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int i = 0; i < 1000; i++) {
                            window.add(nowNanos, new Spent(1, new BigDecimal("0.001")));
                          }
                        }))
            .toList();
    adding.forEach(CompletableFuture::join);
    assertThat(window.spent(nowNanos)).isEqualTo(new Spent(8000, new BigDecimal("8.000")));
  }

  private static long countSince(long[] at, long nanos) {
    return Arrays.stream(at).filter(each -> each > nanos).count();
  }

  private static SpendingWindow tokens(long max) {
    return new SpendingWindow(new WindowBudget(max, null, HOUR));
  }

  private void pass(Duration time) {
    nowNanos += time.toNanos();
  }
}
