package ai.holysheep.camel.simulator.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of an answer: over HTTP/1.1, with each event in an HTTP chunk of its own, as servers
 * that flush after each token send them; or over a WebSocket, with each message in a frame (RFC
 * 6455, 5.2). The events of tokens are all equally long.
 */
final class AnswerBytes {

  private static final String PLACE = "#".repeat(Stamp.LENGTH);

  private static final int LONGEST_SHORT_FRAME = 125;

  private final byte[] token;
  private final int stampAt;
  private final byte[] begin;
  private final byte[] end;
  private final byte[] whole;

  private AnswerBytes(String token, String begin, String end, String whole) {
    this.token = bytes(token);
    this.stampAt = token.indexOf(PLACE);
    this.begin = bytes(begin);
    this.end = bytes(end);
    this.whole = bytes(whole);
  }

  /** Over a WebSocket, where the answer is nothing but messages. */
  static AnswerBytes overSocket(Load load) {
    return new AnswerBytes(
        frame("{\"type\":\"token\",\"content\":\"" + PLACE + "\"}"),
        "",
        frame("{\"type\":\"usage\"," + usage(load) + "}")
            + frame("{\"type\":\"done\",\"finish_reason\":\"stop\"}"),
        "");
  }

  /** Over HTTP. */
  static AnswerBytes overHttp(Load load) {
    return new AnswerBytes(
        event(load, "{\"content\":\"" + PLACE + "\"}", "null"),
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            + event(load, "{\"role\":\"assistant\",\"content\":\"\"}", "null"),
        event(load, "{}", "\"stop\"")
            + chunk(head(load) + "\"choices\":[]," + usage(load) + "}")
            + chunk("[DONE]")
            + "0\r\n\r\n",
        whole(load));
  }

  /** The head of the reply, and the event that names the role. */
  ByteBuf begin() {
    return Unpooled.wrappedBuffer(begin);
  }

  /** The end of a stream, with its usage. */
  ByteBuf end() {
    return Unpooled.wrappedBuffer(end);
  }

  /** The reply to a request that wants no stream. */
  ByteBuf whole() {
    return Unpooled.wrappedBuffer(whole);
  }

  /** How many bytes the event of a token has. */
  int tokenLength() {
    return token.length;
  }

  /** Writes the events of some tokens, which are on their way from now on. */
  void writeTokens(ByteBuf out, int from, int count) {
    byte[] event = token.clone();
    for (int number = from; number < from + count; number++) {
      Stamp.write(event, stampAt, number, System.nanoTime());
      out.writeBytes(event);
    }
  }

  private static String event(Load load, String delta, String finishReason) {
    return chunk(
        head(load)
            + "\"choices\":[{\"index\":0,\"delta\":"
            + delta
            + ",\"logprobs\":null,\"finish_reason\":"
            + finishReason
            + "}],\"usage\":null}");
  }

  private static String head(Load load) {
    return "{\"id\":\"chatcmpl-load\",\"object\":\"chat.completion.chunk\",\"created\":1764000000,"
        + "\"model\":\""
        + load.model()
        + "\",\"system_fingerprint\":\"fp_load\",";
  }

  private static String usage(Load load) {
    return "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":%s,\"total_tokens\":%s}"
        .formatted(load.tokens(), load.tokens() + 10);
  }

  private static String chunk(String data) {
    String event = "data: " + data + "\n\n";
    return Integer.toHexString(event.length()) + "\r\n" + event + "\r\n";
  }

  /** One frame with a whole message; those that are shorter than 126 bytes have a head of two. */
  private static String frame(String message) {
    if (message.length() > LONGEST_SHORT_FRAME) {
      throw new IllegalArgumentException("a message of " + message.length() + " bytes");
    }
    return "\u0081" + (char) message.length() + message;
  }

  private static String whole(Load load) {
    String body =
        """
        {"id":"chatcmpl-load","object":"chat.completion","created":1764000000,"model":"%s",\
        "choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"logprobs":null,\
        "finish_reason":"stop"}],%s}"""
            .formatted(load.model(), "token ".repeat(load.tokens()), usage(load));
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
