package ai.holysheep.camel.convert;

import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.spi.TypeConverterLoader;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.TypeConverterSupport;
import org.jspecify.annotations.Nullable;

/**
 * Gives a stream to the exchange that it has come to. EIPs that run a copy of an exchange, such as
 * {@code enrich}, {@code multicast} and failover, copy the copy's body back, and with it the stream
 * of an exchange that is over. With stream caching, which is on by default, Camel asks before each
 * step of an exchange whether its body is to be cached: nothing is cached here, but that tells
 * where the body is now.
 *
 * <p>Camel notes when it starts which bodies can be cached, and the component may come later. So
 * this is not among the component's {@link Converters}; Camel finds it on the class path.
 */
public final class StreamAdoption implements TypeConverterLoader {

  @Override
  public void load(TypeConverterRegistry registry) {
    registry.addTypeConverter(StreamCache.class, ChatStream.class, new Adoption());
  }

  private static final class Adoption extends TypeConverterSupport {
    @Override
    public <T> @Nullable T convertTo(
        Class<T> type, @Nullable Exchange exchange, @Nullable Object value) {
      if (exchange != null && value instanceof ChatStream stream) {
        stream.moveTo(exchange);
      }
      return null;
    }
  }
}
