package ai.holysheep.camel.client.session;

import ai.holysheep.camel.chat.OtherMessage;
import ai.holysheep.camel.chat.SessionListener.Change;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.SignallingAttempt;
import ai.holysheep.camel.transport.Socket;
import ai.holysheep.camel.transport.SocketCall;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import ai.holysheep.camel.wire.SessionDecoder;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What carries one session: a socket, one after the other if need be, or requests alone where the
 * server offers none. Passes on what comes while no turn reads. Thread-safe.
 */
final class SessionConnection implements SessionLink.Reader {

  private final String id;
  private final SessionSettings settings;
  private final SessionPeers peers;

  private final LaterEvents later = new LaterEvents();

  // Guarded by this.
  private @Nullable SessionLink link;
  private boolean withoutSocket;

  SessionConnection(String id, SessionSettings settings, SessionPeers peers) {
    this.id = id;
    this.settings = settings;
    this.peers = peers;
    this.withoutSocket = settings.transport() == SessionTransport.sse;
  }

  SessionSettings settings() {
    return settings;
  }

  /** The socket, or the last one there was; null before the first. */
  synchronized @Nullable SessionLink link() {
    return link;
  }

  /** Whether messages can be sent over a socket. */
  boolean isOpen() {
    SessionLink there = link();
    return there != null && there.isOpen();
  }

  /** The socket, if another turn may go over it; one that is too old is closed. */
  @Nullable SessionLink fitLink() {
    SessionLink there = link();
    if (there == null) {
      return null;
    }
    if (there.isFit()) {
      there.hold();
      return there;
    }
    there.close(Socket.NORMAL, "old");
    return null;
  }

  /** Whether a socket is asked for by requests. */
  synchronized boolean asksForSocket() {
    return !withoutSocket;
  }

  /** No turn is under way: what comes belongs to none. */
  void letGo() {
    later.giveUp("the turn ended before there was a socket");
    SessionLink there = link();
    if (there != null) {
      there.letGo();
    }
  }

  /** Whoever closes the socket from now on closes it with this code. */
  void endWith(int code, String reason) {
    SessionLink there = link();
    if (there != null) {
      there.endWith(code, reason);
    }
  }

  void close(int code, String reason) {
    later.giveUp("the session has been closed");
    SessionLink there = link();
    if (there != null) {
      there.close(code, reason);
    }
  }

  /** Sends an event when the socket opens that the turn under way asks for. */
  void sendLater(String frame, Consumer<@Nullable TransportFault> sent) {
    later.add(frame, sent);
    if (isOpen()) {
      socketOpenedMeanwhile();
    }
  }

  private void socketOpenedMeanwhile() {
    SessionLink there = link();
    if (there != null) {
      later.sendOver(there);
    }
  }

  /** The request of a turn, with which the server is asked for a socket where it may have one. */
  SignallingAttempt request(Call call) {
    boolean plain;
    synchronized (this) {
      plain = withoutSocket;
    }
    return peers.client().signallingTransport().attempt(plain ? call : asking(call));
  }

  private Call asking(Call call) {
    Map<String, String> headers = new LinkedHashMap<>(call.headers());
    headers.put("Connection", "Upgrade");
    headers.put("Upgrade", "websocket");
    String place = call.uri().toString();
    String base = place.substring(0, place.length() - "/chat/completions".length());
    return new Call(URI.create(base + settings.agentPath()), headers, call.body(), call.limits());
  }

  /** The socket that a reply names; null where it names none, or none is wanted. */
  @Nullable String namedSocket(Reply head) {
    synchronized (this) {
      if (withoutSocket) {
        return null;
      }
    }
    for (String name : settings.addressHeaders()) {
      String value = head.header(name);
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }

  URI address(Call call, String named) throws TransportFault {
    return SocketAddresses.of(call.uri(), named, settings.allowedHosts());
  }

  /**
   * A request was accepted, and its reply names no socket.
   *
   * @throws TransportFault when one is insisted on
   */
  void noSocket() throws TransportFault {
    boolean isNews;
    synchronized (this) {
      isNews = !withoutSocket;
      if (isNews && settings.transport() == SessionTransport.websocket) {
        throw new TransportFault(
            Kind.SESSION_REFUSED,
            "the server names no socket in the headers "
                + settings.addressHeaders()
                + ". Set the option 'transport' to auto or sse to do without one",
            null);
      }
      withoutSocket = true;
    }
    if (isNews) {
      later.giveUp("the server offers no socket");
      peers.fellBack(id);
    }
  }

  /** Opens a socket whose first messages are this reader's. */
  SessionLink connect(URI uri, Call call, SessionLink.Reader reader) {
    Map<String, String> headers = new LinkedHashMap<>(call.headers());
    headers.keySet().removeIf(SessionConnection::isOfTheRequest);
    SessionLink next = new SessionLink(peers.timers(), settings, reader, this, this::lost);
    next.hold();
    synchronized (this) {
      link = next;
    }
    peers.sockets().open(new SocketCall(uri, headers, call.limits()), next);
    return next;
  }

  private static boolean isOfTheRequest(String header) {
    return header.equalsIgnoreCase("Accept") || header.equalsIgnoreCase("Content-Type");
  }

  void socketOpened() {
    socketOpenedMeanwhile();
    peers.listener().changed(id, Change.CONNECTED, "socket open");
  }

  private void lost(SocketLoss loss) {
    peers.listener().changed(id, Change.CLOSED, loss.words());
  }

  @Override
  public void message(String text) {
    OtherMessage message = SessionDecoder.outsideOfATurn(text);
    if (message != null) {
      peers.listener().received(id, message);
    }
    SessionLink there = link();
    if (there != null) {
      there.request();
    }
  }

  @Override
  public void ended(SocketLoss loss) {
    // The next turn opens another.
  }
}
