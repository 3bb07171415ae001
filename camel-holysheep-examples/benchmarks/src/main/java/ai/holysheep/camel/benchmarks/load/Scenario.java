package ai.holysheep.camel.benchmarks.load;

import ai.holysheep.camel.simulator.load.Load;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** What is asked of each way to read answers. */
enum Scenario {
  /** One stream as fast as it can be read. */
  BURST_1(1, 20_000, 0),
  /** Sixteen streams as fast as they can be read. */
  BURST_16(16, 20_000, 0),
  /** Answers of a thousand tokens, one after the other. */
  ANSWERS_1K(1, 1_000, 0),
  /** Answers of a hundred thousand tokens, one after the other. */
  ANSWERS_100K(1, 100_000, 0),
  /** Answers of one token, one after the other. */
  FIRST_TOKEN(1, 1, 0),
  /** Whole answers without a stream, one after the other. */
  PLAIN_CALL(1, 20, 0),
  /** 5,000 tokens per second. */
  PACED_100(100, 0, 20),
  /** 20,000 tokens per second. */
  PACED_1000(1_000, 0, 50),
  /** 60,000 tokens per second. */
  PACED_3000(3_000, 0, 50),
  /** 50,000 tokens per second. */
  PACED_10000(10_000, 0, 200),
  /** Ten thousand streams in which next to nothing comes. */
  IDLE_10000(10_000, 0, 10_000);

  private final int streams;
  private final int tokens;
  private final Duration interval;

  Scenario(int streams, int tokens, int intervalMillis) {
    this.streams = streams;
    this.tokens = tokens;
    this.interval = Duration.ofMillis(intervalMillis);
  }

  /** The name as users write it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The scenario of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  static Scenario of(String word) {
    return Arrays.stream(values())
        .filter(scenario -> scenario.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no scenario " + word));
  }

  /** How many answers come at the same time. */
  int streams() {
    return streams;
  }

  /** Whether tokens come at a pace, in one long answer per stream. */
  boolean isPaced() {
    return !interval.isZero();
  }

  /** Whether answers are asked for as a whole. */
  boolean isPlain() {
    return this == PLAIN_CALL;
  }

  /** How many tokens come in this time; only of a paced one. */
  double due(Duration time) {
    return (double) streams * time.toNanos() / interval.toNanos();
  }

  /** The load of each answer. One at a pace lasts this long. */
  Load load(Duration lasting) {
    return isPaced()
        ? new Load(Math.max(1, (int) lasting.dividedBy(interval)), interval)
        : new Load(tokens, Duration.ZERO);
  }
}
