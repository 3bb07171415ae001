package ai.holysheep.camel.transport.websocket;

import ai.holysheep.camel.transport.Socket;
import ai.holysheep.camel.transport.SocketListener;
import ai.holysheep.camel.transport.SocketListener.End;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One open socket of Vert.x. */
final class VertxSocket implements Socket {

  private static final int NO_CODE = 1006;
  // RFC 6455, 7.4.1: a message that is too big to process.
  private static final int TOO_BIG = 1009;

  private final WebSocket socket;
  private final AtomicBoolean over = new AtomicBoolean();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Fragments fragments;
  private volatile @Nullable Throwable failure;

  /**
   * @param maxMessageBytes how long a message may be, with all its fragments
   */
  VertxSocket(WebSocket socket, int maxMessageBytes) {
    this.socket = socket;
    fragments = new Fragments(maxMessageBytes);
  }

  /**
   * From now on the listener is told of all that comes; called on the socket's own thread, before
   * anything can have come.
   */
  void tell(SocketListener listener, Runnable atEnd) {
    try {
      listen(listener, atEnd);
    } catch (IllegalStateException e) {
      // The server has closed it as soon as it was open.
      tellEnd(listener, atEnd);
      return;
    }
    listener.opened(this);
  }

  private void listen(SocketListener listener, Runnable atEnd) {
    socket.pause();
    socket.frameHandler(frame -> receive(frame, listener, atEnd));
    socket.pongHandler(data -> listener.pong());
    socket.exceptionHandler(this::failed);
    socket.closeHandler(nothing -> tellEnd(listener, atEnd));
  }

  /**
   * The library counts each frame, also a pong or a fragment, as one that was asked for. Whoever
   * listens asks for messages, so all that is none is given back.
   */
  private void receive(WebSocketFrame frame, SocketListener listener, Runnable atEnd) {
    if (over.get()) {
      return;
    }
    Fragments.Taken taken = fragments.take(frame);
    switch (taken.kind()) {
      case TEXT -> listener.message(taken.text());
      case BINARY -> {
        socket.fetch(1);
        listener.binary();
      }
      case TOO_LONG -> {
        failed(new IllegalStateException(fragments.limitWords()));
        close(TOO_BIG, "the message is too long");
        tellEnd(listener, atEnd);
      }
      case NOTHING -> socket.fetch(1);
    }
  }

  /** What was wrong first is the cause; that the connection is closed only follows from it. */
  private void failed(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  private void tellEnd(SocketListener listener, Runnable atEnd) {
    if (over.compareAndSet(false, true)) {
      atEnd.run();
      listener.ended(end());
      end.countDown();
    }
  }

  private End end() {
    Short code = socket.closeStatusCode();
    Throwable cause = failure;
    boolean isFaulty = cause != null && (code == null || code == NO_CODE || isTooLong(cause));
    return isFaulty
        ? new End(fault(cause), NO_CODE, null)
        : new End(null, code == null ? NO_CODE : code, socket.closeReason());
  }

  private static TransportFault fault(@Nullable Throwable cause) {
    String words = cause == null ? "" : String.valueOf(cause.getMessage());
    return new TransportFault(isTooLong(cause) ? Kind.TOO_LONG : Kind.BROKEN, words, cause);
  }

  /** A frame that is too long in Netty's words, or fragments that are together in ours. */
  private static boolean isTooLong(@Nullable Throwable cause) {
    return cause != null && String.valueOf(cause.getMessage()).contains("exceeded");
  }

  @Override
  public void send(String text, Consumer<@Nullable TransportFault> sent) {
    try {
      socket
          .writeTextMessage(text)
          .onComplete(written -> sent.accept(written.succeeded() ? null : fault(written.cause())));
    } catch (IllegalStateException e) {
      sent.accept(fault(e));
    }
  }

  @Override
  public void request(int messages) {
    socket.fetch(messages);
  }

  @Override
  public void ping() {
    try {
      socket.writePing(Buffer.buffer("holysheep"));
    } catch (IllegalStateException e) {
      // It is closed, which its listener is told.
    }
  }

  @Override
  public void close(int code, String reason) {
    try {
      socket.close((short) code, reason);
    } catch (IllegalStateException e) {
      // It is closed already.
    }
  }

  /** Waits until it is closed, or for so long. */
  @SuppressWarnings("ReturnValueIgnored")
  void awaitEnd(Duration longest) throws InterruptedException {
    // One that is not closed by then is closed without a frame, with all that is open.
    end.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }
}
