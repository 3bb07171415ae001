package ai.holysheep.camel.simulator.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Answers the requests of one connection, one after the other. */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Map<Load, AnswerBytes> ANSWERS = new ConcurrentHashMap<>();
  private static final String SOCKETS = "/v1/agent/";

  private @Nullable StreamedAnswer answer;

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request)
      throws IOException {
    if (request.uri().startsWith(SOCKETS)) {
      openSocket(context, request);
      return;
    }
    JsonNode body;
    try (InputStream in = new ByteBufInputStream(request.content())) {
      body = MAPPER.readTree(in);
    }
    Load load = Load.of(body.path("model").asText());
    if (load == null) {
      refuse(context, body.path("model").asText());
      return;
    }
    if (body.path("agent_mode").asBoolean() && request.headers().contains("Upgrade")) {
      nameSocket(context, request, load);
      return;
    }
    AnswerBytes bytes = ANSWERS.computeIfAbsent(load, AnswerBytes::overHttp);
    if (body.path("stream").asBoolean()) {
      StreamedAnswer next = new StreamedAnswer(context.channel(), load, bytes);
      answer = next;
      next.begin();
    } else {
      context.writeAndFlush(bytes.whole());
    }
  }

  private static void nameSocket(
      ChannelHandlerContext context, FullHttpRequest request, Load load) {
    String reply =
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSec-WebSocket-URL: ws://"
            + request.headers().get("Host")
            + SOCKETS
            + load.model()
            + "\r\n\r\n";
    context.writeAndFlush(Unpooled.copiedBuffer(reply, StandardCharsets.US_ASCII));
  }

  private static void openSocket(ChannelHandlerContext context, FullHttpRequest request) {
    String model = request.uri().substring(SOCKETS.length());
    Load load = Load.of(model);
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory(request.uri(), null, false).newHandshaker(request);
    if (load == null || handshaker == null) {
      refuse(context, model);
      return;
    }
    // The library wants one to write its reply with, and takes it away again.
    context.pipeline().addFirst(new HttpResponseEncoder());
    SocketHandler session = new SocketHandler(load, AnswerBytes.overSocket(load));
    context.pipeline().addLast(session);
    handshaker
        .handshake(context.channel(), request)
        .addListener(
            done -> {
              context.pipeline().remove(RequestHandler.class);
              session.begin(context);
            });
  }

  private static void refuse(ChannelHandlerContext context, String model) {
    String body =
        "{\"error\":{\"message\":\"There is no load like '"
            + model.replaceAll("[^\\w.-]", "?")
            + "'; name it load-<tokens>-<microseconds>.\",\"type\":\"invalid_request_error\"}}";
    String reply =
        "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    context
        .writeAndFlush(Unpooled.copiedBuffer(reply, StandardCharsets.US_ASCII))
        .addListener(ChannelFutureListener.CLOSE);
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
