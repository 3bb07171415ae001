package ai.holysheep.camel.convert;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.StreamFormat;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.RequestRejectedException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.TypeConverterLoader;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.TypeConverterSupport;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;

/**
 * Which format a route wants for the bytes of a stream. As a loader of converters it reads the
 * words of options, because Camel's own converter of enums does not say which words there are;
 * Camel finds it on the class path, as components may have options before they start.
 */
public final class StreamFormats implements TypeConverterLoader {

  /**
   * The format that a message or else its route asks for.
   *
   * @return null where neither does
   * @throws RequestRejectedException when the header holds something else; says what it may hold
   */
  public static @Nullable StreamFormat of(Exchange exchange, RequestDefaults defaults) {
    Object value = exchange.getMessage().getHeader(HolySheepConstants.STREAM_FORMAT);
    if (value == null) {
      return defaults.streamFormat();
    }
    try {
      return value instanceof StreamFormat format ? format : StreamFormat.of(value.toString());
    } catch (IllegalArgumentException e) {
      throw new RequestRejectedException(
          "The header " + HolySheepConstants.STREAM_FORMAT + " cannot be used. " + e.getMessage(),
          FailureContext.NONE,
          e);
    }
  }

  /**
   * Makes the headers of a message those of an HTTP reply with such a body. The message may be the
   * request of an HTTP client, and what that says of its own body would be wrong here.
   */
  public static void describe(Message message, StreamFormat format) {
    message.removeHeaders("Content-*");
    format.headers().forEach(message::setHeader);
  }

  @Override
  public void load(TypeConverterRegistry registry) {
    registry.addTypeConverter(StreamFormat.class, String.class, new Reading());
  }

  private static final class Reading extends TypeConverterSupport {
    @Override
    public <T> @Nullable T convertTo(
        Class<T> type, @Nullable Exchange exchange, @Nullable Object value) {
      return value == null ? null : ObjectHelper.cast(type, StreamFormat.of(value.toString()));
    }
  }
}
