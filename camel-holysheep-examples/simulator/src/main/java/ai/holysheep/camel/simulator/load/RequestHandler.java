package ai.holysheep.camel.simulator.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
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

  private @Nullable StreamedAnswer answer;

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request)
      throws IOException {
    JsonNode body;
    try (InputStream in = new ByteBufInputStream(request.content())) {
      body = MAPPER.readTree(in);
    }
    Load load = Load.of(body.path("model").asText());
    if (load == null) {
      refuse(context, body.path("model").asText());
      return;
    }
    AnswerBytes bytes = ANSWERS.computeIfAbsent(load, AnswerBytes::new);
    if (body.path("stream").asBoolean()) {
      StreamedAnswer next = new StreamedAnswer(context.channel(), load, bytes);
      answer = next;
      next.begin();
    } else {
      context.writeAndFlush(bytes.whole());
    }
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
