package ai.holysheep.camel.benchmarks.micro;

import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.convert.BodyFormat;
import ai.holysheep.camel.convert.EventExchanges;
import ai.holysheep.camel.convert.EventMessages;
import ai.holysheep.camel.wire.EventWriter;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultMessage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Putting events into messages and exchanges. */
@State(Scope.Thread)
public class ExchangeBenchmark {

  private final CamelContext context = new DefaultCamelContext();
  private final ChatEvent event = Samples.event();
  private final EventMessages messages = new EventMessages(BodyFormat.text, new EventWriter());
  private final EventExchanges exchanges = new EventExchanges(asking(), messages);

  private Exchange asking() {
    Exchange exchange = new DefaultExchange(context);
    exchange.getMessage().setBody("Say something.");
    return exchange;
  }

  /** A message, and the event into it. */
  @Benchmark
  public void fillMessage(Blackhole sink) {
    Message message = new DefaultMessage(context);
    messages.fill(message, event);
    sink.consume(message);
  }

  /** An exchange with such a message. */
  @Benchmark
  public void makeExchange(Blackhole sink) {
    sink.consume(exchanges.of(event));
  }
}
