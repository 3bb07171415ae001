package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.CoalescingUnit;
import ai.holysheep.camel.chat.EventReceiver;
import ai.holysheep.camel.chat.JsonText;
import ai.holysheep.camel.chat.Prompt;
import ai.holysheep.camel.chat.PushedCall;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.recovery.Recovery;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.testing.FakeTransport;
import ai.holysheep.camel.testing.FakeTransport.Gate;
import ai.holysheep.camel.testing.FakeTransport.Outcome;
import ai.holysheep.camel.testing.FakeTransport.Script;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls whose events are pushed; all of it on the test's thread, by tasks that the test runs. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PushStreamTest extends CallTestSupport {

  private final Gate gate = new Gate();
  private final Pool pool = new Pool();
  private final Receiver receiver = new Receiver();

  @Test
  void nextEventComesOnlyWhenTheOneBeforeIsTaken() {
    push(new Script().head().token("Hel").token("lo").finish());
    assertThat(receiver.words()).containsExactly("token");
    receiver.take();
    assertThat(receiver.words()).containsExactly("token", "token");
    receiver.take();
    receiver.take();
    assertThat(receiver.words()).containsExactly("token", "token", "usage", "the end");
    assertThat(receiver.failure).isNull();
    assertOver(Outcome.RELEASED);
  }

  @Test
  void eventsThatAreTakenAtOnceNeedOneTurn() {
    receiver.takesAtOnce = true;
    push(new Script().head().token("Hel").token("lo").finish());
    assertThat(receiver.words()).containsExactly("token", "token", "usage", "the end");
    assertThat(pool.runCount).isEqualTo(1);
  }

  @Test
  void noThreadIsHeldWhileNothingComes() {
    receiver.takesAtOnce = true;
    push(new Script().head().token("Hel").await(gate).token("lo").finish());
    assertThat(receiver.words()).containsExactly("token");
    assertThat(pool.isIdle()).isTrue();
    gate.open();
    assertThat(pool.isIdle()).as("the signal asked for a turn").isFalse();
    pool.run();
    assertThat(receiver.words()).containsExactly("token", "token", "usage", "the end");
  }

  @Test
  void noThreadIsHeldWhileTheHeadIsWaitedFor() {
    receiver.takesAtOnce = true;
    push(new Script().await(gate).head().token("Hel").finish());
    assertThat(receiver.words()).isEmpty();
    assertThat(pool.isIdle()).isTrue();
    gate.open();
    pool.run();
    assertThat(receiver.words()).containsExactly("token", "usage", "the end");
  }

  @Test
  void noThreadIsHeldBetweenTwoTries() {
    receiver.takesAtOnce = true;
    transport = new FakeTransport(new Script().head(503, "application/json"));
    transport.then(new Script().head().token("Hel").finish());
    push(settings(ALL_DEADLINES, tryAgainIn(10), false));
    assertThat(pool.isIdle()).isTrue();
    assertThat(transport.attemptCount()).isEqualTo(1);
    pass(10);
    pool.run();
    assertThat(receiver.words()).containsExactly("token", "usage", "the end");
    assertOver(1, Outcome.RELEASED);
  }

  @Test
  void refusalIsToldWithoutAnyEvent() {
    push(new Script().head(401, "application/json"));
    assertThat(receiver.words()).containsExactly("the end");
    assertThat(receiver.failure).isInstanceOf(AuthenticationFailedException.class);
    assertOver(Outcome.ABORTED);
  }

  @Test
  void failureAfterTheHeadIsTheLastEventAndTold() {
    receiver.takesAtOnce = true;
    push(new Script().head().token("Hel").fault(Kind.BROKEN));
    assertThat(receiver.words()).containsExactly("token", "error", "the end");
    assertThat(receiver.failure).isInstanceOf(TransportFailedException.class);
    CallFailed last = (CallFailed) receiver.events.get(1);
    assertThat(last.exception()).isSameAs(receiver.failure);
    assertThat(last.partialAnswer().text()).isEqualTo("Hel");
    assertOver(Outcome.ABORTED);
  }

  @Test
  void cutAnswerIsAFailure() {
    receiver.takesAtOnce = true;
    push(new Script().head().token("Hel").endOfBody());
    assertThat(receiver.failure).isInstanceOf(StreamTruncatedException.class);
  }

  @Test
  void answerInOneDocumentIsTakenAsEventsToo() {
    receiver.takesAtOnce = true;
    String answer =
        "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}";
    push(new Script().head(200, "application/json").await(gate).bytes(answer));
    assertThat(receiver.words()).isEmpty();
    gate.open();
    pool.run();
    assertThat(receiver.words()).containsExactly("token", "usage", "the end");
  }

  @Test
  void eventThatTheReceiverCannotDealWithEndsTheCall() {
    push(new Script().head().token("Hel").token("lo").finish());
    IllegalStateException cause = new IllegalStateException("full");
    receiver.refuse("direct:tokens", cause);
    assertThat(receiver.words()).containsExactly("token", "the end");
    assertThat(receiver.failure)
        .isInstanceOf(CallCancelledException.class)
        .hasCause(cause)
        .hasMessageContaining("direct:tokens failed with java.lang.IllegalStateException: full")
        .hasMessageContaining("1 part");
    assertThat(((HolySheepException) receiver.failure).getPartialText()).contains("Hel");
    assertOver(Outcome.ABORTED);
  }

  @Test
  void lastEventThatTheReceiverCannotDealWithFailsTheCallToo() {
    push(new Script().head().finish());
    IllegalStateException cause = new IllegalStateException("full");
    receiver.refuse("direct:tokens", cause);
    assertThat(receiver.words()).containsExactly("usage", "the end");
    assertThat(receiver.failure).isInstanceOf(CallCancelledException.class).hasCause(cause);
    assertOver(Outcome.RELEASED);
  }

  @Test
  void failureOfTheCallStaysTheOneThatIsToldWhenItsEventIsRefused() {
    push(new Script().head().fault(Kind.BROKEN));
    IllegalStateException cause = new IllegalStateException("full");
    receiver.refuse("direct:tokens", cause);
    assertThat(receiver.failure).isInstanceOf(TransportFailedException.class);
    assertThat(receiver.failure).hasSuppressedException(cause);
  }

  @Test
  void receiverThatThrowsTheFailureItWasGivenIsNoFurtherFailure() {
    push(new Script().head().fault(Kind.BROKEN));
    CallFailed last = (CallFailed) receiver.events.get(0);
    receiver.refuse("direct:tokens", last.exception());
    assertThat(receiver.failure).isSameAs(last.exception());
  }

  @Test
  void receiverThatThrowsEndsTheCall() {
    receiver.bug = new IllegalStateException("bug");
    push(new Script().head().token("Hel").finish());
    assertThat(receiver.failure).hasCause(receiver.bug);
    assertOver(Outcome.ABORTED);
  }

  @Test
  void cancelledWhileTheReceiverIsBusyItIsToldAfterwards() {
    PushedCall call = push(new Script().head().token("Hel").silence());
    call.cancel("nobody listens");
    pool.run();
    assertThat(receiver.words()).containsExactly("token");
    receiver.take();
    assertThat(receiver.words()).containsExactly("token", "error");
    receiver.take();
    assertThat(receiver.failure)
        .isInstanceOf(CallCancelledException.class)
        .hasMessageContaining("nobody listens");
    assertOver(Outcome.ABORTED);
  }

  @Test
  void cancelledWhileItWaitsForTheNetworkTheReceiverIsTold() {
    receiver.takesAtOnce = true;
    PushedCall call = push(new Script().head().token("Hel").silence());
    call.cancel("nobody listens");
    pool.run();
    assertThat(receiver.words()).containsExactly("token", "error", "the end");
    assertOver(Outcome.ABORTED);
  }

  @Test
  void cancelledBetweenTwoTriesTheReceiverIsTold() {
    transport = new FakeTransport(new Script().head(503, "application/json"));
    push(settings(ALL_DEADLINES, tryAgainIn(10), false)).cancel("nobody listens");
    pool.run();
    assertThat(receiver.words()).containsExactly("the end");
    assertThat(receiver.failure).isInstanceOf(CallCancelledException.class);
    assertThat(receiver.failure.getSuppressed()).hasSize(1);
    assertThat(timers.waitingCount()).isZero();
    assertThat(client.activeCount()).isZero();
  }

  @Test
  void cancelledBeforeItHasBegunNothingIsSent() {
    receiver.takesAtOnce = true;
    transport = new FakeTransport(new Script().head().token("Hel").finish());
    client = client(timers, 0);
    CallSettings settings = settings(ALL_DEADLINES, false);
    PushedCall call = client.pushed(request(true), settings, null, receiver, PushThreads.of(pool));
    call.begin();
    call.cancel("nobody listens");
    pool.run();
    assertThat(receiver.failure).isInstanceOf(CallCancelledException.class);
    assertThat(transport.attemptCount()).isZero();
    assertThat(client.activeCount()).isZero();
  }

  @Test
  void firstTokenDeadlineEndsTheWaitForTheHead() {
    push(new Script().await(gate));
    pass(59);
    pool.run();
    assertThat(receiver.words()).isEmpty();
    pass(1);
    pool.run();
    assertDeadline(Deadline.FIRST_TOKEN);
    assertOver(Outcome.ABORTED);
  }

  @Test
  void idleDeadlineEndsTheWaitForAMessage() {
    receiver.takesAtOnce = true;
    push(new Script().head().token("Hel").await(gate));
    pass(30);
    pool.run();
    assertThat(receiver.words()).containsExactly("token", "error", "the end");
    assertDeadline(Deadline.IDLE);
    assertOver(Outcome.ABORTED);
  }

  @Test
  void keepAlivesDoNotPutTheIdleDeadlineOff() {
    receiver.takesAtOnce = true;
    Gate second = new Gate();
    push(new Script().head().token("Hel").await(gate).keepAlive().await(second));
    pass(20);
    gate.open();
    pool.run();
    pass(9);
    pool.run();
    assertThat(receiver.words()).containsExactly("token");
    pass(1);
    pool.run();
    assertDeadline(Deadline.IDLE);
  }

  @Test
  void timeThatTheReceiverTakesIsNotCounted() {
    push(new Script().head().token("Hel").await(gate).token("lo").finish());
    pass(100);
    receiver.take();
    pass(29);
    gate.open();
    pool.run();
    assertThat(receiver.words()).containsExactly("token", "token");
  }

  @Test
  void timeUntilThePoolHasAThreadIsNotCounted() {
    receiver.takesAtOnce = true;
    push(new Script().head().token("Hel").await(gate).token("lo").finish());
    pass(29);
    gate.open();
    pass(100);
    pool.run();
    assertThat(receiver.words()).containsExactly("token", "token", "usage", "the end");
    assertThat(receiver.failure).isNull();
  }

  @Test
  void receiverThatNeverAnswersLosesTheConnection() {
    push(new Script().head().token("Hel").token("lo").finish());
    pass(600);
    assertThat(transport.attempted(0).outcome()).isEqualTo(Outcome.ABORTED);
    assertThat(client.activeCount()).isZero();
    receiver.take();
    receiver.take();
    assertThat(receiver.words()).containsExactly("token", "error", "the end");
    assertDeadline(Deadline.ABANDONED);
  }

  @Test
  void bugOfTheTransportEndsTheCall() {
    receiver.takesAtOnce = true;
    push(new Script().head().token("Hel").bug(new IllegalStateException("bug")));
    assertThat(receiver.words()).containsExactly("token", "error", "the end");
    assertThat(receiver.failure).isInstanceOf(TransportFailedException.class);
    assertOver(Outcome.ABORTED);
  }

  @Test
  void timersThatTakeNoMoreTasksEndTheCall() {
    receiver.takesAtOnce = true;
    transport =
        new FakeTransport(new Script().head().token("One ").await(gate).token("two").finish());
    client = client(new Ended(timers), 0);
    CallSettings settings =
        coalescing(
            settings(NO_DEADLINES, false), joining(CoalescingUnit.SENTENCES, 5).coalescing());
    client.pushed(request(true), settings, null, receiver, PushThreads.of(pool)).begin();
    pool.run();
    assertThat(receiver.words()).containsExactly("the end");
    assertThat(receiver.failure).isInstanceOf(TransportFailedException.class);
    assertThat(transport.attempted(0).outcome()).isEqualTo(Outcome.ABORTED);
    assertThat(client.activeCount()).isZero();
  }

  private record Ended(Timers clock) implements Timers {
    @Override
    public long nanoTime() {
      return clock.nanoTime();
    }

    @Override
    public Instant now() {
      return clock.now();
    }

    @Override
    public Runnable schedule(Duration delay, Runnable task) {
      throw new RejectedExecutionException();
    }
  }

  @Test
  void poolThatHasEndedDoesNotKeepACallFromItsEnd() {
    receiver.takesAtOnce = true;
    PushedCall call = push(new Script().head().token("Hel").silence());
    pool.ended = true;
    call.cancel("the context stops");
    assertThat(receiver.words()).containsExactly("token", "error", "the end");
  }

  @Test
  void streamThatComesFastLetsOthersHaveTheThread() {
    receiver.takesAtOnce = true;
    Script script = new Script().head();
    for (int i = 0; i < 1000; i++) {
      script.token("t");
    }
    transport = new FakeTransport(script.finish());
    client = client(timers, 0);
    CallSettings settings = settings(ALL_DEADLINES, false);
    client.pushed(request(true), settings, null, receiver, PushThreads.of(pool)).begin();
    pool.runOne();
    assertThat(receiver.events).hasSizeBetween(1, 500);
    assertThat(pool.isIdle()).isFalse();
    pool.run();
    assertThat(receiver.events).hasSize(1001);
  }

  @Test
  void textThatIsHeldBackGoesOnWhenItsTimeIsUp() {
    receiver.takesAtOnce = true;
    transport =
        new FakeTransport(new Script().head().token("One ").await(gate).token("two. ").finish());
    push(joining(CoalescingUnit.SENTENCES, 5));
    assertThat(receiver.words()).isEmpty();
    pass(4);
    pool.run();
    assertThat(receiver.words()).isEmpty();
    pass(1);
    pool.run();
    assertThat(receiver.texts()).containsExactly("One ");
    gate.open();
    pool.run();
    assertThat(receiver.texts()).containsExactly("One ", "two. ");
    assertOver(Outcome.RELEASED);
  }

  @Test
  void textThatIsCompleteDoesNotWaitForItsTime() {
    receiver.takesAtOnce = true;
    transport =
        new FakeTransport(new Script().head().token("One. ").token("Two").await(gate).finish());
    push(joining(CoalescingUnit.SENTENCES, 5));
    assertThat(receiver.texts()).containsExactly("One. ");
    pass(5);
    pool.run();
    assertThat(receiver.texts()).containsExactly("One. ", "Two");
    gate.open();
    pool.run();
    assertThat(timers.waitingCount()).isZero();
  }

  @Test
  void requestThatCannotBeWrittenIsThrownAtOnce() {
    client = client(timers, 0);
    Throwable failure =
        catchThrowable(
            () ->
                client.pushed(
                    new ChatRequest(
                        new Prompt.Text("Hi"),
                        null,
                        Map.of("tools", new JsonText("tools", "no JSON")),
                        Map.of("model", "m"),
                        true),
                    settings(ALL_DEADLINES, false),
                    null,
                    receiver,
                    PushThreads.of(pool)));
    assertThat(failure).isInstanceOf(HolySheepException.class);
    assertThat(client.activeCount()).isZero();
  }

  private static RetryPolicy tryAgainIn(int seconds) {
    return new RetryPolicy(3, Duration.ofSeconds(seconds), Duration.ofSeconds(60), Recovery.FAIL);
  }

  private static CallSettings joining(CoalescingUnit unit, int seconds) {
    Coalescing coalescing = new Coalescing(unit, 1, Duration.ofSeconds(seconds));
    return coalescing(settings(ALL_DEADLINES, false), coalescing);
  }

  private PushedCall push(Script script) {
    transport = new FakeTransport(script);
    return push(settings(ALL_DEADLINES, false));
  }

  private PushedCall push(CallSettings settings) {
    client = client(timers, 0);
    PushedCall call = client.pushed(request(true), settings, null, receiver, PushThreads.of(pool));
    call.begin();
    pool.run();
    return call;
  }

  private void assertDeadline(Deadline deadline) {
    assertThat(receiver.failure).isInstanceOf(DeadlineExceededException.class);
    assertThat(((DeadlineExceededException) receiver.failure).getDeadline()).isEqualTo(deadline);
  }

  private void assertOver(int attempt, Outcome outcome) {
    assertThat(transport.attempted(attempt).outcome()).isEqualTo(outcome);
    assertThat(client.activeCount()).as("calls under way").isZero();
    assertThat(timers.waitingCount()).as("timers left").isZero();
  }

  /** A pool whose threads are the test's. */
  private static final class Pool implements Executor {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private int runCount;
    private boolean ended;

    @Override
    public void execute(Runnable task) {
      if (ended) {
        throw new RejectedExecutionException();
      }
      tasks.add(task);
    }

    boolean isIdle() {
      return tasks.isEmpty();
    }

    void runOne() {
      runCount++;
      tasks.remove().run();
    }

    void run() {
      while (!tasks.isEmpty()) {
        runOne();
      }
    }
  }

  private final class Receiver implements EventReceiver {

    private final List<ChatEvent> events = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private boolean takesAtOnce;
    private RuntimeException bug;
    private Taken taken;
    private RuntimeException failure;

    @Override
    public void receive(ChatEvent event, Taken taken) {
      assertThat(this.taken).as("the event before was taken").isNull();
      events.add(event);
      words.add(event.type().word());
      if (bug != null) {
        throw bug;
      }
      if (takesAtOnce) {
        taken.done();
      } else {
        this.taken = taken;
      }
    }

    @Override
    public void ended(RuntimeException failure) {
      words.add("the end");
      this.failure = failure;
    }

    List<String> words() {
      return words;
    }

    List<String> texts() {
      return events.stream()
          .filter(TextReceived.class::isInstance)
          .map(event -> ((TextReceived) event).text())
          .toList();
    }

    void take() {
      letGo().done();
      pool.run();
    }

    void refuse(String target, Throwable cause) {
      letGo().failed(target, cause);
      pool.run();
    }

    private Taken letGo() {
      Taken last = taken;
      taken = null;
      return last;
    }
  }
}
