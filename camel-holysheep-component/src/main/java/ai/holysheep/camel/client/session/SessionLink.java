package ai.holysheep.camel.client.session;

import ai.holysheep.camel.transport.Socket;
import ai.holysheep.camel.transport.SocketListener;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket of a session, from its opening to its end. Messages go to the turn that reads, or to
 * the session where none does; and whether the server is still there is asked by pings. The
 * transport's thread calls it as listener; all else any thread may.
 */
final class SessionLink implements SocketListener {

  /** What is received is written by the calls that it belongs to. */
  private static final Logger WIRE = LoggerFactory.getLogger("ai.holysheep.camel.wire");

  /** Whoever has the messages now. */
  interface Reader {

    /** The socket is open; told to the reader that opened it. */
    default void opened(SessionLink link) {}

    /**
     * Takes a message, which is asked for with {@link SessionLink#request} when it has been dealt
     * with. Called under the lock of the link, so that no message is lost between two readers: it
     * must only note it.
     */
    void message(String text);

    /** Something was noted. Called without a lock. */
    default void news() {}

    /** The messages that were not dealt with; this reader has no more. Called under the lock. */
    default List<String> rest() {
      return List.of();
    }

    void ended(SocketLoss loss);
  }

  /** So many messages may wait for their reader before the server is kept from sending more. */
  private static final int WINDOW = 256;

  /** So many events may wait to be sent. */
  private static final int MOST_UNSENT = 1000;

  /**
   * Codes after which a new connection may be better (RFC 6455, 7.4.1, and its registry): the
   * server goes away, has restarted or is busy, or there was no code.
   */
  private static final Set<Integer> PASSING =
      Set.of(1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015);

  private final Timers timers;
  private final SessionSettings settings;
  private final Consumer<SocketLoss> atEnd;
  private final Reader outside;

  // Guarded by this.
  private Reader reader;
  private @Nullable Socket socket;
  private @Nullable SocketLoss loss;
  private @Nullable TransportFault ownFault;
  private final Queue<String> held = new ArrayDeque<>();
  private boolean holding;
  private boolean closing;
  private int closeCode;
  private @Nullable String closeReason;
  private long openedNanos;
  private long heardNanos;
  private int unread;
  private int unsent;
  private Runnable withdrawPing = () -> {};

  /**
   * @param reader has the messages at first
   * @param outside has them while no turn does
   * @param atEnd told when the socket is closed that was open
   */
  SessionLink(
      Timers timers,
      SessionSettings settings,
      Reader reader,
      Reader outside,
      Consumer<SocketLoss> atEnd) {
    this.timers = timers;
    this.settings = settings;
    this.reader = reader;
    this.outside = outside;
    this.atEnd = atEnd;
  }

  /** Whether messages can be sent. */
  synchronized boolean isOpen() {
    return socket != null && loss == null && !closing;
  }

  /** Whether it is open and not too old for another turn. */
  synchronized boolean isFit() {
    return isOpen()
        && (settings.maxAge().isZero()
            || timers.nanoTime() - openedNanos < settings.maxAge().toNanos());
  }

  /** Whether messages wait for the reader. */
  synchronized boolean hasUnread() {
    return unread > 0;
  }

  /** From now on this has the messages, those that were held for it first. */
  synchronized void attach(Reader next) {
    reader = next;
    held.forEach(next::message);
    held.clear();
  }

  /**
   * Messages that come while nobody has them are held for the next reader: a turn that waits for
   * tools will have one.
   */
  synchronized void hold() {
    holding = true;
  }

  /** The turn is over: what is held, and what comes, belongs to none. */
  void letGo() {
    synchronized (this) {
      holding = false;
    }
    passOnHeld();
  }

  /** Whoever has the messages, if it is this, has no more of them. */
  void detach(Reader former) {
    synchronized (this) {
      if (reader == former) {
        reader = outside;
        held.addAll(former.rest());
      }
    }
    passOnHeld();
  }

  private void passOnHeld() {
    synchronized (this) {
      if (!holding) {
        held.forEach(outside::message);
        held.clear();
      }
    }
  }

  /** A message has been dealt with, so another one may come. */
  void request() {
    Socket open;
    synchronized (this) {
      unread--;
      open = socket;
    }
    if (open != null) {
      open.request(1);
    }
  }

  /** Sends a message; tells when it is sent, or why it is not. */
  void send(String text, Consumer<@Nullable TransportFault> sent) {
    Socket open;
    boolean full;
    synchronized (this) {
      open = isOpen() ? socket : null;
      full = unsent >= MOST_UNSENT;
      unsent += open == null || full ? 0 : 1;
    }
    if (open == null || full) {
      String why =
          full
              ? MOST_UNSENT + " events wait already, because the server does not read"
              : "the socket is closed";
      sent.accept(new TransportFault(Kind.BROKEN, why, null));
      return;
    }
    WIRE.trace(">> {}", text);
    open.send(
        text,
        fault -> {
          synchronized (this) {
            unsent--;
          }
          sent.accept(fault);
        });
  }

  /** Whoever closes it from now on, for whatever reason, closes it with this code. */
  synchronized void endWith(int code, String reason) {
    closeCode = code;
    closeReason = reason;
  }

  /** Closes it, also where it is not open yet. */
  void close(int code, String reason) {
    Socket open;
    synchronized (this) {
      closing = true;
      if (closeReason == null) {
        endWith(code, reason);
      }
      open = socket;
    }
    if (open != null) {
      closeNow(open);
    }
  }

  private void closeNow(Socket open) {
    int code;
    String reason;
    synchronized (this) {
      code = closeCode;
      reason = closeReason;
    }
    open.close(code, String.valueOf(reason));
  }

  @Override
  public void opened(Socket opened) {
    Reader told;
    boolean unwanted;
    synchronized (this) {
      socket = opened;
      openedNanos = timers.nanoTime();
      heardNanos = openedNanos;
      unwanted = closing;
      told = reader;
    }
    opened.request(WINDOW);
    if (unwanted) {
      closeNow(opened);
      return;
    }
    pingLater();
    told.opened(this);
  }

  @Override
  public void message(String text) {
    Reader told;
    synchronized (this) {
      heardNanos = timers.nanoTime();
      unread++;
      told = reader;
      if (told == outside && holding) {
        held.add(text);
      } else {
        told.message(text);
      }
    }
    told.news();
  }

  @Override
  public synchronized void binary() {
    heardNanos = timers.nanoTime();
  }

  @Override
  public synchronized void pong() {
    heardNanos = timers.nanoTime();
  }

  @Override
  public void ended(End end) {
    Reader told;
    SocketLoss why;
    boolean wasOpen;
    synchronized (this) {
      withdrawPing.run();
      wasOpen = socket != null;
      why = ownFault == null ? loss(end) : new SocketLoss(ownFault, words(end));
      loss = why;
      told = reader;
      reader = outside;
    }
    if (wasOpen) {
      atEnd.accept(why);
    }
    told.ended(why);
  }

  private SocketLoss loss(End end) {
    TransportFault fault = end.fault();
    if (fault != null) {
      return new SocketLoss(fault, String.valueOf(fault.getMessage()));
    }
    String words = words(end);
    if (end.code() == Socket.NORMAL) {
      return new SocketLoss(null, words);
    }
    Kind kind = closing || PASSING.contains(end.code()) ? Kind.BROKEN : Kind.SESSION_REFUSED;
    return new SocketLoss(
        new TransportFault(kind, "the server closed the socket: " + words, null), words);
  }

  private static String words(End end) {
    String reason = end.reason();
    return reason == null || reason.isEmpty()
        ? "code " + end.code()
        : "code " + end.code() + ", " + reason;
  }

  private void pingLater() {
    Duration interval = settings.pingInterval();
    if (!interval.isZero()) {
      Runnable withdraw = timers.schedule(interval, this::ping);
      synchronized (this) {
        withdrawPing = withdraw;
        if (loss != null) {
          withdraw.run();
        }
      }
    }
  }

  private void ping() {
    Socket open;
    boolean silent;
    synchronized (this) {
      if (!isOpen()) {
        return;
      }
      open = socket;
      silent = isSilent();
      if (silent) {
        ownFault =
            new TransportFault(
                Kind.BROKEN,
                "nothing came for "
                    + settings.silence().toMillis()
                    + " ms, not even the answer to a ping (option 'silenceTimeout')",
                null);
      }
    }
    if (open != null && silent) {
      open.close(Socket.GOING_AWAY, "no sign of life");
    } else if (open != null) {
      open.ping();
      pingLater();
    }
  }

  /** A server that is kept from sending cannot be heard, and it is not its fault. */
  private boolean isSilent() {
    boolean keptFromSending = unread >= WINDOW;
    return !settings.silence().isZero()
        && !keptFromSending
        && timers.nanoTime() - heardNanos >= settings.silence().toNanos();
  }
}
