package ai.holysheep.camel.simulator.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Answers requests for chat completions on 127.0.0.1, by as little work as it takes: one thread
 * writes bytes that were made before. The model's name says how much comes and how fast, see {@link
 * Load}, and each token says when it was written, see {@link Stamp}.
 *
 * <p>Tokens that are to come at a pace are due at fixed moments: what is late makes the next one no
 * later.
 */
public final class LoadServer implements AutoCloseable {

  private static final int BACKLOG = 16 * 1024;
  private static final int LONGEST_REQUEST = 1024 * 1024;

  private final NioEventLoopGroup group = new NioEventLoopGroup(1);
  private final int port;

  private LoadServer(int port) {
    this.port =
        ((InetSocketAddress)
                new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_BACKLOG, BACKLOG)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new Connections())
                    .bind("127.0.0.1", port)
                    .syncUninterruptibly()
                    .channel()
                    .localAddress())
            .getPort();
  }

  /**
   * Starts one.
   *
   * @param port where; 0 takes a free one
   */
  public static LoadServer start(int port) {
    return new LoadServer(port);
  }

  /** The port that it listens on. */
  public int port() {
    return port;
  }

  /** What clients take for the address of the API. */
  public String baseUrl() {
    return "http://127.0.0.1:" + port + "/v1";
  }

  /** Ends all streams and waits for the end of the thread. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static final class Connections extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      channel
          .pipeline()
          .addLast(new HttpRequestDecoder())
          .addLast(new HttpObjectAggregator(LONGEST_REQUEST))
          .addLast(new RequestHandler());
    }
  }
}
