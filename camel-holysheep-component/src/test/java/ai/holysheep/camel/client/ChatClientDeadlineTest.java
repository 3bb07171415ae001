package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.testing.Chunks;
import ai.holysheep.camel.testing.FakeTransport.Gate;
import ai.holysheep.camel.testing.FakeTransport.Outcome;
import ai.holysheep.camel.testing.FakeTransport.Script;
import ai.holysheep.camel.transport.TransportFault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when time is up, and that no timer outlives its call. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChatClientDeadlineTest extends CallTestSupport {

  private static final String ROLE_ONLY =
      Chunks.chunk("{\"role\":\"assistant\",\"content\":\"\"}", null);

  private final Gate gate = new Gate();

  @Test
  void firstTokenDeadlineRunsWhileTheHeadIsWaitedFor() throws Exception {
    script(new Script().await(gate));
    CompletableFuture<Throwable> failure = failureElsewhere(this::stream);
    gate.awaitReader();
    pass(59);
    assertThat(failure).isNotDone();
    pass(1);
    DeadlineExceededException late = late(failure, Deadline.FIRST_TOKEN);
    assertThat(late).hasMessageContaining("60000 ms").hasMessageContaining("'firstTokenTimeout'");
    assertThat(late.getProgress()).isEqualTo(Progress.SENT);
    assertOver(Outcome.ABORTED);
  }

  @Test
  void wholeAnswerMayTakeTenTimesAsLongAsAFirstToken() throws Exception {
    script(new Script().await(gate));
    CompletableFuture<Throwable> failure =
        failureElsewhere(() -> client.ask(request(false), settings(ALL_DEADLINES, false), null));
    gate.awaitReader();
    pass(599);
    assertThat(failure).isNotDone();
    pass(1);
    assertThat(late(failure, Deadline.FIRST_TOKEN)).hasMessageContaining("600000 ms");
    assertOver(Outcome.ABORTED);
  }

  @Test
  void firstTokenDeadlineCountsTheWaitForTheHead() throws Exception {
    script(new Script().run(() -> pass(50)).head().await(gate));
    EventStream stream = stream();
    CompletableFuture<Throwable> failure = failureElsewhere(stream::next);
    gate.awaitReader();
    pass(9);
    assertThat(failure).isNotDone();
    pass(1);
    late(failure, Deadline.FIRST_TOKEN);
    assertThat(stream.hasNext()).isFalse();
    assertOver(Outcome.ABORTED);
  }

  @Test
  void keepAlivesAndChunksWithoutContentAreNoFirstToken() throws Exception {
    script(
        new Script()
            .head()
            .run(() -> pass(25))
            .keepAlive()
            .event(ROLE_ONLY)
            .run(() -> pass(25))
            .event("{}")
            .event("")
            .event("not JSON")
            .run(() -> pass(9))
            .await(gate)
            .token("Hel"));
    EventStream stream = stream();
    CompletableFuture<Throwable> failure = failureElsewhere(stream::next);
    gate.awaitReader();
    assertThat(failure).isNotDone();
    pass(1);
    late(failure, Deadline.FIRST_TOKEN);
    assertOver(Outcome.ABORTED);
  }

  @Test
  void idleDeadlineTellsHowMuchTextHadCome() throws Exception {
    script(new Script().head().token("Hel").await(gate));
    EventStream stream = stream();
    stream.next();
    CompletableFuture<Throwable> failure = failureElsewhere(stream::next);
    gate.awaitReader();
    pass(29);
    assertThat(failure).isNotDone();
    pass(1);
    DeadlineExceededException late = late(failure, Deadline.IDLE);
    assertThat(late)
        .hasMessageContaining("30000 ms")
        .hasMessageContaining("'idleTimeout'")
        .hasMessageContaining("3 characters");
    assertThat(late.getLimit()).isEqualTo(Duration.ofSeconds(30));
    assertThat(late.getPartialText()).isEqualTo("Hel");
    assertThat(late.getProgress()).isEqualTo(Progress.PARTIAL);
    assertOver(Outcome.ABORTED);
  }

  @Test
  void idleDeadlineBeginsAnewWithEachPayload() {
    Script script = new Script().head();
    for (int i = 0; i < 10; i++) {
      script.run(() -> pass(29)).token("x");
    }
    script(script.run(() -> pass(29)).finish());
    assertThat(drain(stream())).isEqualTo(11);
    assertOver(Outcome.RELEASED);
  }

  @Test
  void keepAlivesAndChunksWithoutContentAreNoPayload() throws Exception {
    script(
        new Script()
            .head()
            .token("Hel")
            .run(() -> pass(10))
            .keepAlive()
            .event(ROLE_ONLY)
            .run(() -> pass(10))
            .event("{\"choices\":[]}")
            .event("")
            .event("not JSON")
            .run(() -> pass(9))
            .keepAlive()
            .await(gate));
    EventStream stream = stream();
    stream.next();
    CompletableFuture<Throwable> failure = failureElsewhere(stream::next);
    gate.awaitReader();
    assertThat(failure).isNotDone();
    pass(1);
    late(failure, Deadline.IDLE);
    assertOver(Outcome.ABORTED);
  }

  @Test
  void fragmentsOfAToolCallArePayloadThoughTheCallIsGivenWhole() {
    String begin =
        "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}";
    String more = "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\" \"}}]}";
    Script script = new Script().head().event(Chunks.chunk(begin, null));
    for (int i = 0; i < 10; i++) {
      script.run(() -> pass(29)).event(Chunks.chunk(more, null));
    }
    script(script.event(Chunks.finish("tool_calls")).event("[DONE]"));
    assertThat(drain(stream())).isEqualTo(2);
    assertOver(Outcome.RELEASED);
  }

  @Test
  void timeOfTheRouteCountsForNoDeadlineButItsOwn() {
    script(new Script().head().token("Hel").token("lo").finish());
    EventStream stream = stream(deadlines(60, 30, 600, 0));
    pass(10_000);
    stream.next();
    pass(10_000);
    stream.next();
    pass(10_000);
    assertThat(stream.next().isLast()).isTrue();
    assertOver(Outcome.RELEASED);
  }

  @Test
  void totalDeadlineAddsUpAllWaits() throws Exception {
    script(
        new Script()
            .run(() -> pass(40))
            .head()
            .token("a")
            .run(() -> pass(20))
            .token("b")
            .run(() -> pass(28))
            .await(gate));
    EventStream stream = stream(deadlines(60, 30, 89, 0));
    stream.next();
    pass(1000);
    stream.next();
    CompletableFuture<Throwable> failure = failureElsewhere(stream::next);
    gate.awaitReader();
    assertThat(failure).isNotDone();
    pass(1);
    assertThat(late(failure, Deadline.TOTAL))
        .hasMessageContaining("89000 ms")
        .hasMessageContaining("'requestTimeout'")
        .hasMessageContaining("2 characters");
    assertOver(Outcome.ABORTED);
  }

  @Test
  void abandonedStreamLosesItsConnectionThoughNobodyReads() {
    script(new Script().head().token("Hel").token("lo").finish());
    EventStream stream = stream();
    stream.next();
    pass(599);
    assertThat(transport.attempted(0).outcome()).isEqualTo(Outcome.UNDER_WAY);
    pass(1);
    assertOver(Outcome.ABORTED);
    assertThat(stream.hasNext()).isTrue();
    DeadlineExceededException late =
        late(CompletableFuture.completedFuture(catchThrowable(stream::next)), Deadline.ABANDONED);
    assertThat(late)
        .hasMessageContaining("600000 ms")
        .hasMessageContaining("'abandonedTimeout'")
        .hasMessageContaining("3 characters");
    assertThat(stream.hasNext()).isFalse();
    assertOver(Outcome.ABORTED);
  }

  @Test
  void streamThatNobodyEverReadIsAbandonedToo() {
    script(new Script().head().silence());
    EventStream stream = stream();
    pass(600);
    assertOver(Outcome.ABORTED);
    late(CompletableFuture.completedFuture(catchThrowable(stream::next)), Deadline.ABANDONED);
  }

  @Test
  void partsThatHadComeAreStillGivenAfterAbandonment() {
    String both = "data: " + Chunks.token("Hel") + "\n\ndata: " + Chunks.token("lo") + "\n\n";
    script(new Script().head().bytes(both).finish());
    EventStream stream = stream();
    assertThat(text(stream.next())).isEqualTo("Hel");
    pass(600);
    assertThat(text(stream.next())).isEqualTo("lo");
    late(CompletableFuture.completedFuture(catchThrowable(stream::next)), Deadline.ABANDONED);
    assertOver(Outcome.ABORTED);
  }

  @Test
  void answerThatHadComeWholeIsWholeAfterAbandonment() {
    script(new Script().head(200, "application/json").bytes(Chunks.completion("Hello")));
    EventStream stream = stream();
    assertOver(Outcome.RELEASED);
    pass(100_000);
    assertThat(drain(stream)).isEqualTo(2);
  }

  @Test
  void deadlineIsTheLastEventWhereFailuresAreEvents() {
    script(new Script().head().token("Hel").run(() -> pass(30)).silence());
    EventStream stream = failureAsEventStream();
    stream.next();
    ChatEvent last = stream.next();
    assertThat(last).isInstanceOf(CallFailed.class);
    assertThat(((CallFailed) last).exception()).isInstanceOf(DeadlineExceededException.class);
    assertThat(stream.hasNext()).isFalse();
    assertOver(Outcome.ABORTED);
  }

  @Test
  void zeroSwitchesEveryDeadlineOff() {
    script(
        new Script()
            .run(() -> pass(1_000_000))
            .head()
            .run(() -> pass(1_000_000))
            .token("Hel")
            .run(() -> pass(1_000_000))
            .finish());
    EventStream stream = stream(NO_DEADLINES);
    pass(1_000_000);
    assertThat(drain(stream)).isEqualTo(2);
    assertThat(timers.scheduledCount()).isZero();
    assertOver(Outcome.RELEASED);
  }

  @Test
  void noTimerIsLeftAfterAnyEnding() {
    script(new Script().head().token("Hel").finish());
    drain(stream());
    assertOver(Outcome.RELEASED);

    script(new Script().head().token("Hel").fault(TransportFault.Kind.CUT));
    EventStream failed = stream();
    failed.next();
    assertThat(timers.waitingCount()).isPositive();
    assertThat(catchThrowable(failed::next)).isInstanceOf(HolySheepException.class);
    assertOver(Outcome.ABORTED);

    script(new Script().head().token("Hel").silence());
    stream().cancel("test");
    assertOver(Outcome.ABORTED);

    script(new Script().head().token("Hel").silence());
    stream().close();
    assertOver(Outcome.ABORTED);

    script(new Script().head(429, "application/json").bytes("{}"));
    assertThat(catchThrowable(this::stream)).isInstanceOf(HolySheepException.class);
    assertOver(Outcome.ABORTED);

    script(new Script().fault(TransportFault.Kind.REFUSED));
    assertThat(catchThrowable(this::stream)).isInstanceOf(HolySheepException.class);
    assertOver(Outcome.ABORTED);

    script(new Script().head(200, "text/html").bytes("<html>"));
    assertThat(catchThrowable(this::stream)).isInstanceOf(HolySheepException.class);
    assertOver(Outcome.ABORTED);
  }

  private static DeadlineExceededException late(
      CompletableFuture<Throwable> failure, Deadline deadline) {
    Throwable thrown = failure.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
    assertThat(thrown).isInstanceOf(DeadlineExceededException.class);
    DeadlineExceededException late = (DeadlineExceededException) thrown;
    assertThat(late.getDeadline()).isEqualTo(deadline);
    return late;
  }

  private static String text(ChatEvent event) {
    return ((TextReceived) event).text();
  }

  private static int drain(EventStream stream) {
    int count = 0;
    while (stream.hasNext()) {
      stream.next();
      count++;
    }
    return count;
  }
}
