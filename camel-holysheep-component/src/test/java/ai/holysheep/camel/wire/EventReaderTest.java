package ai.holysheep.camel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.CostCoverage;
import ai.holysheep.camel.chat.CostSource;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.Gaps;
import ai.holysheep.camel.chat.Latency;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.OtherMessage;
import ai.holysheep.camel.chat.OtherReceived;
import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Response;
import ai.holysheep.camel.error.RetryAdvice;
import ai.holysheep.camel.error.ToldFailures;
import ai.holysheep.camel.testing.PartsOfAStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {

  private final EventWriter writer = new EventWriter();
  private final EventReader reader = new EventReader();

  @Test
  void contentComesBackAsItWasWritten() {
    PartsOfAStream parts =
        PartsOfAStream.of("s").text("\"a\"\n\u2028\u20ac").reasoning("why").toolCall();
    for (ChatEvent event : parts.textOf(2, "b").end()) {
      assertThat(reader.event(writer.json(event))).isEqualTo(asWritten(event));
    }
  }

  /** Only the last part tells model and id of the response in JSON. */
  private static ChatEvent asWritten(ChatEvent event) {
    Origin origin = event.origin();
    Origin bare = new Origin("s", origin.index(), null, null, origin.choiceIndex());
    if (event instanceof TextReceived received) {
      return new TextReceived(bare, received.text());
    }
    if (event instanceof ReasoningReceived received) {
      return new ReasoningReceived(bare, received.text());
    }
    if (event instanceof ToolCallReceived received) {
      return new ToolCallReceived(bare, received.toolCall());
    }
    return event;
  }

  @Test
  void messageOfAnotherKindComesBack() {
    OtherMessage message = new OtherMessage("mood", "{\"type\":\"mood\",\"value\":[1,null]}");
    OtherReceived event = new OtherReceived(new Origin("s", 3, null, null, null), message);
    assertThat(reader.event(writer.json(event))).isEqualTo(event);
  }

  @ParameterizedTest
  @CsvSource({"USD,SERVER,ALL", "CNY,PRICES,OUTPUT", "USD,MIXED,OUTPUT"})
  void costComesBack(String currency, CostSource source, CostCoverage coverage) {
    Cost cost = new Cost(new BigDecimal("0.00000042"), currency, source, coverage);
    Usage usage = new Usage(1L, 2L, 3L, null, null, UsageSource.SERVER, cost);
    Report report = new Report(FinishReason.STOP, null, usage, 0, 0, 0, null, null);
    CallEnded event = new CallEnded(new Origin("s", 0, null, null, null), report);
    assertThat(reader.event(writer.json(event))).isEqualTo(event);
  }

  @ParameterizedTest
  @CsvSource({"400,7,12.5", ",,"})
  void latencyComesBack(
      @Nullable Long firstTokenMillis, @Nullable Long gapMillis, @Nullable Double rate) {
    Duration firstToken = firstTokenMillis == null ? null : Duration.ofMillis(firstTokenMillis);
    Duration gap = gapMillis == null ? null : Duration.ofMillis(gapMillis);
    Gaps gaps = gap == null ? null : new Gaps(3, gap.multipliedBy(3), gap, gap, gap);
    Latency latency =
        new Latency(
            Duration.ofMillis(900), firstToken, Duration.ofMillis(30), Duration.ZERO, gaps, rate);
    Usage usage = new Usage(1L, 2L, 3L, null, null, UsageSource.SERVER);
    Report report = new Report(FinishReason.STOP, null, usage, 0, 0, 0, null, latency);
    CallEnded event = new CallEnded(new Origin("s", 0, null, null, null), report);
    assertThat(reader.event(writer.json(event))).isEqualTo(event);
  }

  @Test
  void restartComesBackWithItsReason() {
    ChatEvent event = PartsOfAStream.of("s").text("a").restart().end().get(1);
    AnswerRestarted read = (AnswerRestarted) reader.event(writer.json(event));
    assertThat(read.origin().index()).isEqualTo(1);
    assertThat(read.attempt()).isEqualTo(2);
    assertThat(read.cause()).isInstanceOf(HolySheepException.class).hasMessage("It broke.");
  }

  @Test
  void everyFailureComesBackInItsOwnClass() {
    for (Class<?> type : HolySheepException.class.getPermittedSubclasses()) {
      FailureContext context =
          FailureContext.NONE
              .replied(new Response(503, "req-1", null, RetryAdvice.NONE))
              .complained(new ProviderError("x", "t", "overloaded", null));
      HolySheepException failure = ToldFailures.of(type.getSimpleName(), "It broke.", context);
      CallFailed read = (CallFailed) reader.event(writer.json(failed(failure)));
      HolySheepException again = (HolySheepException) read.exception();
      assertThat(again).isExactlyInstanceOf(type).hasMessage("It broke.");
      assertThat(again.getStatus()).isEqualTo(503);
      assertThat(again.getCode()).isEqualTo("overloaded");
      assertThat(again.getRequestId()).isEqualTo("req-1");
      assertThat(again.getPartialText()).isEqualTo("Hel");
      assertThat(again.getChunkCount()).isEqualTo(1);
    }
  }

  private static CallFailed failed(HolySheepException failure) {
    Choice choice = new Choice(0, "Hel", "", List.of(), FinishReason.UNKNOWN, null);
    ChatAnswer answer = new ChatAnswer("s", null, null, List.of(choice), null);
    return new CallFailed(new Origin("s", 1, null, null, null), failure, answer);
  }

  @Test
  void fieldsThatAreNotKnownArePassedOver() {
    assertThat(
            reader.event(
                "{\"new\":{\"type\":\"x\"},\"index\":1,\"content\":\"a\",\"streamId\":\"s\",\"type\":\"token\"}"))
        .isEqualTo(new TextReceived(new Origin("s", 1, null, null, null), "a"));
  }

  @Test
  void usageOfWhichLittleIsToldIsUsageAllTheSame() {
    CallEnded read =
        (CallEnded) reader.event("{\"type\":\"usage\",\"streamId\":\"s\",\"index\":0}");
    assertThat(read.report().finishReason()).isEqualTo(FinishReason.UNKNOWN);
    assertThat(read.report().usage())
        .isEqualTo(new Usage(null, null, null, null, null, UsageSource.SERVER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hello|is not valid JSON",
        "``|is not valid JSON",
        "{\"type\":\"token\"} {}|is not valid JSON",
        "[1]|is JSON, but no object",
        "{}|has no 'type'",
        "{\"type\":\"answer\",\"streamId\":\"s\"}|has a 'type' that is not known",
        "{\"type\":\"token\",\"index\":1,\"content\":\"\"}|has no 'streamId'",
        "{\"type\":\"token\",\"streamId\":\"s\",\"content\":\"\"}|has no 'index'",
        "{\"type\":\"token\",\"streamId\":\"s\",\"index\":-1,\"content\":\"\"}|has no 'index'",
        "{\"type\":\"token\",\"streamId\":\"s\",\"index\":1e99,\"content\":\"\"}|has no 'index'",
        "{\"type\":\"token\",\"streamId\":\"s\",\"index\":1}|has no 'content'",
        "{\"type\":\"tool_call\",\"streamId\":\"s\",\"index\":1}|has no 'toolCall'"
      })
  void whatIsNoEventIsRefusedWithTheReason(String json, String reason) {
    assertThatThrownBy(() -> reader.event(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(reason);
  }

  @Test
  void streamIsReadOfEventsAlone() {
    String json = writer.json(PartsOfAStream.tokens("s", "a").get(0));
    assertThat(reader.streamId(json)).isEqualTo("s");
    for (String other :
        Arrays.asList("", "text", "[]", "{}", "{\"a\":{\"streamId\":\"x\"}}", "{\"streamId\":1}")) {
      assertThat(reader.streamId(other)).as(other).isNull();
    }
  }

  @Test
  void toolCallsAreReadOfTheirOwnJson() {
    assertThat(reader.toolCall(writer.json(PartsOfAStream.CALL))).isEqualTo(PartsOfAStream.CALL);
    assertThat(reader.toolCall("22 degrees")).isNull();
    assertThat(reader.toolCall("[]")).isNull();
  }
}
