package ai.holysheep.camel.simulator.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Answers the inputs of one agent session, one after the other, all with the same load. */
final class SocketHandler extends SimpleChannelInboundHandler<WebSocketFrame> {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Load load;
  private final AnswerBytes bytes;
  private @Nullable StreamedAnswer answer;

  SocketHandler(Load load, AnswerBytes bytes) {
    this.load = load;
    this.bytes = bytes;
  }

  /** Begins the answer to the request that asked for the socket. */
  void begin(ChannelHandlerContext context) {
    StreamedAnswer next = new StreamedAnswer(context.channel(), load, bytes);
    answer = next;
    next.begin();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame)
      throws IOException {
    if (frame instanceof TextWebSocketFrame text) {
      JsonNode event = MAPPER.readTree(text.text());
      if (event.path("type").asText().equals("user_input")) {
        begin(context);
      }
    } else if (frame instanceof PingWebSocketFrame ping) {
      context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
    } else if (frame instanceof CloseWebSocketFrame close) {
      context.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (answer != null) {
      answer.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (answer != null) {
      answer.stop();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
