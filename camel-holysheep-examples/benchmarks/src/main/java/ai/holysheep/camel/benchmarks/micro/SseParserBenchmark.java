package ai.holysheep.camel.benchmarks.micro;

import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.http.SseParser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Finding the events in the bytes of a stream. */
@State(Scope.Thread)
public class SseParserBenchmark {

  /** So many events arrive together. */
  static final int EVENTS = 28;

  private static final int LONGEST_BYTES = 1024 * 1024;

  private final byte[] together = SampleStream.events(EVENTS);
  private final byte[] alone = SampleStream.event(0);
  private final SseParser parser = new SseParser(LONGEST_BYTES, LONGEST_BYTES);

  /** Events that arrive together, as those of a fast server do. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public void eventsTogether(Blackhole sink) {
    parser.feed(together, 0, together.length);
    pollAll(sink);
  }

  /** An event that arrives by itself, as tokens do at a pace. */
  @Benchmark
  public void eventAlone(Blackhole sink) {
    parser.feed(alone, 0, alone.length);
    pollAll(sink);
  }

  private void pollAll(Blackhole sink) {
    for (Frame frame = parser.poll(); frame != null; frame = parser.poll()) {
      sink.consume(frame);
    }
  }
}
