package ai.holysheep.camel.convert.join;

import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.MessageHelper;
import org.jspecify.annotations.Nullable;

/** The body of a part as text, whatever it has become on its way. */
final class PartBody {

  private PartBody() {}

  /** Whether a body is a text or the bytes of one. */
  static boolean isText(@Nullable Object body) {
    return body instanceof CharSequence
        || body instanceof byte[]
        || body instanceof InputStream
        || body instanceof StreamCache;
  }

  /**
   * The text; empty where there is none. Bytes are UTF-8 unless the exchange says otherwise. A body
   * that Camel has cached can be read again afterwards.
   */
  static String text(Exchange exchange) {
    Message message = exchange.getMessage();
    if (message.getBody() instanceof byte[] bytes) {
      return new String(bytes, charset(exchange));
    }
    MessageHelper.resetStreamCache(message);
    String text;
    if (message.getBody() instanceof InputStream) {
      byte[] bytes = message.getBody(byte[].class);
      text = bytes == null ? null : new String(bytes, charset(exchange));
    } else {
      text = message.getBody(String.class);
    }
    MessageHelper.resetStreamCache(message);
    return text == null ? "" : text;
  }

  private static Charset charset(Exchange exchange) {
    String name = ExchangeHelper.getCharsetName(exchange, false);
    return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
  }
}
