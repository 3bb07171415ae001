package ai.holysheep.camel.testing;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Carries connections to a server, until it cuts them as a broken network does. */
public final class TcpProxy implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
  private final NetServer server;

  public TcpProxy(int target) {
    server =
        vertx
            .createNetServer()
            .connectHandler(client -> connect(client, target))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  public int port() {
    return server.actualPort();
  }

  private void connect(NetSocket client, int target) {
    client.pause();
    vertx
        .createNetClient()
        .connect(target, "127.0.0.1")
        .onSuccess(
            there -> {
              sockets.add(client);
              sockets.add(there);
              client.closeHandler(nothing -> there.close());
              there.closeHandler(nothing -> client.close());
              client.handler(there::write);
              there.handler(client::write);
              client.resume();
            });
  }

  /** Cuts all connections; new ones are carried. */
  public void cut() {
    sockets.forEach(NetSocket::close);
    sockets.clear();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
