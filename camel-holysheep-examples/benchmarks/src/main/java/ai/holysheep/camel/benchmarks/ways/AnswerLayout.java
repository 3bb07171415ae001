package ai.holysheep.camel.benchmarks.ways;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where the tokens are in the bytes of an answer of the load server: after a head and one event
 * without a token, one after the other, all equally long.
 *
 * @param begin how many bytes come before the first token
 * @param token how many bytes the event of a token has
 * @param stampAt where in them the text of the token begins
 */
record AnswerLayout(int begin, int token, int stampAt) {

  private static final String OK = "HTTP/1.1 200 ";
  private static final String HEAD_END = "\r\n\r\n";
  private static final String LINE_END = "\r\n";
  private static final String CONTENT = "\"content\":\"";
  private static final int HEXADECIMAL = 16;

  /**
   * What the first bytes of an answer tell; null as long as they do not reach to the end of the
   * first token.
   *
   * @throws IllegalStateException when they are the bytes of no stream
   */
  static @Nullable AnswerLayout of(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int head = text.indexOf(HEAD_END);
    if (head < 0) {
      return null;
    }
    if (!text.startsWith(OK)) {
      throw new IllegalStateException(text.lines().findFirst().orElse(""));
    }
    int begin = chunkEnd(text, head + HEAD_END.length());
    int end = begin < 0 ? -1 : chunkEnd(text, begin);
    if (end < 0 || end > text.length()) {
      return null;
    }
    int content = text.indexOf(CONTENT, begin) + CONTENT.length();
    return new AnswerLayout(begin, end - begin, content - begin);
  }

  /** Where the HTTP chunk ends that begins here; -1 where its size has not come. */
  private static int chunkEnd(String text, int from) {
    int sizeEnd = text.indexOf(LINE_END, from);
    if (from > text.length() || sizeEnd < 0) {
      return -1;
    }
    int size = Integer.parseInt(text, from, sizeEnd, HEXADECIMAL);
    return sizeEnd + LINE_END.length() + size + LINE_END.length();
  }
}
