package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.Continuation;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.recovery.Recovery;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.testing.Chunks;
import ai.holysheep.camel.testing.FakeTransport.Gate;
import ai.holysheep.camel.testing.FakeTransport.Script;
import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls whose answers begin with tagged thoughts, where these are reasoning. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThinkingCallTest extends CallTestSupport {

  private static final RetryPolicy CONTINUE =
      new RetryPolicy(3, Duration.ZERO, Duration.ZERO, Recovery.CONTINUE);

  @Test
  void estimateCountsThoughtsAsReasoningAndTagsAsNothing() {
    script(
        new Script()
            .head()
            .token("<think>12345678</think>")
            .token("1234")
            .event(Chunks.finish("stop")));
    Usage usage = ended(rest(stream(RetryPolicy.NEVER, false))).report().usage();
    assertThat(usage.reasoningTokens()).isEqualTo(2);
    assertThat(usage.completionTokens()).isEqualTo(3);
  }

  @Test
  void wholeAnswerIsSplitToo() {
    script(
        new Script()
            .head(200, "application/json")
            .bytes(Chunks.completion("<think>hm</think>\n\nHello")));
    ChatAnswer answer = client.ask(request(false), settings(RetryPolicy.NEVER, false), null);
    assertThat(answer.reasoning()).isEqualTo("hm");
    assertThat(answer.text()).isEqualTo("\n\nHello");
  }

  @Test
  void nothingIsLostAtTheEnd() {
    script(new Script().head().token("<think>hm</thi").finish());
    assertThat(words(rest(stream(RetryPolicy.NEVER, false)))).isEqualTo("(hm)(</thi)");
    script(new Script().head().token("<thi").finish());
    EventStream stream = stream(RetryPolicy.NEVER, false);
    assertThat(words(rest(stream))).isEqualTo("<thi");
    assertThat(stream.answer().text()).isEqualTo("<thi");
  }

  @Test
  void partialAnswerHasWhatWasHeldBack() {
    script(new Script().head().token("<think>hm</thi").fault(Kind.BROKEN));
    EventStream stream = stream(RetryPolicy.NEVER, false);
    stream.next();
    HolySheepException failure = catchThrowableOfType(HolySheepException.class, stream::next);
    assertThat(failure.getPartialAnswer().reasoning()).isEqualTo("hm</thi");
    assertThat(stream.answer().reasoning()).isEqualTo("hm</thi");
  }

  @Test
  void partialAnswerMayBeNothingButWhatWasHeldBack() {
    script(new Script().head().token("<thi").fault(Kind.BROKEN));
    EventStream stream = stream(RetryPolicy.NEVER, false);
    HolySheepException failure = catchThrowableOfType(HolySheepException.class, stream::next);
    assertThat(failure.getPartialText()).isEqualTo("<thi");
  }

  @Test
  void whatWasHeldBackComesBeforeAFailureThatIsAnEvent() {
    script(new Script().head().token("<think>hm</thi").fault(Kind.BROKEN));
    List<ChatEvent> events = rest(stream(RetryPolicy.NEVER, true));
    assertThat(words(events)).isEqualTo("(hm)(</thi)");
    assertThat(((CallFailed) events.get(2)).partialAnswer().reasoning()).isEqualTo("hm</thi");
    assertThat(events).extracting(event -> event.origin().index()).containsExactly(0L, 1L, 2L);
  }

  @Test
  void whatIsHeldBackIsTheFirstTokenForTheDeadlines() throws Exception {
    Gate gate = new Gate();
    script(new Script().head().token("<think>").await(gate).token("hm").finish());
    EventStream stream = stream(deadlines(10, 30, 600, 600), RetryPolicy.NEVER, false);
    CompletableFuture<ChatEvent> first = nextElsewhere(stream);
    gate.awaitReader();
    pass(29);
    gate.open();
    assertThat(await(first)).isInstanceOf(ReasoningReceived.class);
    stream.close();
  }

  @Test
  void answerThatIsGoneOnWithIsItsTextAloneAndMayThinkAgain() {
    script(new Script().head().token("<think>hm</think>Hel").fault(Kind.BROKEN));
    transport.then(new Script().head(503, "application/json").bytes("{\"error\":\"busy\"}"));
    transport.then(new Script().head().token("<think>so</think>lo").finish());
    EventStream stream = stream(CONTINUE, false);
    assertThat(words(rest(stream))).isEqualTo("(hm)Hel(so)lo");
    assertThat(stream.answer().text()).isEqualTo("Hello");
    assertThat(stream.answer().reasoning()).isEqualTo("hmso");
    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThat(new String(transport.attempted(attempt).call().body(), StandardCharsets.UTF_8))
          .contains("{\"role\":\"assistant\",\"content\":\"Hel\"}]");
    }
  }

  @Test
  void thoughtsAndBlanksAloneAreNotGoneOnWith() {
    script(new Script().head().token("\n<think>hm</think>\n\n").fault(Kind.BROKEN));
    assertFailsWithoutAnotherTry(1);
  }

  @Test
  void answerThatBreaksOffWithinATagIsNotGoneOnWith() {
    script(new Script().head().token("Hel").fault(Kind.BROKEN));
    transport.then(new Script().head().token("<thi").fault(Kind.BROKEN));
    assertFailsWithoutAnotherTry(2);
  }

  @Test
  void halfATagBeforeTheFirstPartIsForgottenWithItsTry() {
    script(new Script().head().token("<thi").fault(Kind.BROKEN));
    transport.then(new Script().head().token("nk>Hello").finish());
    EventStream stream = stream(CONTINUE, false);
    assertThat(words(rest(stream))).isEqualTo("nk>Hello");
    assertThat(stream.answer().text()).isEqualTo("nk>Hello");
  }

  private void assertFailsWithoutAnotherTry(int tries) {
    EventStream stream = stream(CONTINUE, false);
    assertThat(catchThrowableOfType(HolySheepException.class, () -> rest(stream))).isNotNull();
    assertThat(transport.attemptCount()).isEqualTo(tries);
  }

  private EventStream stream(RetryPolicy retries, boolean failureAsEvent) {
    return stream(NO_DEADLINES, retries, failureAsEvent);
  }

  private EventStream stream(Deadlines deadlines, RetryPolicy retries, boolean failureAsEvent) {
    return open(request(true), settings(deadlines, retries, true, failureAsEvent), null);
  }

  private static CallSettings settings(RetryPolicy retries, boolean failureAsEvent) {
    return settings(NO_DEADLINES, retries, true, failureAsEvent);
  }

  private static CallSettings settings(
      Deadlines deadlines, RetryPolicy retries, boolean splitThinkTags, boolean failureAsEvent) {
    return new CallSettings(
        URI.create("http://test/v1"),
        null,
        Map.of(),
        deadlines,
        retries,
        Continuation.PLAIN,
        new Limits(1 << 20, 1 << 20, 1 << 20),
        MAX_KEPT_CHARACTERS,
        true,
        splitThinkTags,
        Coalescing.NONE,
        failureAsEvent);
  }

  private static List<ChatEvent> rest(EventStream stream) {
    List<ChatEvent> events = new ArrayList<>();
    stream.forEachRemaining(events::add);
    return events;
  }

  private static CallEnded ended(List<ChatEvent> events) {
    return (CallEnded) events.get(events.size() - 1);
  }

  /** The text, with reasoning in brackets. */
  private static String words(List<ChatEvent> events) {
    StringBuilder words = new StringBuilder();
    for (ChatEvent event : events) {
      if (event instanceof TextReceived received) {
        words.append(received.text());
      } else if (event instanceof ReasoningReceived received) {
        words.append('(').append(received.text()).append(')');
      }
    }
    return words.toString();
  }
}
