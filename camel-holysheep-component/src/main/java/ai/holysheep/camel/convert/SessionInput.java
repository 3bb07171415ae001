package ai.holysheep.camel.convert;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.FrameNames;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.RequestRejectedException;
import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/**
 * What a message says in an agent session.
 *
 * @param session the name of the session
 * @param event what kind of event it is
 * @param body what is said; null for nothing
 * @param toolName which tool a result is of; null where the message does not say
 * @param toolCallId which call a result is of; null where the message does not say
 */
public record SessionInput(
    String session,
    String event,
    @Nullable Object body,
    @Nullable String toolName,
    @Nullable String toolCallId) {

  /** The event that ends the session. */
  public static final String CLOSE = "close";

  /**
   * Reads body and headers.
   *
   * @param defaultSession where the message names none; null for none
   * @param defaultEvent where the message names none
   * @throws RequestRejectedException when the message says nothing that can be sent
   */
  public static SessionInput of(
      Exchange exchange, @Nullable String defaultSession, String defaultEvent) {
    Message message = exchange.getMessage();
    String session = named(message, HolySheepConstants.SESSION_ID, defaultSession);
    if (session == null || session.isBlank()) {
      throw rejected(
          "There is no agent session to speak in: set the option 'session' or the header "
              + HolySheepConstants.SESSION_ID
              + ".");
    }
    String event = named(message, HolySheepConstants.CLIENT_EVENT, defaultEvent);
    message.removeHeader(HolySheepConstants.CLIENT_EVENT);
    return new SessionInput(
        session,
        String.valueOf(event),
        body(exchange, String.valueOf(event)),
        message.getHeader(HolySheepConstants.TOOL_NAME, String.class),
        message.getHeader(HolySheepConstants.TOOL_CALL_ID, String.class));
  }

  private static @Nullable String named(
      Message message, String header, @Nullable String defaultName) {
    String name = message.getHeader(header, String.class);
    return name == null || name.isBlank() ? defaultName : name;
  }

  /** What is read once becomes text, files and streams among them; objects become JSON later. */
  private static @Nullable Object body(Exchange exchange, String event) {
    Object body = exchange.getMessage().getBody();
    boolean isRead =
        body instanceof byte[]
            || body instanceof InputStream
            || body instanceof Reader
            || body instanceof File
            || body instanceof StreamCache
            || body instanceof WrappedFile;
    Object said = isRead ? exchange.getMessage().getBody(String.class) : body;
    boolean isEmpty = said == null || said instanceof String text && text.isBlank();
    if (isEmpty && event.equals(FrameNames.USER_INPUT)) {
      throw rejected(
          "The input of the user is empty: the message has no body. Send a String, or a Map or JSON"
              + " object with 'content'.");
    }
    return said;
  }

  /** Nobody would have the events of a turn. */
  public static RequestRejectedException nobodyListens(String session) {
    return rejected(
        "Nobody would have the events of the agent session '"
            + session
            + "': the exchange wants no reply (InOnly), and no route begins with"
            + " holysheep:agent?session="
            + session
            + " or holysheep:agent. Ask for a reply (InOut), add such a route, or set the option"
            + " 'streamTo'.");
  }

  private static RequestRejectedException rejected(String message) {
    return new RequestRejectedException(message, FailureContext.NONE);
  }
}
