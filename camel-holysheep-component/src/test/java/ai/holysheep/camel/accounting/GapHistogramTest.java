package ai.holysheep.camel.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.Gaps;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Quantiles of times of any length. */
class GapHistogramTest {

  private static final long FINEST_NANOS = 1 << 13;

  @Test
  void equalTimesAreTold() {
    GapHistogram histogram = new GapHistogram();
    for (int i = 0; i < 1000; i++) {
      histogram.add(Duration.ofMillis(20).toNanos());
    }
    Gaps gaps = histogram.gaps();
    assertThat(gaps.median()).isEqualTo(Duration.ofMillis(20));
    assertThat(gaps.p99()).isEqualTo(Duration.ofMillis(20));
    assertThat(gaps.total()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void rareOneIsTheLongestAndNotTheUsual() {
    GapHistogram histogram = new GapHistogram();
    for (int i = 0; i < 999; i++) {
      histogram.add(Duration.ofMillis(20).toNanos());
    }
    histogram.add(Duration.ofSeconds(9).toNanos());
    Gaps gaps = histogram.gaps();
    assertThat(gaps.p99()).isBetween(Duration.ofMillis(20), Duration.ofNanos(22_500_000));
    assertThat(gaps.longest()).isEqualTo(Duration.ofSeconds(9));
  }

  @Property
  void quantilesAreKnownToWithinAnEighth(
      @ForAll @Size(min = 1, max = 200) List<@LongRange(max = 4_000_000_000_000L) Long> nanos) {
    GapHistogram histogram = new GapHistogram();
    for (long each : nanos) {
      histogram.add(each);
    }
    List<Long> sorted = nanos.stream().sorted().toList();
    Gaps gaps = histogram.gaps();
    assertClose(gaps.median(), sorted.get((sorted.size() + 1) / 2 - 1));
    assertClose(gaps.p99(), sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1));
    assertThat(gaps.longest()).isEqualTo(Duration.ofNanos(sorted.get(sorted.size() - 1)));
  }

  @Property
  void anyLengthIsCounted(@ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long nanos) {
    GapHistogram histogram = new GapHistogram();
    histogram.add(nanos);
    assertThat(histogram.gaps().median()).isEqualTo(Duration.ofNanos(nanos));
  }

  private static void assertClose(Duration told, long nanos) {
    assertThat(told.toNanos()).isBetween(nanos, Math.max(FINEST_NANOS, nanos + nanos / 8 + 1));
  }
}
