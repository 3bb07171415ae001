package ai.holysheep.camel.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.benchmarks.reading.Measurement;
import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Way;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsTest {

  private static final Duration LONGEST = Duration.ofSeconds(10);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stopBetweenAnAnswerAndTheNextOneEndsTheStream(boolean waiting) throws Exception {
    AtomicReference<Streams> streams = new AtomicReference<>();
    Runnable stop = () -> streams.get().stop();
    streams.set(new Streams(new Answering(waiting, stop), 1, false, 1, new Measurement()));
    streams.get().start(Duration.ZERO);
    assertThat(streams.get().awaitEnds(LONGEST)).isTrue();
    assertThat(streams.get().done()).isPositive();
  }

  @Test
  void answersThatFailAreCountedAndNotAskedForWithoutEnd() throws Exception {
    Way failing =
        new Answering(
            true,
            () -> {
              throw new IllegalStateException("on purpose");
            });
    Streams streams = new Streams(failing, 1, false, 2, new Measurement());
    streams.start(Duration.ZERO);
    assertThat(streams.awaitEnds(LONGEST)).isTrue();
    assertThat(streams.failed()).isEqualTo(20);
    assertThat(streams.failure()).contains("0 tokens came instead of 2");
  }

  /** Answers at once by one token that nobody looks at, and then does something else. */
  private record Answering(boolean isWaiting, Runnable afterwards) implements Way {

    @Override
    public void read(StreamCheck check) {
      if (check.tokens() == 1) {
        check.unread(1, System.nanoTime());
      }
      check.ended();
      afterwards.run();
    }

    @Override
    public void close() {}
  }
}
