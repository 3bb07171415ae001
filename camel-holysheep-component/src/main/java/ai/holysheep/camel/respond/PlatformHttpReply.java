package ai.holysheep.camel.respond;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategyAware;
import org.apache.camel.support.MessageHelper;
import org.jspecify.annotations.Nullable;

/**
 * The reply to a request of platform-http on Vert.x, written piece by piece. The server would wait
 * for 16 KiB of an {@code InputStream}, or for its end, before it writes anything. Belongs to the
 * thread that writes; it waits until the server has taken each piece, so a client that reads slowly
 * slows the writer down.
 */
public final class PlatformHttpReply {

  private final HttpServerResponse response;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();

  private PlatformHttpReply(HttpServerResponse response) {
    this.response = response;
  }

  /**
   * The reply to the request that an exchange came from.
   *
   * @throws IllegalStateException when it came from no such server, or there is a reply already
   */
  public static PlatformHttpReply to(Exchange exchange) {
    HttpServerResponse response =
        exchange.getProperty(RequestsNoted.REPLY, HttpServerResponse.class);
    if (response == null) {
      throw new IllegalStateException(
          "holysheep:respond answers requests of platform-http on Vert.x"
              + " (camel-platform-http-vertx), but this exchange began at "
              + exchange.getFromEndpoint()
              + ". For other servers leave the stream in the body, or convert it to an"
              + " InputStream.");
    }
    if (response.headWritten()) {
      throw new IllegalStateException("The request has been answered already.");
    }
    return new PlatformHttpReply(response);
  }

  /** Runs something once when the client has gone before the end, on the server's thread. */
  public void whenGone(Runnable task) {
    gone.thenRun(task);
    response.exceptionHandler(e -> gone.complete(null));
    response.closeHandler(nothing -> gone.complete(null));
    if (response.closed()) {
      gone.complete(null);
    }
  }

  /** Whether the client has gone before the end. */
  public boolean isGone() {
    return gone.isDone();
  }

  /**
   * Writes the head: the headers of a message that the server would write too, and those that say
   * what the body is.
   */
  public void begin(Exchange exchange) throws IOException, InterruptedException {
    response.setChunked(true);
    Message message = exchange.getMessage();
    HeaderFilterStrategy filter = filter(exchange.getFromEndpoint());
    message
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (value != null
                  && filter != null
                  && !filter.applyFilterToCamelHeaders(name, value, exchange)) {
                response.putHeader(name, value.toString());
              }
            });
    put("Content-Type", MessageHelper.getContentType(message));
    put("Cache-Control", message.getHeader("Cache-Control", String.class));
    await(response.write(Buffer.buffer()));
  }

  private void put(String name, @Nullable String value) {
    if (value != null) {
      response.putHeader(name, value);
    }
  }

  private static @Nullable HeaderFilterStrategy filter(@Nullable Endpoint server) {
    return server instanceof HeaderFilterStrategyAware aware
        ? aware.getHeaderFilterStrategy()
        : null;
  }

  /**
   * Writes a piece of the body, and waits until the server has taken it.
   *
   * @throws IOException when the client has gone
   */
  public void write(byte[] bytes, int length) throws IOException, InterruptedException {
    await(response.write(Buffer.buffer(length).appendBytes(bytes, 0, length)));
  }

  /** Ends the reply: the client knows that it is whole. */
  public void end() throws IOException, InterruptedException {
    await(response.end());
  }

  /** Ends the connection: the client knows that the reply is not whole. Does not throw. */
  public void breakOff() {
    response.reset();
    // The server writes a reply of its own otherwise, and complains that it cannot.
    if (!response.ended()) {
      response.end();
    }
  }

  private void await(Future<Void> written) throws IOException, InterruptedException {
    try {
      written.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException e) {
      // The server may tell of a broken connection here before it tells the handlers.
      gone.complete(null);
      throw new IOException("The reply could not be written: " + e.getCause(), e.getCause());
    }
  }
}
