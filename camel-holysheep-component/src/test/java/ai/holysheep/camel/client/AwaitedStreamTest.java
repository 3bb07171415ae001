package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.CoalescingUnit;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.testing.FakeTransport.Gate;
import ai.holysheep.camel.testing.FakeTransport.Outcome;
import ai.holysheep.camel.testing.FakeTransport.Script;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams whose reader waits while time goes on. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AwaitedStreamTest extends CallTestSupport {

  private static final Coalescing FOR_FIVE_SECONDS =
      new Coalescing(CoalescingUnit.SENTENCES, 1, Duration.ofSeconds(5));

  private final Gate gate = new Gate();

  @Test
  void readerIsGivenWhatWasHeldBackForTooLongThoughNothingComes() throws Exception {
    script(new Script().head().token("One ").await(gate).token("two.").finish());
    EventStream stream = open(false);
    CompletableFuture<ChatEvent> first = nextElsewhere(stream);
    gate.awaitReader();
    pass(4);
    assertThat(first).isNotDone();
    pass(1);
    assertThat(((TextReceived) await(first)).text()).isEqualTo("One ");
    gate.open();
    assertThat(((TextReceived) stream.next()).text()).isEqualTo("two.");
    assertThat(stream.next().isLast()).isTrue();
    assertThat(stream.hasNext()).isFalse();
    assertOver(Outcome.RELEASED);
  }

  @Test
  void callIsOneEventAheadOfItsReaderAndNoMore() {
    script(new Script().head().token("a. B").token("b. C").token("c. D").finish());
    EventStream stream = open(false);
    assertThat(stream.isReady()).isTrue();
    assertThat(stream.answer().text()).isEqualTo("a. B");
    stream.next();
    assertThat(stream.answer().text()).isEqualTo("a. B");
  }

  @Test
  void refusalIsThrown() {
    script(new Script().head(401, "application/json"));
    assertThat(catchThrowable(() -> open(false))).isInstanceOf(AuthenticationFailedException.class);
    assertOver(Outcome.ABORTED);
  }

  @Test
  void failureIsThrownOrAnEvent() {
    script(new Script().head().fault(Kind.BROKEN));
    EventStream stream = open(false);
    assertThat(catchThrowable(stream::next)).isInstanceOf(TransportFailedException.class);
    assertThat(catchThrowable(stream::next)).isInstanceOf(NoSuchElementException.class);
    script(new Script().head().fault(Kind.BROKEN));
    assertThat(open(true).next()).isInstanceOf(CallFailed.class);
  }

  @Test
  void closedStreamEndsItsCallAndHasNoMore() {
    script(new Script().head().token("a. B").silence());
    EventStream stream = open(false);
    stream.next();
    stream.close();
    assertThat(stream.hasNext()).isFalse();
    assertThat(catchThrowable(stream::next)).isInstanceOf(NoSuchElementException.class);
    assertOver(Outcome.ABORTED);
  }

  @Test
  void closedWhileAnEventIsThereTheCallEndsToo() {
    script(new Script().head().token("a. B").token("b. C").silence());
    open(false).close();
    assertOver(Outcome.ABORTED);
  }

  @Test
  void waitingReaderIsToldThatTheCallWasCancelled() throws Exception {
    script(new Script().head().await(gate));
    EventStream stream = open(false);
    CompletableFuture<Throwable> failure = failureElsewhere(stream::next);
    gate.awaitReader();
    client.cancelAll("the test said so");
    assertThat(await(failure)).isInstanceOf(CallCancelledException.class);
    assertOver(Outcome.ABORTED);
  }

  @Test
  void requestThatWasCancelledWhileItsReplyWasWaitedForMayHaveBeenSeen() throws Exception {
    script(new Script().await(gate));
    CompletableFuture<Throwable> failure = failureElsewhere(() -> open(false));
    gate.awaitReader();
    client.cancelAll("the test said so");
    assertThat(((CallCancelledException) await(failure)).getProgress()).isEqualTo(Progress.SENT);
  }

  @Test
  void interruptedReaderIsToldSo() throws Exception {
    script(new Script().head().await(gate));
    EventStream stream = open(false);
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread reader = new Thread(() -> failure.complete(catchThrowable(stream::next)));
    reader.start();
    gate.awaitReader();
    reader.interrupt();
    assertThat(await(failure))
        .isInstanceOf(CallCancelledException.class)
        .hasMessageContaining("interrupted");
  }

  private EventStream open(boolean failureAsEvent) {
    CallSettings settings = settings(ALL_DEADLINES, failureAsEvent);
    return client.stream(request(true), coalescing(settings, FOR_FIVE_SECONDS), null);
  }
}
