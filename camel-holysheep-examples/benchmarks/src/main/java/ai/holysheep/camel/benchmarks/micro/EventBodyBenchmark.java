package ai.holysheep.camel.benchmarks.micro;

import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.wire.EventReader;
import ai.holysheep.camel.wire.EventWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Events as JSON, for the option {@code bodyFormat=json} and for those who join its parts. */
@State(Scope.Thread)
public class EventBodyBenchmark {

  private final ChatEvent event = Samples.event();
  private final EventWriter writer = new EventWriter();
  private final EventReader reader = new EventReader();
  private final String json = writer.json(event);

  /** An event to JSON. */
  @Benchmark
  public void write(Blackhole sink) {
    sink.consume(writer.json(event));
  }

  /** JSON to an event. */
  @Benchmark
  public void read(Blackhole sink) {
    sink.consume(reader.event(json));
  }
}
