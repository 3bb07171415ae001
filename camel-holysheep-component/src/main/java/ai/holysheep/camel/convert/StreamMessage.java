package ai.holysheep.camel.convert;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message whose body is a {@link ChatStream}. Copies of an exchange copy the message in its own
 * class, and so each copy gives out the stream for its own exchange: a split behind {@code
 * multicast}, {@code wireTap} or {@code seda} reads for its own exchange and not for the one that
 * asked the model, and nobody else who looks at the body changes that.
 */
final class StreamMessage extends DefaultMessage {

  private final @Nullable Message kind;

  private StreamMessage(CamelContext context, @Nullable Message kind) {
    super(context);
    this.kind = kind;
  }

  /** The same message with a stream as body. */
  static StreamMessage of(Message message, ChatStream stream, CamelContext context) {
    StreamMessage answer = new StreamMessage(context, kind(message));
    answer.copyFromWithNewBody(message, stream);
    return answer;
  }

  /**
   * A message for a part, without body. The message of a file or HTTP consumer carries more than
   * body and headers, so the parts of its answer are of its class.
   */
  static Message part(Exchange exchange) {
    Message parent = exchange.getMessage();
    Message kind = kind(parent);
    Message part = kind == null ? new DefaultMessage(exchange) : kind.copy();
    part.getHeaders().putAll(parent.getHeaders());
    return part;
  }

  private static @Nullable Message kind(Message message) {
    if (message instanceof StreamMessage stream) {
      return stream.kind;
    }
    if (message.getClass() == DefaultMessage.class) {
      return null;
    }
    Message kind = message.copy();
    kind.setBody(null);
    kind.getHeaders().clear();
    return kind;
  }

  @Override
  public Object getBody() {
    Object body = super.getBody();
    return body instanceof ChatStream stream && getExchange() != null
        ? stream.of(getExchange())
        : body;
  }

  /** The body as it is: the copy gives out the stream for its own exchange all the same. */
  @Override
  public void copyFrom(Message that) {
    if (that instanceof StreamMessage other) {
      copyFromWithNewBody(other, other.body());
    } else {
      super.copyFrom(that);
    }
  }

  private Object body() {
    return super.getBody();
  }

  @Override
  public StreamMessage newInstance() {
    return new StreamMessage(getCamelContext(), kind);
  }
}
