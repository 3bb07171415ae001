package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.CoalescingUnit;
import ai.holysheep.camel.chat.Continuation;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.observe.CallerContext;
import ai.holysheep.camel.recovery.Recovery;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.testing.Chunks;
import ai.holysheep.camel.testing.FakeTransport.Gate;
import ai.holysheep.camel.testing.FakeTransport.Script;
import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.TransportFault.Kind;
import ai.holysheep.camel.wire.RequestWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls whose parts are sentences. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CoalescingCallTest extends CallTestSupport {

  private static final Coalescing SENTENCES =
      new Coalescing(CoalescingUnit.SENTENCES, 1, Duration.ZERO);

  @Test
  void heldTextIsThrownWithTheFailureAndNotHandedOn() {
    script(new Script().head().token("One. ").token("Tw").fault(Kind.BROKEN));
    EventStream stream = stream(Recovery.FAIL, false);
    assertThat(shown(stream.next())).isEqualTo("0 One. ");
    HolySheepException failure = catchThrowableOfType(HolySheepException.class, stream::next);
    assertThat(failure.getPartialText()).isEqualTo("One. Tw");
    assertThat(failure).hasMessageContaining("1 part with 7 characters");
    assertThat(stream.hasNext()).isFalse();
  }

  @Test
  void heldTextComesBeforeAFailureThatIsAnEvent() {
    script(new Script().head().token("One. ").token("Tw").fault(Kind.BROKEN));
    assertThat(rest(stream(Recovery.FAIL, true)))
        .containsExactly("0 One. ", "1 Tw", "2 failed after One. Tw");
  }

  @Test
  void callThatFailsWithinItsFirstSentenceIsSentAgain() {
    script(new Script().head().token("On").fault(Kind.BROKEN));
    transport.then(new Script().head().token("Ei").token("ns").finish());
    EventStream stream = stream(Recovery.FAIL, false);
    assertThat(rest(stream)).containsExactly("0 Eins", "1 usage of 1");
    assertThat(stream.answer().text()).isEqualTo("Eins");
  }

  @Test
  void failureWithinTheFirstSentenceHasItsText() {
    script(new Script().head().token("On").fault(Kind.BROKEN));
    for (int i = 0; i < 3; i++) {
      transport.then(new Script().head().token("On").fault(Kind.BROKEN));
    }
    EventStream stream = stream(Recovery.FAIL, false);
    HolySheepException failure = catchThrowableOfType(HolySheepException.class, stream::next);
    assertThat(failure.getPartialText()).isEqualTo("On");
    assertThat(failure.getProgress()).isEqualTo(Progress.SENT);
    assertThat(transport.attemptCount()).isEqualTo(4);
  }

  @Test
  void heldTextVanishesWithARestart() {
    script(new Script().head().token("One. ").token("Tw").fault(Kind.BROKEN));
    transport.then(new Script().head().token("Eins. ").token("Zw").token("ei.").finish());
    EventStream stream = stream(Recovery.RESTART, false);
    assertThat(rest(stream))
        .containsExactly("0 One. ", "1 restart 2", "2 Eins. ", "3 Zwei.", "4 usage of 4");
    assertThat(stream.answer().text()).isEqualTo("Eins. Zwei.");
  }

  @Test
  void heldTextIsGoneOnWithOnceAndWhole() {
    script(new Script().head().token("One. ").token("Tw").fault(Kind.BROKEN));
    transport.then(new Script().head(503, "application/json").bytes("{\"error\":\"busy\"}"));
    transport.then(new Script().head().token("o. Th").fault(Kind.CUT));
    transport.then(new Script().head().token("r").token("ee.").finish());
    EventStream stream = stream(Recovery.CONTINUE, false);
    assertThat(rest(stream)).containsExactly("0 One. ", "1 Two. ", "2 Three.", "3 usage of 3");
    assertThat(stream.answer().text()).isEqualTo("One. Two. Three.");
    assertThat(body(1)).contains("\"content\":\"One. Tw\"");
    assertThat(body(2)).contains("\"content\":\"One. Tw\"");
    assertThat(body(3)).contains("\"content\":\"One. Two. Th\"");
  }

  @Test
  void thoughtsBetweenTagsAreSentencesOfTheirOwn() {
    script(
        new Script()
            .head()
            .token("<thi")
            .token("nk>Hm. So")
            .token("</think>")
            .token("It")
            .token(" is.")
            .finish());
    assertThat(rest(stream(Recovery.FAIL, false)))
        .containsExactly("0 (Hm. )", "1 (So)", "2 It is.", "3 usage of 3");
  }

  @Test
  void heldTextIsContentForTheDeadlines() throws Exception {
    Gate gate = new Gate();
    script(new Script().head().token("One").await(gate).token(". Two").finish());
    EventStream stream = stream(deadlines(10, 30, 600, 600), Recovery.FAIL, false);
    CompletableFuture<ChatEvent> first = nextElsewhere(stream);
    gate.awaitReader();
    pass(29);
    gate.open();
    assertThat(shown(await(first))).isEqualTo("0 One. ");
    stream.close();
  }

  @Test
  void wholeAnswerIsNotJoined() {
    script(new Script().head(200, "application/json").bytes(Chunks.completion("One. Two.")));
    CallSettings settings = settings(NO_DEADLINES, Recovery.FAIL, false);
    assertThat(settings.forWholeAnswer().coalescing()).isEqualTo(Coalescing.NONE);
    assertThat(client.ask(request(false), settings, null).text()).isEqualTo("One. Two.");
  }

  @Test
  void whoeverHasTheClockReleasesWhatIsHeld() {
    AnswerIntake intake =
        new AnswerIntake(
            new StreamStart("s-1", 0, CallerContext.NONE),
            new RequestWriter().write(request(true)),
            settings(NO_DEADLINES, Recovery.FAIL, false));
    assertThat(intake.heldNanos(1)).isEqualTo(-1);
    byte[] message = Chunks.token("One").getBytes(StandardCharsets.UTF_8);
    intake.message(message, 0, message.length);
    assertThat(intake.isHolding()).isTrue();
    assertThat(intake.hasWaiting()).isFalse();
    assertThat(intake.heldNanos(3)).isZero();
    assertThat(intake.heldNanos(8)).isEqualTo(5);
    assertThat(intake.releaseHeld()).isTrue();
    assertThat(shown(intake.poll())).isEqualTo("0 One");
    assertThat(intake.isHolding()).isFalse();
    assertThat(intake.releaseHeld()).isFalse();
  }

  private String body(int attempt) {
    return new String(transport.attempted(attempt).call().body(), StandardCharsets.UTF_8);
  }

  private EventStream stream(Recovery recovery, boolean failureAsEvent) {
    return stream(NO_DEADLINES, recovery, failureAsEvent);
  }

  private EventStream stream(Deadlines deadlines, Recovery recovery, boolean failureAsEvent) {
    return client.stream(request(true), settings(deadlines, recovery, failureAsEvent), null);
  }

  private static CallSettings settings(
      Deadlines deadlines, Recovery recovery, boolean failureAsEvent) {
    return new CallSettings(
        URI.create("http://test/v1"),
        null,
        Map.of(),
        deadlines,
        new RetryPolicy(3, Duration.ZERO, Duration.ZERO, recovery),
        Continuation.PLAIN,
        new Limits(1 << 20, 1 << 20, 1 << 20),
        MAX_KEPT_CHARACTERS,
        true,
        true,
        SENTENCES,
        failureAsEvent);
  }

  private static List<String> rest(EventStream stream) {
    List<String> events = new ArrayList<>();
    stream.forEachRemaining(event -> events.add(shown(event)));
    return events;
  }

  private static String shown(ChatEvent event) {
    return event.origin().index() + " " + content(event);
  }

  private static String content(ChatEvent event) {
    if (event instanceof TextReceived received) {
      return received.text();
    } else if (event instanceof ReasoningReceived received) {
      return "(" + received.text() + ")";
    } else if (event instanceof AnswerRestarted restarted) {
      return "restart " + restarted.attempt();
    } else if (event instanceof CallEnded ended) {
      return "usage of " + ended.report().chunkCount();
    } else if (event instanceof CallFailed failed) {
      return "failed after " + failed.partialAnswer().text();
    }
    return event.toString();
  }
}
