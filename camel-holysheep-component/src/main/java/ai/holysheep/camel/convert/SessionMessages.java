package ai.holysheep.camel.convert;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.EventType;
import ai.holysheep.camel.chat.OtherMessage;
import ai.holysheep.camel.chat.SessionListener.Change;
import ai.holysheep.camel.error.HolySheepException;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Message;

/** Makes messages of what happens in agent sessions besides the events of turns. */
public final class SessionMessages {

  /** The type of a message that tells what happened to a session. */
  public static final String SESSION = "session";

  private SessionMessages() {}

  /** The headers that the events of a turn have from the message that asked for it. */
  public static Map<String, Object> ofAsker(Map<String, Object> headers) {
    Map<String, Object> own = new HashMap<>(headers);
    own.keySet().removeAll(EventMessages.ANSWER_HEADERS);
    return own;
  }

  /** Tells what happened to a session's connection. */
  public static void fill(Message message, String session, Change change, String detail) {
    message.setBody(detail);
    message.setHeader(HolySheepConstants.SESSION_ID, session);
    message.setHeader(HolySheepConstants.EVENT_TYPE, SESSION);
    message.setHeader(HolySheepConstants.SESSION_STATE, change.word());
  }

  /** Passes on what the server said outside of turns. */
  public static void fill(Message message, String session, OtherMessage said) {
    message.setBody(said.json());
    message.setHeader(HolySheepConstants.SESSION_ID, session);
    message.setHeader(HolySheepConstants.EVENT_TYPE, EventType.OTHER.word());
    message.setHeader(HolySheepConstants.FRAME_TYPE, said.type());
  }

  /** Tells that a turn was refused. */
  public static void fill(Message message, HolySheepException failure) {
    message.setBody(failure);
    EventMessages.fill(message, failure);
  }
}
