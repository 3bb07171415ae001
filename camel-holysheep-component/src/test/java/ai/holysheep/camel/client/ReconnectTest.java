package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Continuation;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.EventType;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.recovery.Recovery;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.testing.Chunks;
import ai.holysheep.camel.testing.FakeTransport.Gate;
import ai.holysheep.camel.testing.FakeTransport.Outcome;
import ai.holysheep.camel.testing.FakeTransport.Script;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are tried again: before the first part unnoticed, after it as the route wants. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReconnectTest extends CallTestSupport {

  /** Without a wait, so that the thread that takes events can be the test's. */
  private static final RetryPolicy AT_ONCE = policy(0, Recovery.FAIL);

  private static final String ROLE_ONLY =
      Chunks.chunk("{\"role\":\"assistant\",\"content\":\"\"}", null);

  private static RetryPolicy policy(int delaySeconds, Recovery recovery) {
    return new RetryPolicy(3, Duration.ofSeconds(delaySeconds), Duration.ofSeconds(60), recovery);
  }

  // Before the first part.

  @Test
  void refusalBeforeTheAnswerIsNotNoticed() {
    script(busy());
    transport.then(busy()).then(hello());
    List<ChatEvent> events = rest(stream(AT_ONCE));
    assertThat(text(events)).isEqualTo("Hello");
    assertIndexesHaveNoGaps(events);
    assertThat(report(events).reconnectCount()).isEqualTo(2);
    assertThat(transport.attempted(0).outcome()).isEqualTo(Outcome.ABORTED);
    assertThat(transport.attempted(2).outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(client.activeCount()).isZero();
    assertThat(timers.waitingCount()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"UNKNOWN_HOST", "REFUSED", "CONNECT_TIMEOUT", "CUT", "BROKEN"})
  void faultBeforeTheHeadIsNotNoticed(Kind kind) {
    script(new Script().fault(kind));
    transport.then(hello());
    assertThat(text(rest(stream(AT_ONCE)))).isEqualTo("Hello");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"TLS", "PROXY"})
  void faultThatWouldComeAgainIsToldAtOnce(Kind kind) {
    script(new Script().fault(kind));
    transport.then(hello());
    assertThatThrownBy(() -> stream(AT_ONCE)).isInstanceOf(TransportFailedException.class);
    assertThat(transport.attemptCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CUT", "BROKEN"})
  void faultBetweenHeadAndFirstTokenIsNotNoticed(Kind kind) {
    script(new Script().head().keepAlive().event(ROLE_ONLY).fault(kind));
    transport.then(hello());
    assertThat(text(rest(stream(AT_ONCE)))).isEqualTo("Hello");
  }

  @Test
  void endBeforeTheFirstTokenIsNotNoticed() {
    script(new Script().head());
    transport.then(new Script().head().event("{\"error\":{\"message\":\"overloaded\"}}"));
    transport.then(hello());
    List<ChatEvent> events = rest(stream(AT_ONCE));
    assertThat(text(events)).isEqualTo("Hello");
    assertThat(report(events).reconnectCount()).isEqualTo(2);
  }

  @Test
  void fragmentsOfAToolCallThatWereNotHandedOnAreForgotten() {
    String fragment =
        "{\"tool_calls\":[{\"index\":0,\"id\":\"c-1\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\"}}]}";
    script(new Script().head().event(Chunks.chunk(fragment, null)).fault(Kind.BROKEN));
    transport.then(hello());
    List<ChatEvent> events = rest(stream(AT_ONCE));
    assertThat(events)
        .extracting(ChatEvent::type)
        .containsExactly(EventType.TOKEN, EventType.TOKEN, EventType.USAGE);
    assertThat(report(events).usage().source()).isEqualTo(UsageSource.ESTIMATED);
  }

  @Test
  void firstTokenDeadlineBeginsAnewWithEachTry() throws Exception {
    Gate first = new Gate();
    Gate second = new Gate();
    script(new Script().head().await(first));
    transport.then(new Script().await(second).head().token("Hi").finish());
    EventStream stream = stream(ALL_DEADLINES, AT_ONCE);
    CompletableFuture<ChatEvent> token = nextElsewhere(stream);
    first.awaitReader();
    pass(60);
    second.awaitReader();
    pass(59);
    second.open();
    assertThat(await(token)).isInstanceOf(TextReceived.class);
    stream.close();
  }

  @Test
  void waitBeforeTheNextTryIsThatOfThePolicy() throws Exception {
    script(busy());
    transport.then(busy()).then(hello());
    CompletableFuture<EventStream> stream = elsewhere(() -> stream(policy(10, Recovery.FAIL)));
    awaitTimers(1);
    pass(9);
    assertThat(transport.attemptCount()).isEqualTo(1);
    pass(1);
    awaitAttempts(2);
    awaitTimers(1);
    pass(19);
    assertThat(transport.attemptCount()).isEqualTo(2);
    pass(1);
    assertThat(text(rest(await(stream)))).isEqualTo("Hello");
  }

  @Test
  void waitThatTheServerAsksForIsKept() throws Exception {
    script(busy().header("retry-after-ms", "5000"));
    transport.then(hello());
    CompletableFuture<EventStream> stream = elsewhere(() -> stream(AT_ONCE));
    awaitTimers(1);
    pass(4);
    assertThat(transport.attemptCount()).isEqualTo(1);
    pass(1);
    assertThat(text(rest(await(stream)))).isEqualTo("Hello");
  }

  @Test
  void serverThatAsksForTooLongAWaitIsNotWaitedFor() {
    script(new Script().head(429, "text/plain").header("Retry-After", "86400"));
    RateLimitedException failure =
        catchThrowableOfType(RateLimitedException.class, () -> stream(AT_ONCE));
    assertThat(failure).hasMessageContaining("86400000 ms").hasMessageContaining("'maxRetryAfter'");
    assertThat(failure.getRetryAfter()).isEqualTo(Duration.ofDays(1));
    assertThat(transport.attemptCount()).isEqualTo(1);
  }

  @Test
  void lastFailureTellsWhichTryItWas() {
    script(busy());
    transport.then(busy()).then(busy()).then(busy());
    ProviderUnavailableException failure =
        catchThrowableOfType(ProviderUnavailableException.class, () -> stream(AT_ONCE));
    assertThat(failure).hasMessageContaining("try 4");
    assertThat(failure.getAttempt()).isEqualTo(4);
    assertThat(failure.getProgress()).isEqualTo(Progress.SENT);
    assertThat(client.activeCount()).isZero();
    assertThat(timers.waitingCount()).isZero();
  }

  @Test
  void logTellsOnceWhyACallIsTriedAgain() {
    script(busy());
    transport.then(busy()).then(busy()).then(busy());
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      assertThatThrownBy(() -> stream(AT_ONCE)).isInstanceOf(ProviderUnavailableException.class);
    } finally {
      System.setErr(before);
    }
    assertThat(log.toString(StandardCharsets.UTF_8))
        .containsOnlyOnce("HTTP 503")
        .contains("try 1 failed, the next one follows");
  }

  @Test
  void whichTryItWasStandsBehindTheAdvice() {
    script(new Script().fault(Kind.REFUSED));
    transport
        .then(new Script().fault(Kind.REFUSED))
        .then(new Script().fault(Kind.REFUSED))
        .then(new Script().fault(Kind.REFUSED));
    assertThatThrownBy(() -> stream(AT_ONCE))
        .isInstanceOf(TransportFailedException.class)
        .message()
        .endsWith("Check the option 'baseUrl' and whether the server is running. [try 4]");
  }

  @Test
  void wholeAnswerIsAskedForAgainAsWell() {
    script(busy());
    transport.then(new Script().head(200, "application/json").bytes(Chunks.completion("Hello")));
    assertThat(client.ask(request(false), settings(NO_DEADLINES, AT_ONCE, false), null).text())
        .isEqualTo("Hello");
  }

  @Test
  void wholeAnswerThatComesAsAStreamIsAskedForAgainWhenItBreaks() {
    script(new Script().head().token("Hel").fault(Kind.BROKEN));
    transport.then(hello());
    assertThat(client.ask(request(false), settings(NO_DEADLINES, AT_ONCE, false), null).text())
        .isEqualTo("Hello");
  }

  @Test
  void budgetOfOneServerIsSharedByItsCalls() {
    script(busy());
    transport.then(busy()).then(busy()).then(busy());
    client = client(timers, 1);
    assertThatThrownBy(() -> stream(AT_ONCE)).isInstanceOf(ProviderUnavailableException.class);
    assertThat(transport.attemptCount()).isEqualTo(2);
    assertThatThrownBy(() -> stream(AT_ONCE)).isInstanceOf(ProviderUnavailableException.class);
    assertThat(transport.attemptCount()).isEqualTo(3);
  }

  // Cancelled while the next try is waited for.

  @Test
  void cancelEndsTheWaitForTheNextTry() throws Exception {
    script(busy());
    CompletableFuture<Throwable> failure =
        failureElsewhere(() -> stream(policy(10, Recovery.FAIL)));
    awaitTimers(1);
    client.cancelAll("the context stops");
    assertThat(await(failure))
        .isInstanceOf(CallCancelledException.class)
        .hasMessageContaining("the context stops");
    assertThat(transport.attemptCount()).isEqualTo(1);
    assertThat(client.activeCount()).isZero();
    assertThat(timers.waitingCount()).isZero();
  }

  @Test
  void totalDeadlineEndsTheWaitForTheNextTry() throws Exception {
    script(busy());
    CompletableFuture<Throwable> failure =
        failureElsewhere(() -> stream(deadlines(0, 0, 15, 0), policy(20, Recovery.FAIL)));
    awaitTimers(2);
    pass(14);
    assertThat(failure).isNotDone();
    pass(1);
    assertThat(((DeadlineExceededException) await(failure)).getDeadline())
        .isEqualTo(Deadline.TOTAL);
    assertThat(timers.waitingCount()).isZero();
  }

  @Test
  void failureThatEndsTheWaitForTheNextTryTellsWhatItWasFor() throws Exception {
    script(busy());
    CompletableFuture<Throwable> failure =
        failureElsewhere(() -> stream(deadlines(0, 0, 15, 0), policy(20, Recovery.FAIL)));
    awaitTimers(2);
    pass(15);
    assertThat(await(failure).getSuppressed())
        .singleElement()
        .isInstanceOf(ProviderUnavailableException.class);
  }

  @Test
  void streamOfWhichAPartWasTakenFailsByDefault() {
    script(new Script().head().token("Hel").fault(Kind.BROKEN));
    EventStream stream = stream(AT_ONCE);
    stream.next();
    HolySheepException failure = catchThrowableOfType(HolySheepException.class, stream::next);
    assertThat(failure.getPartialText()).isEqualTo("Hel");
    assertThat(failure.getChunkCount()).isEqualTo(1);
    assertThat(failure.getUsage().source()).isEqualTo(UsageSource.ESTIMATED);
    assertThat(transport.attemptCount()).isEqualTo(1);
  }

  @Test
  void restartSaysThatWhatCameBeforeIsVoid() {
    script(new Script().head().token("Wro").token("ng").fault(Kind.BROKEN));
    transport.then(hello());
    EventStream stream = stream(policy(0, Recovery.RESTART));
    List<ChatEvent> events = rest(stream);
    assertThat(events)
        .extracting(ChatEvent::type)
        .containsExactly(
            EventType.TOKEN,
            EventType.TOKEN,
            EventType.RESTART,
            EventType.TOKEN,
            EventType.TOKEN,
            EventType.USAGE);
    AnswerRestarted restarted = (AnswerRestarted) events.get(2);
    assertThat(restarted.attempt()).isEqualTo(2);
    assertThat(restarted.cause()).isInstanceOf(HolySheepException.class);
    assertIndexesHaveNoGaps(events);
    assertThat(stream.answer().text()).isEqualTo("Hello");
    assertThat(report(events).chunkCount()).isEqualTo(5);
    assertThat(report(events).reconnectCount()).isEqualTo(1);
    assertThat(body(1)).isEqualTo(body(0));
  }

  @Test
  void restartIsToldBeforeTheNextTryIsWaitedFor() {
    script(new Script().head().token("Wrong").fault(Kind.BROKEN));
    EventStream stream = stream(policy(10, Recovery.RESTART));
    stream.next();
    assertThat(stream.next()).isInstanceOf(AnswerRestarted.class);
    assertThat(transport.attemptCount()).isEqualTo(1);
    stream.close();
  }

  @Test
  void continueSendsTheTextBackAndGoesOn() {
    script(new Script().head().event(Chunks.token("He")).token("l").fault(Kind.BROKEN));
    transport.then(new Script().head().token("l").fault(Kind.CUT));
    transport.then(new Script().head().token("o").finish());
    EventStream stream = stream(policy(0, Recovery.CONTINUE));
    List<ChatEvent> events = rest(stream);
    assertThat(events)
        .extracting(ChatEvent::type)
        .containsExactly(
            EventType.TOKEN, EventType.TOKEN, EventType.TOKEN, EventType.TOKEN, EventType.USAGE);
    assertIndexesHaveNoGaps(events);
    assertThat(text(events)).isEqualTo("Hello");
    assertThat(stream.answer().text()).isEqualTo("Hello");
    assertThat(report(events).reconnectCount()).isEqualTo(2);
    assertThat(body(1))
        .contains(
            "{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"Hel\"}]");
    assertThat(body(2))
        .contains(
            "{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"Hell\"}]");
  }

  @Test
  void onlyTheRequestThatGoesOnTellsTheServerSo() {
    script(busy());
    transport.then(new Script().head().token("Hel").fault(Kind.BROKEN));
    transport.then(new Script().head().token("lo").finish());
    Continuation continuation = new Continuation(Map.of("go_on", true), Map.of("prefix", true));
    CallSettings settings =
        settings(NO_DEADLINES, policy(0, Recovery.CONTINUE), continuation, false);
    assertThat(text(rest(open(request(true), settings, null)))).isEqualTo("Hello");
    assertThat(body(0)).doesNotContain("go_on", "prefix");
    assertThat(body(1)).doesNotContain("go_on", "prefix");
    assertThat(body(2))
        .contains("\"go_on\":true")
        .contains("{\"role\":\"assistant\",\"content\":\"Hel\",\"prefix\":true}]");
  }

  @Test
  void usageOfAllTriesIsAddedUp() {
    script(new Script().head().token("Hel").event(Chunks.usage(7, 1)).fault(Kind.BROKEN));
    transport.then(busy());
    transport.then(new Script().head().token("lo").finish());
    Report report = report(rest(stream(policy(0, Recovery.CONTINUE))));
    assertThat(report.usage()).isEqualTo(new Usage(14L, 4L, 18L, null, null, UsageSource.SERVER));
  }

  @Test
  void usageIsAnEstimateWhereThatOfOneTryIs() {
    script(new Script().head().token("Hel").fault(Kind.BROKEN));
    transport.then(new Script().head().token("lo").finish());
    Usage usage = report(rest(stream(policy(0, Recovery.CONTINUE)))).usage();
    assertThat(usage.source()).isEqualTo(UsageSource.ESTIMATED);
    assertThat(usage.completionTokens()).isEqualTo(1 + 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"reasoning_content\":\"thinking\"}",
        "{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"
      })
  void answerWithoutTextCannotBeContinued(String delta) {
    script(
        new Script()
            .head()
            .event(Chunks.chunk(delta, null))
            .event(delta.contains("tool") ? Chunks.finish("tool_calls") : "{}")
            .fault(Kind.BROKEN));
    EventStream stream = stream(policy(0, Recovery.CONTINUE));
    stream.next();
    assertThatThrownBy(stream::next).isInstanceOf(HolySheepException.class);
    assertThat(transport.attemptCount()).isEqualTo(1);
  }

  @Test
  void failureOfALaterTryStillHasWhatCameBefore() {
    script(new Script().head().token("Hel").endOfBody());
    transport.then(new Script().head(400, "application/json").bytes("{\"error\":\"no\"}"));
    EventStream stream = stream(policy(0, Recovery.CONTINUE));
    stream.next();
    HolySheepException failure = catchThrowableOfType(HolySheepException.class, stream::next);
    assertThat(failure.getPartialText()).isEqualTo("Hel");
    assertThat(failure.getProgress()).isEqualTo(Progress.PARTIAL);
    assertThat(failure.getAttempt()).isEqualTo(2);
    assertThat(stream.hasNext()).isFalse();
    assertThat(client.activeCount()).isZero();
  }

  @Test
  void failureOfTheLastTryComesAsTheLastEventWhereTheRouteWantsThat() {
    script(new Script().head().token("Hel"));
    transport.then(new Script().head()).then(new Script().head()).then(new Script().head());
    EventStream stream =
        open(request(true), settings(NO_DEADLINES, policy(0, Recovery.CONTINUE), true), null);
    List<ChatEvent> events = rest(stream);
    assertThat(events).hasSize(2);
    assertThat(((CallFailed) events.get(1)).exception())
        .isInstanceOf(StreamTruncatedException.class)
        .hasMessageContaining("try 4");
  }

  /** Without deadlines, so that the only timer is that of the wait. */
  private EventStream stream(RetryPolicy policy) {
    return stream(NO_DEADLINES, policy);
  }

  private EventStream stream(Deadlines deadlines, RetryPolicy policy) {
    return open(request(true), settings(deadlines, policy, false), null);
  }

  private static Script busy() {
    return new Script().head(503, "application/json").bytes("{\"error\":\"busy\"}");
  }

  private static Script hello() {
    return new Script().head().token("Hel").token("lo").finish();
  }

  private static List<ChatEvent> rest(EventStream stream) {
    List<ChatEvent> events = new ArrayList<>();
    stream.forEachRemaining(events::add);
    return events;
  }

  private static String text(List<ChatEvent> events) {
    StringBuilder text = new StringBuilder();
    for (ChatEvent event : events) {
      text.append(event instanceof TextReceived received ? received.text() : "");
    }
    return text.toString();
  }

  private static Report report(List<ChatEvent> events) {
    return ((CallEnded) events.get(events.size() - 1)).report();
  }

  private static void assertIndexesHaveNoGaps(List<ChatEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).origin().index()).isEqualTo(i);
    }
  }

  private String body(int attempt) {
    return new String(transport.attempted(attempt).call().body(), StandardCharsets.UTF_8);
  }

  private void awaitTimers(int count) {
    await(() -> timers.waitingCount() >= count);
  }

  private void awaitAttempts(int count) {
    await(() -> transport.attemptCount() >= count);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("time left to wait").isNegative();
      Thread.onSpinWait();
    }
  }
}
