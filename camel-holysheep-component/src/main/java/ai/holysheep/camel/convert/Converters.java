package ai.holysheep.camel.convert;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventEncoder;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.error.HolySheepException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.TypeConverterSupport;
import org.jspecify.annotations.Nullable;

/** What streams, events and usage convert to in a route. */
public final class Converters {

  private static final String REACTIVE_STREAMS = "org.reactivestreams.FlowAdapters";

  private Converters() {}

  /** Adds the converters to those of a context. */
  public static void register(TypeConverterRegistry registry, EventEncoder encoder) {
    add(registry, ChatStream.class, String.class, ChatStream::text);
    add(registry, ChatStream.class, ChatAnswer.class, ChatStream::answer);
    add(registry, ChatStream.class, InputStream.class, LiveInputStream::new);
    add(registry, ChatStream.class, Reader.class, Converters::reader);
    add(registry, ChatStream.class, Stream.class, Converters::stream);
    add(registry, ChatStream.class, Flow.Publisher.class, Converters::publisher);
    if (isThere(REACTIVE_STREAMS)) {
      ReactiveStreams.register(registry);
    }
    addText(registry, ChatAnswer.class, ChatAnswer::text);
    addText(registry, Usage.class, encoder::json);
    addText(registry, ToolCall.class, encoder::json);
    addText(registry, ChatEvent.class, encoder::json);
    addText(registry, HolySheepException.class, HolySheepException::toString);
  }

  /** Files, sockets and HTTP do not ask for a String but for the bytes. */
  private static <F> void addText(
      TypeConverterRegistry registry, Class<F> from, Function<F, String> text) {
    Function<F, byte[]> bytes = value -> text.apply(value).getBytes(StandardCharsets.UTF_8);
    add(registry, from, String.class, text);
    add(registry, from, byte[].class, bytes);
    add(registry, from, InputStream.class, value -> new ByteArrayInputStream(bytes.apply(value)));
  }

  private static Reader reader(ChatStream stream) {
    return new InputStreamReader(new LiveInputStream(stream), StandardCharsets.UTF_8);
  }

  /** Closing the Java stream closes the chat stream. */
  private static Stream<Message> stream(ChatStream stream) {
    int order = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(stream, order), false)
        .onClose(stream::close);
  }

  /** The route goes on while the parts are published. */
  private static Flow.Publisher<Message> publisher(ChatStream stream) {
    return new ChatPublisher<>(stream.apart(), ChatStream::next);
  }

  private static boolean isThere(String className) {
    try {
      Class.forName(className, false, Converters.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  static <F, T> void add(
      TypeConverterRegistry registry, Class<F> from, Class<T> to, Function<F, T> conversion) {
    registry.addTypeConverter(
        to, from, new Conversion(value -> conversion.apply(from.cast(value))));
  }

  private static final class Conversion extends TypeConverterSupport {

    private final Function<Object, ?> conversion;

    Conversion(Function<Object, ?> conversion) {
      this.conversion = conversion;
    }

    @Override
    public <T> @Nullable T convertTo(
        Class<T> type, @Nullable Exchange exchange, @Nullable Object value) {
      return value == null ? null : type.cast(conversion.apply(value));
    }
  }
}
