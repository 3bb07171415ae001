package ai.holysheep.camel.convert;

import org.apache.camel.Exchange;
import org.apache.camel.spi.TypeConverterRegistry;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

/**
 * What needs the library of Reactive Streams, which an application may do without. The only class
 * that names it, and loaded only where the library is there.
 */
final class ReactiveStreams {

  private ReactiveStreams() {}

  /**
   * Adds the conversion to the library's publisher. Its items are exchanges, as all that Camel has
   * to do with such publishers wants them.
   */
  static void register(TypeConverterRegistry registry) {
    Converters.add(registry, ChatStream.class, Publisher.class, ReactiveStreams::publisher);
  }

  private static Publisher<Exchange> publisher(ChatStream stream) {
    return FlowAdapters.toPublisher(new ChatPublisher<>(stream.apart(), ChatStream::nextExchange));
  }
}
