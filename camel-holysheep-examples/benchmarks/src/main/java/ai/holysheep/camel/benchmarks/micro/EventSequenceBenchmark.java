package ai.holysheep.camel.benchmarks.micro;

import ai.holysheep.camel.accounting.Pricing;
import ai.holysheep.camel.accounting.UsageTally;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.stream.EventSequence;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Making events of chunks, and adding up what they cost; a whole answer at a time. */
@State(Scope.Thread)
public class EventSequenceBenchmark {

  /** So many chunks has an answer. */
  static final int CHUNKS = 1000;

  private static final int MOST_CHARACTERS = 1024 * 1024;
  private static final int PROMPT_CHARACTERS = 100;

  private final Chunk chunk = Samples.chunk();

  /** A chunk in, an event out. */
  @Benchmark
  @OperationsPerInvocation(CHUNKS)
  public void chunkToEvent(Blackhole sink) {
    UsageTally tally = new UsageTally(Pricing.BY_SERVER, Samples.MODEL, PROMPT_CHARACTERS);
    EventSequence events = new EventSequence(Samples.STREAM_ID, 1, MOST_CHARACTERS);
    for (int count = 0; count < CHUNKS; count++) {
      tally.accept(chunk);
      events.accept(chunk);
      sink.consume(events.poll());
    }
    sink.consume(tally.usage());
  }
}
