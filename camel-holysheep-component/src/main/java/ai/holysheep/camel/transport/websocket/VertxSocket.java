package ai.holysheep.camel.transport.websocket;

import ai.holysheep.camel.transport.Socket;
import ai.holysheep.camel.transport.SocketListener;
import ai.holysheep.camel.transport.SocketListener.End;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One open socket of Vert.x. */
final class VertxSocket implements Socket {

  private static final int NO_CODE = 1006;

  private final WebSocket socket;
  private final AtomicBoolean over = new AtomicBoolean();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile @Nullable Throwable failure;

  VertxSocket(WebSocket socket) {
    this.socket = socket;
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
    socket.textMessageHandler(listener::message);
    socket.binaryMessageHandler(
        data -> {
          socket.fetch(1);
          listener.binary();
        });
    socket.pongHandler(data -> listener.pong());
    socket.exceptionHandler(e -> failure = e);
    socket.closeHandler(nothing -> tellEnd(listener, atEnd));
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
    boolean isFaulty = cause != null && (code == null || code == NO_CODE);
    return isFaulty
        ? new End(fault(cause), NO_CODE, null)
        : new End(null, code == null ? NO_CODE : code, socket.closeReason());
  }

  private static TransportFault fault(@Nullable Throwable cause) {
    String words = cause == null ? "" : String.valueOf(cause.getMessage());
    boolean tooLong = words.contains("exceeded") || words.contains("too large");
    return new TransportFault(tooLong ? Kind.TOO_LONG : Kind.BROKEN, words, cause);
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
