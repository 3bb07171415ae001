package ai.holysheep.camel.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.Continuation;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.Prompt;
import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.client.ChatClient;
import ai.holysheep.camel.client.Deadlines;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.testing.Clients;
import ai.holysheep.camel.testing.FakeTransport;
import ai.holysheep.camel.testing.FakeTransport.Outcome;
import ai.holysheep.camel.testing.FakeTransport.Script;
import ai.holysheep.camel.testing.ManualTimers;
import ai.holysheep.camel.transport.Limits;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Any bytes that follow the head of a reply make a stream with one end, the same however they are
 * cut; or one exception of the family. A stream that was cut off is never whole.
 */
public final class AnswerTarget {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Limits LIMITS = new Limits(1 << 20, 1 << 20, 1 << 20);

  private final ManualTimers timers = new ManualTimers();
  private final boolean failureAsEvent;
  private final int choices;
  private final boolean splitThinkTags;

  private AnswerTarget(boolean failureAsEvent, int choices, boolean splitThinkTags) {
    this.failureAsEvent = failureAsEvent;
    this.choices = choices;
    this.splitThinkTags = splitThinkTags;
  }

  public static void fuzzerTestOneInput(byte[] body) {
    Random random = Cuts.choices(body);
    AnswerTarget target =
        new AnswerTarget(random.nextBoolean(), 1 + random.nextInt(2), random.nextBoolean());
    Verdict whole = target.stream(body, List.of(Math.max(1, body.length)));
    assertThat(target.stream(body, List.of(1))).as("byte by byte").isEqualTo(whole);
    assertThat(target.stream(body, Cuts.sizes(random))).as("cut").isEqualTo(whole);
    target.stream(Arrays.copyOf(body, random.nextInt(body.length + 1)), Cuts.sizes(random));
    target.document(body, 200);
    target.document(body, random.nextBoolean() ? 400 + random.nextInt(200) : 300);
  }

  private Verdict stream(byte[] body, List<Integer> sizes) {
    Script script = new Script().head();
    Cuts.pieces(body, sizes).forEach(script::bytes);
    FakeTransport transport = new FakeTransport(script);
    ChatClient client = Clients.client(transport, timers);
    EventStream stream = client.stream(request(true), settings(), null);
    Verdict verdict = Verdict.of(stream);
    checkLeftovers(transport, client, verdict.isWhole());
    if (verdict.isWhole()) {
      checkNotCut(body, verdict);
    }
    return verdict;
  }

  /** Only the end that the server announces makes an answer whole. */
  private void checkNotCut(byte[] body, Verdict verdict) {
    boolean done = new String(body, StandardCharsets.ISO_8859_1).contains("[DONE]");
    boolean finished =
        verdict.answer().choices().size() >= choices
            && verdict.answer().choices().stream().allMatch(c -> c.rawFinishReason() != null);
    assertThat(done || finished).as("whole without an end").isTrue();
  }

  private void document(byte[] body, int status) {
    Script script = new Script().head(status, "application/json").bytes(body);
    FakeTransport transport = new FakeTransport(script);
    ChatClient client = Clients.client(transport, timers);
    boolean whole = false;
    try {
      assertThat(client.ask(request(false), settings(), null).report()).isNotNull();
      assertThat(status).isEqualTo(200);
      whole = true;
    } catch (HolySheepException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    checkLeftovers(transport, client, whole);
  }

  private void checkLeftovers(FakeTransport transport, ChatClient client, boolean whole) {
    assertThat(transport.attempted(0).outcome())
        .isEqualTo(whole ? Outcome.RELEASED : Outcome.ABORTED);
    assertThat(client.activeCount()).as("calls under way").isZero();
    assertThat(timers.waitingCount()).as("timers left").isZero();
  }

  private CallSettings settings() {
    Deadlines deadlines = new Deadlines(MINUTE, MINUTE, MINUTE, MINUTE);
    return new CallSettings(
        URI.create("http://test/v1"),
        null,
        Map.of(),
        deadlines,
        RetryPolicy.NEVER,
        Continuation.PLAIN,
        LIMITS,
        1 << 20,
        true,
        splitThinkTags,
        Coalescing.NONE,
        failureAsEvent);
  }

  private ChatRequest request(boolean stream) {
    Map<String, Object> parameters = Map.of("model", "test-model", "n", choices);
    return new ChatRequest(new Prompt.Text("Hi"), null, Map.of(), parameters, stream);
  }
}
