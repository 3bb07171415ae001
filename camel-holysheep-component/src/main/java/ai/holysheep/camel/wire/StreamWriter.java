package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.StreamEncoder;
import ai.holysheep.camel.chat.StreamFormat;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.error.HolySheepException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of one stream in one of the formats that have words for failures. Knows where
 * the stream is and when it is over; what an event looks like knows its {@link Words}.
 */
public final class StreamWriter implements StreamEncoder {

  /** What an event looks like in a format. Asked for one event after the other, and none twice. */
  interface Words {

    /** Appends what the format says of this event. Failures are events here. */
    void write(ChatEvent event, StringBuilder out);

    /** Whether the format can say that all before is void. Otherwise that is a failure. */
    boolean canRestart();
  }

  private static final byte[] NOTHING = {};

  private final String streamId;
  private final Words words;
  private @Nullable Origin latest;
  private @Nullable RuntimeException failure;
  private boolean over;

  private StreamWriter(String streamId, Words words) {
    this.streamId = streamId;
    this.words = words;
  }

  /**
   * An encoder for one stream.
   *
   * @param streamId the id that the stream's events carry
   * @param clock the date, for formats that name it
   */
  public static StreamEncoder of(StreamFormat format, String streamId, Supplier<Instant> clock) {
    return switch (format) {
      case TEXT -> new PlainText();
      case SSE -> new StreamWriter(streamId, EventFrames.SSE);
      case NDJSON -> new StreamWriter(streamId, EventFrames.LINES);
      case OPENAI -> new StreamWriter(streamId, new OpenAiChunks(clock));
      case UI_MESSAGE -> new StreamWriter(streamId, new UiMessageParts());
    };
  }

  @Override
  public byte[] encode(ChatEvent event) {
    if (over) {
      return NOTHING;
    }
    if (event instanceof AnswerRestarted restarted && !words.canRestart()) {
      return encodeFailure(restarted.cause());
    }
    if (event instanceof CallFailed failed) {
      failure = failed.exception();
    }
    latest = event.origin();
    over = event.isLast();
    StringBuilder out = new StringBuilder(256);
    words.write(event, out);
    return bytes(out);
  }

  @Override
  public byte[] encodeFailure(RuntimeException exception) {
    return encode(new CallFailed(next(), exception, partialAnswer(exception)));
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public @Nullable RuntimeException untoldFailure() {
    return null;
  }

  @Override
  public @Nullable RuntimeException failure() {
    return failure;
  }

  /** The id of a tool call; one of our own where the server sent none, because readers need one. */
  static String id(ToolCall call, Origin origin) {
    return call.id() == null ? "call_" + origin.streamId() + "_" + origin.index() : call.id();
  }

  /** Where an event belongs that follows the ones which were written. */
  private Origin next() {
    Origin before = latest;
    return before == null
        ? new Origin(streamId, 0, null, null, null)
        : new Origin(streamId, before.index() + 1, before.responseId(), before.model(), null);
  }

  private ChatAnswer partialAnswer(RuntimeException exception) {
    ChatAnswer partial =
        exception instanceof HolySheepException known ? known.getPartialAnswer() : null;
    return partial == null ? new ChatAnswer(streamId, null, null, List.of(), null) : partial;
  }

  /**
   * Servers may send one half of a character in one chunk and the other half in the next. UTF-8 has
   * no halves, JSON has.
   */
  private static byte[] bytes(StringBuilder json) {
    for (int i = json.length() - 1; i >= 0; i--) {
      char c = json.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (i > 0 && Character.isSurrogatePair(json.charAt(i - 1), c)) {
        i--;
      } else {
        json.replace(i, i + 1, "\\u" + Integer.toHexString(c));
      }
    }
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
