package ai.holysheep.camel.testing;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.Latency;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.StreamTruncatedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of one made-up stream, with their indexes. */
public final class PartsOfAStream {

  private static final Latency LATENCY =
      new Latency(
          Duration.ofMillis(1500),
          Duration.ofMillis(400),
          Duration.ofMillis(30),
          Duration.ofMillis(2),
          null,
          12.5);
  public static final Usage USAGE = new Usage(7L, 3L, 10L, 2L, 1L, UsageSource.ESTIMATED);
  public static final ToolCall CALL = new ToolCall("c1", "weather", "{\"city\":\"Zürich\"}", true);

  private final String streamId;
  private final List<ChatEvent> events = new ArrayList<>();

  private PartsOfAStream(String streamId) {
    this.streamId = streamId;
  }

  public static PartsOfAStream of(String streamId) {
    return new PartsOfAStream(streamId);
  }

  /** Tokens and the last part. */
  public static List<ChatEvent> tokens(String streamId, String... tokens) {
    return of(streamId).text(tokens).end();
  }

  public PartsOfAStream text(String... tokens) {
    return textOf(null, tokens);
  }

  public PartsOfAStream textOf(@Nullable Integer choiceIndex, String... tokens) {
    for (String token : tokens) {
      events.add(new TextReceived(origin(choiceIndex), token));
    }
    return this;
  }

  public PartsOfAStream reasoning(String text) {
    events.add(new ReasoningReceived(origin(null), text));
    return this;
  }

  public PartsOfAStream toolCall() {
    events.add(new ToolCallReceived(origin(null), CALL));
    return this;
  }

  public PartsOfAStream restart() {
    events.add(new AnswerRestarted(origin(null), 2, failure()));
    return this;
  }

  public List<ChatEvent> end() {
    Origin origin = origin(null);
    events.add(new CallEnded(origin, report(origin.index())));
    return events;
  }

  public List<ChatEvent> fail() {
    events.add(
        new CallFailed(
            origin(null), failure(), new ChatAnswer(streamId, null, null, List.of(), null)));
    return events;
  }

  public static Report report(long chunkCount) {
    return new Report(FinishReason.STOP, "end_turn", USAGE, chunkCount, 1, 2, "req-1", LATENCY);
  }

  private static HolySheepException failure() {
    return new StreamTruncatedException("It broke.", FailureContext.NONE);
  }

  private Origin origin(@Nullable Integer choiceIndex) {
    return new Origin(streamId, events.size(), "r-1", "model-1", choiceIndex);
  }
}
