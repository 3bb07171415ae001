package ai.holysheep.camel.convert;

import ai.holysheep.camel.chat.ChatMessage;
import ai.holysheep.camel.chat.Prompt;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.RequestRejectedException;
import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConversionException;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/** Makes a prompt of a message body. */
final class Prompts {

  private static final String WHAT_TO_SEND =
      " Send a String, a text file or stream, a list of messages, or a Map with 'messages'.";

  private Prompts() {}

  static Prompt of(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    if (body instanceof Map || body instanceof Collection) {
      return new Prompt.Conversation(body);
    }
    if (body instanceof ChatMessage message) {
      return new Prompt.Conversation(List.of(message));
    }
    if (body instanceof ChatMessage[] || body instanceof Map[]) {
      return new Prompt.Conversation(body);
    }
    return new Prompt.Text(text(exchange, body));
  }

  private static String text(Exchange exchange, @Nullable Object body) {
    if (body != null && !isTextual(exchange, body)) {
      throw rejected(
          "A body of type "
              + body.getClass().getName()
              + " cannot be made a prompt."
              + WHAT_TO_SEND,
          null);
    }
    String text = body == null ? null : convert(exchange, body);
    if (text == null || text.isBlank()) {
      throw rejected("The prompt is empty: the message has no body." + WHAT_TO_SEND, null);
    }
    if (text.indexOf('\0') >= 0) {
      throw rejected(
          "The body is not text, it holds a NUL character. For an image, send a conversation with an"
              + " image_url part.",
          null);
    }
    return text;
  }

  private static @Nullable String convert(Exchange exchange, Object body) {
    try {
      return exchange.getContext().getTypeConverter().convertTo(String.class, exchange, body);
    } catch (TypeConversionException e) {
      throw rejected("The body cannot be read as text: " + e.getMessage(), e);
    }
  }

  /** Camel turns any object into a String by its toString, which is hardly ever a prompt. */
  private static boolean isTextual(Exchange exchange, Object body) {
    return body instanceof CharSequence
        || body instanceof byte[]
        || body instanceof InputStream
        || body instanceof Reader
        || body instanceof StreamCache
        || body instanceof File
        || body instanceof Path
        || body instanceof WrappedFile
        || hasConverter(exchange, body);
  }

  private static boolean hasConverter(Exchange exchange, Object body) {
    return exchange.getContext().getTypeConverterRegistry().lookup(String.class, body.getClass())
        != null;
  }

  private static RequestRejectedException rejected(String message, @Nullable Exception cause) {
    return new RequestRejectedException(message, FailureContext.NONE, cause);
  }
}
