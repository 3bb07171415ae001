package ai.holysheep.camel.convert;

import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/**
 * A message whose body is a {@link ChatStream}. It is what tells the stream which exchange reads
 * it: copies of an exchange copy the message in its own class, so a split behind {@code multicast},
 * {@code wireTap} or {@code seda} reads for its own exchange and not for the one that asked the
 * model.
 */
final class StreamMessage extends DefaultMessage {

  private StreamMessage(CamelContext context) {
    super(context);
  }

  /** The same message with a stream as body. Special kinds of message are kept as they are. */
  static Message of(Message message, ChatStream stream, CamelContext context) {
    if (message.getClass() != DefaultMessage.class) {
      message.setBody(stream);
      return message;
    }
    StreamMessage answer = new StreamMessage(context);
    answer.copyFromWithNewBody(message, stream);
    return answer;
  }

  @Override
  public Object getBody() {
    Object body = super.getBody();
    if (body instanceof ChatStream stream && getExchange() != null) {
      stream.readFor(getExchange());
    }
    return body;
  }

  @Override
  public StreamMessage newInstance() {
    return new StreamMessage(getCamelContext());
  }
}
