package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.testing.Chunks;
import ai.holysheep.camel.testing.FakeTransport.Gate;
import ai.holysheep.camel.testing.FakeTransport.Outcome;
import ai.holysheep.camel.testing.FakeTransport.Script;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.TransportFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A call ends once, whoever ends it and when, and leaves nothing behind. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChatClientEndingTest extends CallTestSupport {

  private static final IllegalStateException BUG = new IllegalStateException("a bug");

  /** Who ends the call from outside. */
  enum Ender {
    CANCEL {
      @Override
      void end(EventStream stream, ChatClient client) {
        stream.cancel("the test said so.");
      }
    },
    CANCEL_ALL {
      @Override
      void end(EventStream stream, ChatClient client) {
        client.cancelAll("the test said so.");
      }
    },
    CLOSE {
      @Override
      void end(EventStream stream, ChatClient client) {
        stream.close();
      }
    };

    abstract void end(EventStream stream, ChatClient client);
  }

  private final Gate gate = new Gate();

  @Test
  void cancelledBeforeItIsSentTheRequestIsNotSent() {
    Timers cancelling =
        new Timers() {
          @Override
          public long nanoTime() {
            client.cancelAll("the test said so.");
            return timers.nanoTime();
          }

          @Override
          public Instant now() {
            return timers.now();
          }

          @Override
          public Runnable schedule(Duration delay, Runnable task) {
            return timers.schedule(delay, task);
          }
        };
    script(new Script().run(() -> assertThat(true).as("sent").isFalse()).head(), cancelling);
    assertCancelled(catchThrowable(this::stream));
    assertOver(Outcome.ABORTED);
  }

  @Test
  void cancelledWhileTheHeadIsWaitedForTheCallerIsTold() throws Exception {
    script(new Script().await(gate));
    CompletableFuture<Throwable> failure = failureElsewhere(this::stream);
    gate.awaitReader();
    assertThat(client.activeCount()).isOne();
    client.cancelAll("the test said so.");
    assertThat(assertCancelled(await(failure)).getProgress()).isEqualTo(Progress.SENT);
    assertOver(Outcome.ABORTED);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 503})
  void cancelledWhileADocumentIsReadTheCallerIsTold(int status) throws Exception {
    script(new Script().head(status, "application/json").bytes("{").await(gate));
    CompletableFuture<Throwable> failure = failureElsewhere(this::stream);
    gate.awaitReader();
    client.cancelAll("the test said so.");
    assertCancelled(await(failure));
    assertOver(Outcome.ABORTED);
  }

  @Test
  void cancelledBetweenTwoEventsTheReaderIsTold() {
    script(new Script().head().token("Hel").token("lo").finish());
    EventStream stream = stream();
    stream.next();
    stream.cancel("the test said so.");
    assertOver(Outcome.ABORTED);
    assertThat(stream.hasNext()).isTrue();
    CallCancelledException failure = assertCancelled(catchThrowable(stream::next));
    assertThat(failure.getPartialText()).isEqualTo("Hel");
    assertEnded(stream);
  }

  @Test
  void firstReasonToCancelIsTheOneThatIsTold() {
    script(new Script().head().silence());
    EventStream stream = stream();
    stream.cancel("the test said so.");
    stream.cancel("another");
    client.cancelAll("a third");
    assertCancelled(catchThrowable(stream::next));
    assertEnded(stream);
  }

  @ParameterizedTest
  @EnumSource
  void endedFromOutsideTheWaitingReaderIsToldOnce(Ender ender) throws Exception {
    script(new Script().head().await(gate).token("lost"));
    EventStream stream = stream();
    CompletableFuture<Throwable> first = failureElsewhere(stream::next);
    gate.awaitReader();
    CompletableFuture<Throwable> second = failureElsewhere(stream::next);
    ender.end(stream, client);
    assertThat(List.of(await(first), await(second)))
        .hasAtLeastOneElementOfType(CallCancelledException.class)
        .hasAtLeastOneElementOfType(NoSuchElementException.class);
    assertEnded(stream);
    assertOver(Outcome.ABORTED);
  }

  @ParameterizedTest
  @EnumSource
  void endedFromOutsideTheWaitingReaderGetsOneLastEvent(Ender ender) throws Exception {
    script(new Script().head().await(gate).token("lost"));
    EventStream stream = failureAsEventStream();
    CompletableFuture<ChatEvent> taker = nextElsewhere(stream);
    gate.awaitReader();
    ender.end(stream, client);
    ChatEvent last = await(taker);
    assertThat(last).isInstanceOf(CallFailed.class);
    assertThat(((CallFailed) last).exception()).isInstanceOf(CallCancelledException.class);
    assertEnded(stream);
    assertOver(Outcome.ABORTED);
  }

  @ParameterizedTest
  @EnumSource
  void endedFromOutsideAfterTheLastEventNothingChanges(Ender ender) {
    script(new Script().head().token("Hel").finish());
    EventStream stream = stream();
    assertThat(rest(stream)).hasSize(2);
    ender.end(stream, client);
    assertEnded(stream);
    assertThat(stream.answer().report()).isNotNull();
    assertOver(Outcome.RELEASED);
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCEL", "CANCEL_ALL"})
  void answerThatHadComeWholeIsNotCancelled(Ender ender) {
    script(new Script().head(200, "application/json").bytes(Chunks.completion("Hello")));
    EventStream stream = stream();
    ender.end(stream, client);
    assertThat(rest(stream)).last().isInstanceOf(CallEnded.class);
    assertEnded(stream);
    assertOver(Outcome.RELEASED);
  }

  @ParameterizedTest
  @EnumSource
  void endedFromOutsideWhileTheLastEventIsReadThereIsOneEnd(Ender ender) {
    Script script = new Script().head().token("Hel");
    EventStream[] stream = new EventStream[1];
    script.run(() -> ender.end(stream[0], client)).event("[DONE]");
    script(script);
    stream[0] = stream();
    stream[0].next();
    ChatEvent last = stream[0].next();
    assertThat(last).isInstanceOf(CallEnded.class);
    assertEnded(stream[0]);
    assertOver(Outcome.ABORTED);
  }

  @ParameterizedTest
  @EnumSource
  void endedFromOutsideAfterAFaultNothingChanges(Ender ender) {
    script(new Script().head().token("Hel").fault(TransportFault.Kind.CUT));
    EventStream stream = stream();
    stream.next();
    assertThat(catchThrowable(stream::next)).isInstanceOf(StreamTruncatedException.class);
    ender.end(stream, client);
    assertEnded(stream);
    assertOver(Outcome.ABORTED);
  }

  @ParameterizedTest
  @EnumSource
  void faultAfterAnEndFromOutsideIsToldAsThatEnd(Ender ender) {
    Script script = new Script().head().token("Hel");
    EventStream[] stream = new EventStream[1];
    script.run(() -> ender.end(stream[0], client)).fault(TransportFault.Kind.CUT);
    script(script);
    stream[0] = stream();
    stream[0].next();
    assertThat(catchThrowable(stream[0]::next)).isInstanceOf(CallCancelledException.class);
    assertEnded(stream[0]);
    assertOver(Outcome.ABORTED);
  }

  @ParameterizedTest
  @EnumSource
  void bugAfterAnEndFromOutsideIsToldAsThatEnd(Ender ender) {
    Script script = new Script().head().token("Hel");
    EventStream[] stream = new EventStream[1];
    script.run(() -> ender.end(stream[0], client)).bug(BUG);
    script(script);
    stream[0] = stream();
    stream[0].next();
    assertThat(catchThrowable(stream[0]::next)).isInstanceOf(CallCancelledException.class);
    assertEnded(stream[0]);
    assertOver(Outcome.ABORTED);
  }

  @ParameterizedTest
  @EnumSource
  void endOfTheBodyAfterAnEndFromOutsideIsToldAsThatEnd(Ender ender) {
    Script script = new Script().head().token("Hel");
    EventStream[] stream = new EventStream[1];
    // The body of some connections just ends when they are closed from this side.
    script(script.run(() -> ender.end(stream[0], client)).endOfBody());
    stream[0] = stream();
    stream[0].next();
    assertThat(catchThrowable(stream[0]::next)).isInstanceOf(CallCancelledException.class);
    assertEnded(stream[0]);
  }

  @Test
  void closedStreamHasNoMoreEventsThoughSomeHadCome() {
    String both = "data: " + Chunks.token("Hel") + "\n\ndata: " + Chunks.token("lo") + "\n\n";
    script(new Script().head().bytes(both).finish());
    EventStream stream = stream();
    stream.next();
    stream.close();
    assertEnded(stream);
    assertThat(stream.answer().text()).isEqualTo("Hel");
    assertOver(Outcome.ABORTED);
  }

  @Test
  void takersOnManyThreadsGetEachEventOnceAndOneLast() throws Exception {
    Script script = new Script().head().await(gate);
    for (int i = 0; i < 100; i++) {
      script.token("t" + i);
    }
    script(script.finish());
    EventStream stream = stream();
    List<CompletableFuture<List<ChatEvent>>> takers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      takers.add(elsewhere(() -> rest(stream)));
    }
    gate.awaitReader();
    gate.open();
    List<ChatEvent> all = new ArrayList<>();
    for (CompletableFuture<List<ChatEvent>> taker : takers) {
      all.addAll(await(taker));
    }
    assertThat(all).extracting(event -> event.origin().index()).doesNotHaveDuplicates();
    assertThat(all).hasSize(101).filteredOn(ChatEvent::isLast).hasSize(1);
    assertEnded(stream);
    assertOver(Outcome.RELEASED);
  }

  @Test
  void endersAndTakersOnManyThreadsMakeOneEnd() throws Exception {
    for (int round = 0; round < 200; round++) {
      Gate start = new Gate();
      script(new Script().head().await(start).token("Hel").token("lo").finish());
      EventStream stream = failureAsEventStream();
      CompletableFuture<List<ChatEvent>> taker = elsewhere(() -> rest(stream));
      start.awaitReader();
      List<CompletableFuture<Void>> enders = new ArrayList<>();
      for (Ender ender : Ender.values()) {
        enders.add(CompletableFuture.runAsync(() -> ender.end(stream, client)));
      }
      start.open();
      for (CompletableFuture<Void> ender : enders) {
        await(ender);
      }
      assertThat(await(taker)).filteredOn(ChatEvent::isLast).hasSizeLessThanOrEqualTo(1);
      assertEnded(stream);
      assertThat(client.activeCount()).isZero();
      assertThat(timers.waitingCount()).isZero();
      assertThat(transport.attempted(0).outcome()).isNotEqualTo(Outcome.UNDER_WAY);
    }
  }

  @Test
  void bugBeforeTheHeadFreesEverything() {
    script(new Script().bug(BUG));
    assertBug(catchThrowable(this::stream));
    assertOver(Outcome.ABORTED);
  }

  @Test
  void bugInTheBodyFreesEverythingAndTellsWhatHadCome() {
    script(new Script().head().token("Hel").bug(BUG));
    EventStream stream = stream();
    stream.next();
    HolySheepException failure = assertBug(catchThrowable(stream::next));
    assertThat(failure.getPartialText()).isEqualTo("Hel");
    assertEnded(stream);
    assertOver(Outcome.ABORTED);
  }

  @Test
  void bugIsAFailureOfTheFamilyWhereFailuresAreEvents() {
    script(new Script().head().token("Hel").bug(BUG));
    EventStream stream = failureAsEventStream();
    stream.next();
    assertBug(((CallFailed) stream.next()).exception());
    assertEnded(stream);
    assertOver(Outcome.ABORTED);
  }

  @Test
  void bugWhenTheConnectionIsGivenBackFreesEverything() {
    script(new Script().head().token("Hel").finish().bugOnRelease(BUG));
    EventStream stream = stream();
    stream.next();
    assertBug(catchThrowable(stream::next));
    assertEnded(stream);
    assertOver(Outcome.ABORTED);
  }

  @Test
  void timersThatTakeNoMoreTasksFreeEverything() {
    boolean[] stopped = new boolean[1];
    Timers stopping =
        new Timers() {
          @Override
          public long nanoTime() {
            return timers.nanoTime();
          }

          @Override
          public Instant now() {
            return timers.now();
          }

          @Override
          public Runnable schedule(Duration delay, Runnable task) {
            if (stopped[0]) {
              throw new RejectedExecutionException("stopped");
            }
            return timers.schedule(delay, task);
          }
        };
    script(new Script().head().token("Hel").silence(), stopping);
    EventStream stream = stream();
    stream.next();
    stopped[0] = true;
    assertThat(catchThrowable(stream::next)).isInstanceOf(HolySheepException.class);
    assertEnded(stream);
    assertOver(Outcome.ABORTED);

    script(new Script().head(), stopping);
    assertThat(catchThrowable(this::stream)).isInstanceOf(HolySheepException.class);
    assertOver(Outcome.ABORTED);
  }

  private static CallCancelledException assertCancelled(Throwable failure) {
    assertThat(failure)
        .isInstanceOf(CallCancelledException.class)
        .hasMessageContaining("the test said so");
    return (CallCancelledException) failure;
  }

  private static HolySheepException assertBug(Throwable failure) {
    assertThat(failure).isInstanceOf(TransportFailedException.class).hasRootCause(BUG);
    return (HolySheepException) failure;
  }

  private static void assertEnded(EventStream stream) {
    assertThat(stream.hasNext()).isFalse();
    assertThat(stream.isReady()).isFalse();
    assertThat(catchThrowable(stream::next)).isInstanceOf(NoSuchElementException.class);
  }

  /** All that can be taken; another taker may be quicker. */
  private static List<ChatEvent> rest(EventStream stream) {
    List<ChatEvent> events = new ArrayList<>();
    try {
      while (stream.hasNext()) {
        events.add(stream.next());
      }
    } catch (NoSuchElementException e) {
      return events;
    }
    return events;
  }
}
