package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.CoalescingUnit;
import ai.holysheep.camel.chat.Continuation;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.Prompt;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.testing.Clients;
import ai.holysheep.camel.testing.FakeTransport;
import ai.holysheep.camel.testing.FakeTransport.Outcome;
import ai.holysheep.camel.testing.FakeTransport.Script;
import ai.holysheep.camel.testing.ManualTimers;
import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.Timers;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Calls over a transport and a clock that the test holds. */
abstract class CallTestSupport {

  static final int MAX_KEPT_CHARACTERS = 10_000;
  static final Deadlines NO_DEADLINES = deadlines(0, 0, 0, 0);
  static final Deadlines ALL_DEADLINES = deadlines(60, 30, 600, 600);

  final ManualTimers timers = new ManualTimers();
  FakeTransport transport = new FakeTransport();
  ChatClient client = client(timers);

  /** In seconds. */
  static Deadlines deadlines(int firstToken, int idle, int total, int abandoned) {
    return new Deadlines(
        Duration.ofSeconds(firstToken),
        Duration.ofSeconds(idle),
        Duration.ofSeconds(total),
        Duration.ofSeconds(abandoned));
  }

  static CallSettings settings(Deadlines deadlines, boolean failureAsEvent) {
    return settings(deadlines, RetryPolicy.NEVER, failureAsEvent);
  }

  static CallSettings settings(Deadlines deadlines, RetryPolicy retries, boolean failureAsEvent) {
    return settings(deadlines, retries, Continuation.PLAIN, failureAsEvent);
  }

  static CallSettings settings(
      Deadlines deadlines, RetryPolicy retries, Continuation continuation, boolean failureAsEvent) {
    return new CallSettings(
        URI.create("http://test/v1"),
        null,
        Map.of(),
        deadlines,
        retries,
        continuation,
        new Limits(1 << 20, 1 << 20, 1 << 20),
        MAX_KEPT_CHARACTERS,
        true,
        false,
        Coalescing.NONE,
        failureAsEvent);
  }

  /** The same for a call that goes on while its reader waits. */
  static CallSettings awaited(CallSettings settings) {
    return coalescing(settings, new Coalescing(CoalescingUnit.NONE, 1, Duration.ofDays(1)));
  }

  static CallSettings coalescing(CallSettings settings, Coalescing coalescing) {
    return new CallSettings(
        settings.baseUrl(),
        settings.apiKey(),
        settings.headers(),
        settings.deadlines(),
        settings.retries(),
        settings.continuation(),
        settings.limits(),
        settings.maxKeptCharacters(),
        settings.strictEnd(),
        settings.splitThinkTags(),
        coalescing,
        settings.failureAsEvent());
  }

  static ChatRequest request(boolean stream) {
    return new ChatRequest(
        new Prompt.Text("Hi"), null, Map.of(), Map.of("model", "test-model"), stream);
  }

  void script(Script script) {
    script(script, timers);
  }

  void script(Script script, Timers clock) {
    transport = new FakeTransport(script);
    client = client(clock);
  }

  /** How the events of a call are taken; where not said otherwise, by the thread that asks. */
  EventStream open(ChatRequest request, CallSettings settings, String owner) {
    return client.stream(request, settings, owner);
  }

  EventStream stream() {
    return stream(ALL_DEADLINES);
  }

  EventStream stream(Deadlines deadlines) {
    return open(request(true), settings(deadlines, false), null);
  }

  EventStream failureAsEventStream() {
    return open(request(true), settings(ALL_DEADLINES, true), null);
  }

  /** Nothing is left of the call, and its connection has gone this way. */
  void assertOver(Outcome outcome) {
    assertThat(transport.attempted(0).outcome()).isEqualTo(outcome);
    assertThat(client.activeCount()).as("calls under way").isZero();
    assertThat(timers.waitingCount()).as("timers left").isZero();
  }

  void pass(int seconds) {
    timers.advance(Duration.ofSeconds(seconds));
  }

  /** Runs on a thread of its own; a failure is the result's. */
  static <T> CompletableFuture<T> elsewhere(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> new Thread(task, "taker").start());
  }

  static CompletableFuture<Throwable> failureElsewhere(Supplier<?> work) {
    return elsewhere(() -> catchThrowable(work::get));
  }

  static CompletableFuture<ChatEvent> nextElsewhere(EventStream stream) {
    return elsewhere(stream::next);
  }

  static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }

  private ChatClient client(Timers clock) {
    return client(clock, 0);
  }

  ChatClient client(Timers clock, int retryBudget) {
    return Clients.client(transport, clock, retryBudget);
  }
}
