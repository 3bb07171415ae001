package ai.holysheep.camel.benchmarks.micro;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An event stream as OpenAI's API sends it: each token in an event of 265 bytes, more or less.
 * Immutable.
 */
final class SampleStream {

  private static final String[] WORDS = {
    " the", " model", " says", " one", " word", " after", " another", ",", " and", " so", " on", "."
  };

  private static final String HEAD =
      "{\"id\":\"chatcmpl-Cg0123456789abcdefghijklmnopq\",\"object\":\"chat.completion.chunk\","
          + "\"created\":1764000000,\"model\":\"gpt-4o-mini-2024-07-18\","
          + "\"system_fingerprint\":\"fp_0123456789\",\"choices\":[";

  private SampleStream() {}

  /** The message of a token, which differs from the other ones in nothing but its text. */
  static byte[] message(int number) {
    return bytes(json(number) + "}");
  }

  /** The message of a token with some more letters, other ones each time, that mean nothing. */
  static byte[] obfuscatedMessage(int number) {
    String letters = Integer.toString(number * 7919 + 100_000, Character.MAX_RADIX);
    return bytes(json(number) + ",\"obfuscation\":\"" + letters + "\"}");
  }

  /** The event of a token. */
  static byte[] event(int number) {
    return bytes("data: " + json(number) + "}\n\n");
  }

  /** The events of so many tokens, and nothing behind them. */
  static byte[] events(int tokens) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int number = 0; number < tokens; number++) {
      all.writeBytes(event(number));
    }
    return all.toByteArray();
  }

  /** A whole stream with so many tokens. */
  static byte[] whole(int tokens) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(events(tokens));
    String end = HEAD + "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    all.writeBytes(bytes("data: " + end + "\n\ndata: [DONE]\n\n"));
    return all.toByteArray();
  }

  private static String json(int number) {
    return HEAD
        + "{\"index\":0,\"delta\":{\"content\":\""
        + WORDS[number % WORDS.length]
        + "\"},\"logprobs\":null,\"finish_reason\":null}]";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
