package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.holysheep.camel.accounting.WindowBudget;
import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.Prompt;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.observe.CallObserver;
import ai.holysheep.camel.recovery.Recovery;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.testing.Chunks;
import ai.holysheep.camel.testing.FakeTransport.Script;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tries of a call do to each other, to deadlines and to those who look ahead. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReconnectRulesTest extends CallTestSupport {

  private static final String ERROR = "{\"error\":{\"message\":\"out of order\"}}";
  private static final String NOTHING = Chunks.chunk("{\"content\":\"\"}", null);

  @Test
  void streamThatWasAbandonedBeforeItsNextTryDoesNotWaitForIt() throws Exception {
    script(new Script().head().token("Hel").fault(Kind.BROKEN));
    EventStream stream = stream(ALL_DEADLINES, policy(10, Recovery.RESTART));
    stream.next();
    assertThat(stream.next()).isInstanceOf(AnswerRestarted.class);
    pass(600);
    DeadlineExceededException failure = deadline(failureElsewhere(stream::next));
    assertThat(failure.getDeadline()).isEqualTo(Deadline.ABANDONED);
    assertThat(stream.hasNext()).isFalse();
    assertNothingLeft();
  }

  @Test
  void callWhoseTimeIsUpWhenItFailsDoesNotWaitForTheNextTry() throws Exception {
    script(new Script().head().run(() -> pass(20)).event(ERROR));
    EventStream stream = stream(deadlines(0, 0, 15, 0), policy(10, Recovery.FAIL));
    DeadlineExceededException failure = deadline(failureElsewhere(stream::next));
    assertThat(failure.getDeadline()).isEqualTo(Deadline.TOTAL);
    assertThat(transport.attemptCount()).isOne();
    assertNothingLeft();
  }

  @Test
  void nothingIsTakenBehindAFailureHoweverOftenSomebodyLooksAhead() {
    script(
        new Script()
            .head()
            .bytes(event(Chunks.token("a")) + event(ERROR) + event(Chunks.token("b"))));
    EventStream stream = stream(NO_DEADLINES, RetryPolicy.NEVER);
    stream.next();
    assertThat(stream.isReady()).isTrue();
    assertThat(stream.isReady()).isTrue();
    assertThat(catchThrowableOfType(ProviderUnavailableException.class, stream::next))
        .hasMessageContaining("out of order");
    assertThat(stream.answer().text()).isEqualTo("a");
  }

  @Test
  void contentThatWasReadAheadDoesNotMakeALaterEmptyMessageCountAsContent() {
    script(
        new Script()
            .head()
            .bytes(event(Chunks.token("a")) + event(Chunks.token("b")))
            .run(() -> pass(25))
            .event(NOTHING)
            .run(() -> pass(10))
            .token("c"));
    EventStream stream = stream(deadlines(60, 30, 0, 0), RetryPolicy.NEVER);
    stream.next();
    assertThat(stream.isReady()).isTrue();
    assertThat(stream.next()).isInstanceOf(TextReceived.class);
    assertThat(
            catchThrowableOfType(
                    DeadlineExceededException.class, () -> stream.forEachRemaining(e -> {}))
                .getDeadline())
        .isEqualTo(Deadline.IDLE);
  }

  @Test
  void whatGoesWrongInDecidingAboutANextTryHidesNoFailureAndLeavesNothing() {
    script(new Script().head(503, "text/plain"));
    Duration patience = Duration.ofSeconds(10);
    client =
        new ChatClient(
            new Transports(transport, transport),
            timers,
            Runnable::run,
            new ClientLimits(patience, patience, 0, WindowBudget.NONE),
            () -> {
              throw new IllegalStateException("no chance");
            },
            CallObserver.NONE);
    ProviderUnavailableException failure =
        catchThrowableOfType(
            ProviderUnavailableException.class,
            () -> stream(NO_DEADLINES, policy(0, Recovery.FAIL)));
    assertThat(failure.getSuppressed()).hasSize(1);
    assertNothingLeft();
  }

  @Test
  void requestThatOneTrySentStaysSentWhenTheNextDoesNotReachTheServer() {
    script(new Script().fault(Kind.BROKEN));
    transport.then(new Script().fault(Kind.REFUSED)).then(new Script().fault(Kind.REFUSED));
    transport.then(new Script().fault(Kind.REFUSED));
    TransportFailedException failure =
        catchThrowableOfType(
            TransportFailedException.class, () -> stream(NO_DEADLINES, policy(0, Recovery.FAIL)));
    assertThat(failure.getAttempt()).isEqualTo(4);
    assertThat(failure.getProgress()).isEqualTo(Progress.SENT);
  }

  @Test
  void requestThatNoTrySentIsNotSent() {
    script(new Script().fault(Kind.REFUSED));
    transport.then(new Script().fault(Kind.REFUSED)).then(new Script().fault(Kind.REFUSED));
    transport.then(new Script().fault(Kind.REFUSED));
    assertThat(
            catchThrowableOfType(
                    TransportFailedException.class,
                    () -> stream(NO_DEADLINES, policy(0, Recovery.FAIL)))
                .getProgress())
        .isEqualTo(Progress.NOT_SENT);
  }

  @Test
  void timeThatRunsOutForOneTryEndsThatOneAndNotTheNext() {
    List<Runnable> broken = new ArrayList<>();
    Cancellation cancellation = new Cancellation();
    cancellation.watchOver(() -> broken.add(null));
    Runnable ofTheFirst = cancellation.current();
    cancellation.watchOver(() -> assertThat(broken).as("the second is left alone").isNull());
    ofTheFirst.run();
    assertThat(broken).hasSize(1);
  }

  @Test
  void answersThatNobodyWantsToTheirEndEarnFurtherTriesToo() {
    script(new Script().head(503, "text/plain"));
    client = client(timers, 1);
    transport.then(new Script().head(503, "text/plain"));
    RetryPolicy policy = policy(0, Recovery.FAIL);
    catchThrowableOfType(ProviderUnavailableException.class, () -> stream(NO_DEADLINES, policy));
    assertThat(transport.attemptCount()).as("the budget is for one").isEqualTo(2);
    for (int i = 0; i < 10; i++) {
      transport.then(new Script().head().token("Hel").silence());
      EventStream stream = stream(NO_DEADLINES, policy);
      stream.next();
      stream.close();
      stream.close();
    }
    transport.then(new Script().head(503, "text/plain"));
    transport.then(new Script().head(503, "text/plain"));
    catchThrowableOfType(ProviderUnavailableException.class, () -> stream(NO_DEADLINES, policy));
    assertThat(transport.attemptCount()).isEqualTo(2 + 10 + 2);
  }

  @ParameterizedTest
  @CsvSource({"json_object,1", "json_schema,1", "text,2"})
  void answerWithAFormatIsNotContinuedBecauseTheModelWouldBeginItAnew(String type, int tries) {
    script(new Script().head().token("{\"a\":").fault(Kind.BROKEN));
    transport.then(new Script().head().token("1}").fault(Kind.TLS));
    Map<String, Object> format = Map.of("response_format", Map.of("type", type));
    EventStream stream = continued(format, tries - 1);
    catchThrowableOfType(
        TransportFailedException.class, () -> stream.forEachRemaining(event -> {}));
    assertThat(transport.attemptCount()).isEqualTo(tries);
    assertNothingLeft();
  }

  @Test
  void requestWithoutMessagesIsNotContinued() {
    script(new Script().head().token("Hel").fault(Kind.BROKEN));
    EventStream stream = continued(Map.of("messages", List.of()), 1);
    stream.next();
    assertThat(catchThrowableOfType(TransportFailedException.class, stream::next).getSuppressed())
        .isEmpty();
    assertThat(transport.attemptCount()).isEqualTo(1);
    assertNothingLeft();
  }

  private EventStream continued(Map<String, Object> fields, int tries) {
    Map<String, Object> overrides = new HashMap<>(fields);
    overrides.put("model", "test-model");
    RetryPolicy policy =
        new RetryPolicy(
            Math.max(1, tries), Duration.ZERO, Duration.ofSeconds(60), Recovery.CONTINUE);
    ChatRequest request = new ChatRequest(new Prompt.Text("Hi"), null, overrides, Map.of(), true);
    return open(request, settings(NO_DEADLINES, policy, false), null);
  }

  private EventStream stream(Deadlines deadlines, RetryPolicy policy) {
    return open(request(true), settings(deadlines, policy, false), null);
  }

  private static RetryPolicy policy(int delaySeconds, Recovery recovery) {
    return new RetryPolicy(3, Duration.ofSeconds(delaySeconds), Duration.ofSeconds(60), recovery);
  }

  private static String event(String data) {
    return "data: " + data + "\n\n";
  }

  private static DeadlineExceededException deadline(CompletableFuture<Throwable> failure)
      throws Exception {
    return (DeadlineExceededException) await(failure);
  }

  private void assertNothingLeft() {
    assertThat(client.activeCount()).as("calls under way").isZero();
    assertThat(timers.waitingCount()).as("timers left").isZero();
  }
}
