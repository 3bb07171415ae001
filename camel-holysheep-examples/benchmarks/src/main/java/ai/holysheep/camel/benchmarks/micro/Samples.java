package ai.holysheep.camel.benchmarks.micro;

import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.Continuation;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.Prompt;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.client.Deadlines;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.transport.Limits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the benchmarks hand to the parts of the component: one token, and one call. */
final class Samples {

  static final String STREAM_ID = "3f0c6a52-8f3e-4a53-9d57-1d1f0e1c2b3a";

  private static final String RESPONSE_ID = "chatcmpl-Cg0123456789abcdefghijklmnopq";
  static final String MODEL = "gpt-4o-mini-2024-07-18";

  /** Past the numbers that are objects already. */
  private static final long INDEX = 1000;

  private Samples() {}

  /** The chunk of a token. */
  static Chunk chunk() {
    ChoiceDelta delta = new ChoiceDelta(0, " token", null, List.of(), null);
    return new Chunk(RESPONSE_ID, MODEL, List.of(delta), null, null);
  }

  /** The event of a token. */
  static ChatEvent event() {
    return new TextReceived(new Origin(STREAM_ID, INDEX, RESPONSE_ID, MODEL, null), " token");
  }

  /** A question whose answer comes as a stream. */
  static ChatRequest request() {
    return new ChatRequest(
        new Prompt.Text("Say something."), null, Map.of("model", MODEL), Map.of(), true);
  }

  /** How it is asked, with deadlines, because they are looked at for each token. */
  static CallSettings settings() {
    Duration minute = Duration.ofMinutes(1);
    int mebibyte = 1024 * 1024;
    return new CallSettings(
        URI.create("http://127.0.0.1/v1"),
        null,
        Map.of(),
        new Deadlines(minute, minute, minute.multipliedBy(10), minute),
        RetryPolicy.NEVER,
        Continuation.PLAIN,
        new Limits(mebibyte, mebibyte, 64L * mebibyte),
        mebibyte,
        true,
        false,
        Coalescing.NONE,
        false);
  }
}
