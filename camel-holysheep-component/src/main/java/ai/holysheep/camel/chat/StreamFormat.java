package ai.holysheep.camel.chat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** How a stream is written as bytes. */
public enum StreamFormat {
  /** The text of the first answer in UTF-8, and nothing else. */
  TEXT("text", Map.of(Names.CONTENT_TYPE, "text/plain; charset=utf-8")),
  /** Server-sent events, each with one event as a JSON object. */
  SSE("sse", Names.EVENT_STREAM),
  /** One event as a JSON object in each line. */
  NDJSON("ndjson", Map.of(Names.CONTENT_TYPE, "application/x-ndjson")),
  /** What a server with OpenAI's chat completions sends. */
  OPENAI("openai", Names.EVENT_STREAM),
  /** The UI message stream of Vercel's AI SDK, from its version 5. */
  UI_MESSAGE("ui-message", Names.UI_MESSAGE_STREAM);

  private final String word;
  private final Map<String, String> headers;

  StreamFormat(String word, Map<String, String> headers) {
    this.word = word;
    this.headers = headers;
  }

  /** The word that stands in options and headers. */
  public String word() {
    return word;
  }

  /** The headers of an HTTP reply whose body is written so; with {@code Content-Type}. */
  public Map<String, String> headers() {
    return headers;
  }

  @Override
  public String toString() {
    return word;
  }

  /**
   * The format of a word, or of the constant's name, in any case.
   *
   * @throws IllegalArgumentException when there is none; says which there are
   */
  public static StreamFormat of(String word) {
    String known = word.strip().replace('_', '-');
    return Arrays.stream(values())
        .filter(format -> format.word.equalsIgnoreCase(known))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(word)));
  }

  private static String unknown(String word) {
    return "There is no stream format '"
        + word
        + "'. It is one of "
        + Arrays.stream(values()).map(StreamFormat::word).collect(Collectors.joining(", "))
        + ".";
  }

  /** A constant cannot refer to fields of its own enum. */
  private static final class Names {
    static final String CONTENT_TYPE = "Content-Type";
    private static final String CACHE_CONTROL = "Cache-Control";
    // The word by which the reverse proxy nginx and others let each piece pass at once.
    private static final String BUFFERING = "X-Accel-Buffering";

    static final Map<String, String> EVENT_STREAM =
        Map.of(CONTENT_TYPE, "text/event-stream", CACHE_CONTROL, "no-cache", BUFFERING, "no");
    static final Map<String, String> UI_MESSAGE_STREAM =
        Map.of(
            CONTENT_TYPE,
            "text/event-stream",
            CACHE_CONTROL,
            "no-cache",
            BUFFERING,
            "no",
            "x-vercel-ai-ui-message-stream",
            "v1");
  }
}
