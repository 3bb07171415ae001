package ai.holysheep.camel.client.session;

import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.SignallingAttempt;
import ai.holysheep.camel.transport.Socket;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One try to have a turn of a session: over the session's socket where it is open; else the request
 * that asks for one, and then over the socket that the server names in its reply, or with the event
 * stream that is its reply.
 */
final class TurnAttempt implements SignallingAttempt, SessionLink.Reader {

  private final SessionConnection connection;
  private final TurnFrames frames;
  private final Call call;
  private final SocketReply reply = new SocketReply();

  private volatile Runnable signal = () -> {};

  // Written by the thread that asks, or before any does.
  private volatile @Nullable SignallingAttempt request;
  private volatile @Nullable Reply requested;

  // Guarded by this.
  private final Queue<String> unread = new ArrayDeque<>();
  private @Nullable SessionLink link;
  private @Nullable String requestId;
  private @Nullable TransportFault fault;
  private @Nullable SocketLoss loss;
  private boolean open;
  private boolean over;

  TurnAttempt(SessionConnection connection, TurnFrames frames, Call call) {
    this.connection = connection;
    this.frames = frames;
    this.call = call;
  }

  @Override
  public void begin(Runnable newSignal) {
    signal = newSignal;
    SessionLink there = connection.fitLink();
    if (there != null) {
      goOn(there);
      return;
    }
    URI known = connection.settings().socketUri();
    if (known != null) {
      connect(known);
    } else {
      SignallingAttempt asking = connection.request(call);
      request = asking;
      asking.begin(newSignal);
    }
  }

  private void goOn(SessionLink there) {
    synchronized (this) {
      link = there;
      open = true;
    }
    there.attach(this);
    String frame = frames.onOpenSocket();
    if (frame != null) {
      there.send(frame, this::sent);
    }
    if (!there.isOpen()) {
      fail(new TransportFault(Kind.BROKEN, "the socket has been closed meanwhile", null));
    }
    signal.run();
  }

  private void connect(URI uri) {
    SessionLink next = connection.connect(uri, call, this);
    boolean unwanted;
    synchronized (this) {
      link = next;
      unwanted = over;
    }
    if (unwanted) {
      next.close(Socket.NORMAL, "cancelled");
    }
  }

  private void sent(@Nullable TransportFault notSent) {
    if (notSent != null) {
      fail(notSent);
      signal.run();
    }
  }

  private synchronized void fail(TransportFault reason) {
    if (fault == null) {
      fault = reason;
    }
  }

  @Override
  public void opened(SessionLink there) {
    // It may be open before whoever connects knows it.
    synchronized (this) {
      open = true;
      link = there;
    }
    connection.socketOpened();
    String frame = request == null ? frames.onNewSocket() : null;
    if (frame != null) {
      there.send(frame, this::sent);
    }
    signal.run();
  }

  @Override
  public synchronized void message(String text) {
    unread.add(text);
  }

  @Override
  public void news() {
    signal.run();
  }

  @Override
  public synchronized List<String> rest() {
    List<String> rest = new ArrayList<>(unread);
    unread.clear();
    return rest;
  }

  @Override
  public void ended(SocketLoss lost) {
    synchronized (this) {
      loss = lost;
      if (!open) {
        TransportFault reason = lost.fault();
        fault =
            reason == null
                ? new TransportFault(Kind.BROKEN, "the socket was closed: " + lost.words(), null)
                : reason;
      }
    }
    signal.run();
  }

  @Override
  public boolean isReady() {
    SignallingAttempt asking = request;
    if (asking != null && requested == null && !isFailed()) {
      if (!asking.isReady()) {
        return false;
      }
      takeReply(asking);
    }
    synchronized (this) {
      return fault != null || open || requested != null;
    }
  }

  private synchronized boolean isFailed() {
    return fault != null || link != null || over;
  }

  private void takeReply(SignallingAttempt asking) {
    try {
      Reply head = asking.send();
      String named = head.status() / 100 == 2 ? connection.namedSocket(head) : null;
      if (named != null) {
        URI uri = connection.address(call, named);
        synchronized (this) {
          requestId = head.header("x-request-id");
        }
        asking.release();
        connect(uri);
        return;
      }
      if (head.status() / 100 == 2) {
        connection.noSocket();
      }
      requested = head;
    } catch (TransportFault e) {
      asking.abort();
      fail(e);
    }
  }

  @Override
  public Reply send() throws TransportFault {
    Reply head = requested;
    if (head != null) {
      return head;
    }
    synchronized (this) {
      if (fault != null) {
        throw fault;
      }
    }
    return reply;
  }

  @Override
  public void abort() {
    SignallingAttempt asking = request;
    SessionLink there;
    synchronized (this) {
      over = true;
      there = link;
      fail(new TransportFault(Kind.BROKEN, "The call was aborted", null));
    }
    if (asking != null) {
      asking.abort();
    }
    if (there != null) {
      there.detach(this);
      there.close(Socket.NORMAL, "cancelled");
    }
    signal.run();
  }

  @Override
  public void release() {
    SignallingAttempt asking = request;
    SessionLink there;
    synchronized (this) {
      over = true;
      there = link;
    }
    if (asking != null && requested != null) {
      asking.release();
    }
    if (there != null) {
      there.detach(this);
    }
  }

  /** What comes over the socket, as a reply. */
  private final class SocketReply implements Reply {

    /** To all who look at it, a socket that is open is a request that was accepted. */
    @Override
    public int status() {
      return 200;
    }

    @Override
    public @Nullable String header(String name) {
      synchronized (TurnAttempt.this) {
        return "x-request-id".equalsIgnoreCase(name) ? requestId : null;
      }
    }

    @Override
    public boolean isEventStream() {
      return true;
    }

    @Override
    public boolean isSession() {
      return true;
    }

    @Override
    public @Nullable Frame next() throws TransportFault {
      String text;
      SessionLink there;
      synchronized (TurnAttempt.this) {
        text = unread.poll();
        there = link;
        if (text == null) {
          return end();
        }
      }
      if (there != null) {
        there.request();
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return new Frame(null, bytes, 0, bytes.length, null);
    }

    private @Nullable Frame end() throws TransportFault {
      if (fault != null) {
        throw fault;
      }
      SocketLoss lost = loss;
      if (lost == null) {
        throw new IllegalStateException("nothing has come yet");
      }
      if (lost.fault() != null) {
        throw lost.fault();
      }
      return null;
    }

    @Override
    public boolean isReady() {
      synchronized (TurnAttempt.this) {
        return !unread.isEmpty() || loss != null || fault != null;
      }
    }

    @Override
    public byte[] beginning(int maxBytes) {
      return new byte[0];
    }

    @Override
    public byte[] document() {
      return new byte[0];
    }
  }
}
