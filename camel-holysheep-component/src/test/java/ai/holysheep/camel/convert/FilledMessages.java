package ai.holysheep.camel.convert;

import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.wire.EventWriter;
import org.apache.camel.Message;

/** Messages as routes get them. */
public final class FilledMessages {

  private FilledMessages() {}

  /** Makes a message that of a part. */
  public static void fill(Message message, ChatEvent event, BodyFormat format) {
    new EventMessages(format, new EventWriter()).fill(message, event);
  }
}
