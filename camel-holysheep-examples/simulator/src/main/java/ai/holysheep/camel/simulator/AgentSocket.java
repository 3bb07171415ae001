package ai.holysheep.camel.simulator;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.WebSocketInternal;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import java.nio.charset.StandardCharsets;

/**
 * What can be done to a socket, faults included. Where the socket is closed already, nothing
 * happens. Every method runs on its event loop.
 */
final class AgentSocket {

  private final ServerWebSocket socket;

  AgentSocket(ServerWebSocket socket) {
    this.socket = socket;
  }

  boolean isFull() {
    return !socket.isClosed() && socket.writeQueueFull();
  }

  void send(String message) {
    if (!socket.isClosed()) {
      socket.writeTextMessage(message);
    }
  }

  /** Sends a message in fragments of so many bytes, which cut characters too. */
  void send(String message, int fragmentBytes) {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= fragmentBytes) {
      send(message);
      return;
    }
    for (int from = 0; from < bytes.length && !socket.isClosed(); from += fragmentBytes) {
      int length = Math.min(fragmentBytes, bytes.length - from);
      boolean isLast = from + length == bytes.length;
      // Vert.x makes text fragments of whole characters only, but for this class of its inside.
      WebSocketFrameType type =
          from == 0 ? WebSocketFrameType.TEXT : WebSocketFrameType.CONTINUATION;
      WebSocketFrame fragment =
          new WebSocketFrameImpl(type, Unpooled.wrappedBuffer(bytes, from, length), isLast);
      socket.writeFrame(fragment);
    }
  }

  /** Sends four bytes that are no text. */
  void sendBinary() {
    if (!socket.isClosed()) {
      socket.writeBinaryMessage(Buffer.buffer(new byte[] {0, 1, 2, (byte) 0xff}));
    }
  }

  void close(int code) {
    if (!socket.isClosed()) {
      socket.close((short) code, "asked for by the prompt");
    }
  }

  /** Closes the connection without a close frame. */
  void drop() {
    channel().close();
  }

  /** Hears nothing any more, neither messages nor pings nor a close frame. */
  void mute() {
    channel().pipeline().addFirst(new Deaf());
  }

  private ChannelHandlerContext channel() {
    return ((WebSocketInternal) socket).channelHandlerContext();
  }

  /** Forgets what comes in. That the client leaves is still noticed. */
  private static final class Deaf extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      ReferenceCountUtil.release(bytes);
    }
  }
}
