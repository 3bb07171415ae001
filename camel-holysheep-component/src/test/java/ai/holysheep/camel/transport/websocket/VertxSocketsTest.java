package ai.holysheep.camel.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.Socket;
import ai.holysheep.camel.transport.SocketCall;
import ai.holysheep.camel.transport.SocketListener;
import ai.holysheep.camel.transport.http.HttpSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class VertxSocketsTest {

  private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: (\\S+)");
  private static final String ACCEPTING = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final Vertx vertx = Vertx.vertx();
  private final NetServer server =
      vertx
          .createNetServer()
          .connectHandler(VertxSocketsTest::answer)
          .listen(0, "127.0.0.1")
          .toCompletionStage()
          .toCompletableFuture()
          .join();
  private final VertxSockets sockets =
      new VertxSockets(
          new HttpSettings(
              10_000,
              Duration.ofSeconds(10),
              Duration.ofSeconds(10),
              Duration.ofMinutes(1),
              null,
              null),
          new SlowBeans(vertx));

  @AfterEach
  void close() {
    sockets.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** A server may speak in the same breath as it accepts the socket. */
  private static void answer(NetSocket client) {
    StringBuilder head = new StringBuilder();
    client.handler(
        bytes -> {
          Matcher key = KEY.matcher(head.append(bytes.toString(StandardCharsets.US_ASCII)));
          if (head.indexOf("\r\n\r\n") > 0 && key.find()) {
            client.write(
                Buffer.buffer(
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                            + accept(key.group(1))
                            + "\r\n\r\n")
                    .appendBytes(new byte[] {(byte) 0x81, 2, 'H', 'i'}));
            client.handler(null);
          }
        });
  }

  private static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + ACCEPTING).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The thread that opens a socket may be slow between two calls of the library. Here it is, for as
   * long as it takes the server to speak and the client to hear it.
   */
  @Test
  @Timeout(30)
  void whatComesWithTheHandshakeIsNotLostByASlowThread() throws Exception {
    for (int i = 0; i < 5; i++) {
      Heard heard = new Heard();
      URI uri = URI.create("ws://127.0.0.1:" + server.actualPort() + "/");
      sockets.open(new SocketCall(uri, Map.of(), new Limits(1000, 1000, 1000)), heard);
      assertThat(heard.message.get(5, TimeUnit.SECONDS)).isEqualTo("Hi");
      heard.socket.get(5, TimeUnit.SECONDS).close(Socket.NORMAL, "");
    }
  }

  /** Has an instance whose sockets come late to whoever asks for one. */
  private static final class SlowBeans implements VertxSockets.Beans {

    private final Vertx slow;

    SlowBeans(Vertx vertx) {
      slow = proxy(Vertx.class, vertx, this::slowly);
    }

    private Object slowly(String method, Object result) {
      if (result instanceof WebSocketClient client) {
        return proxy(WebSocketClient.class, client, this::slowly);
      }
      if (method.equals("connect")) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
      return result;
    }

    private static <T> T proxy(
        Class<T> type, T target, BiFunction<String, Object, Object> changed) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (self, method, arguments) ->
                  changed.apply(method.getName(), method.invoke(target, arguments))));
    }

    @Override
    public <T> T find(Class<T> type) {
      return type.cast(slow);
    }
  }

  private static final class Heard implements SocketListener {

    private final CompletableFuture<Socket> socket = new CompletableFuture<>();
    private final CompletableFuture<String> message = new CompletableFuture<>();

    @Override
    public void opened(Socket opened) {
      opened.request(10);
      socket.complete(opened);
    }

    @Override
    public void message(String text) {
      message.complete(text);
    }

    @Override
    public void binary() {}

    @Override
    public void pong() {}

    @Override
    public void ended(End end) {
      socket.completeExceptionally(new AssertionError(end.toString()));
    }
  }
}
