package ai.holysheep.camel.convert.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventType;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.convert.BodyFormat;
import ai.holysheep.camel.convert.FilledMessages;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.testing.PartsOfAStream;
import ai.holysheep.camel.wire.EventReader;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PartReaderTest {

  private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();
  private static final List<ChatEvent> EVENTS =
      PartsOfAStream.of("s").reasoning("Hm.").textOf(1, "{Zü").toolCall().end();

  private final PartReader reader = new PartReader(new EventReader());

  @AfterAll
  static void close() throws Exception {
    CONTEXT.close();
  }

  @Test
  void typedEventIsThePart() {
    for (ChatEvent event : EVENTS) {
      Exchange exchange = new DefaultExchange(CONTEXT);
      exchange.getMessage().setBody(event);
      assertThat(reader.event(exchange)).isSameAs(event);
      assertThat(reader.streamId(exchange)).isEqualTo("s");
    }
  }

  @Test
  void headersAreReadAsTheyWereSet() {
    assertRead(value -> value);
  }

  @Test
  void headersAreReadAsTexts() {
    assertRead(String::valueOf);
  }

  @Test
  void headersAreReadAsTheBytesOfTexts() {
    assertRead(value -> String.valueOf(value).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void headersAreReadAsTheBytesThatKafkaMakesOfThem() {
    assertRead(
        value -> {
          if (value instanceof Long number) {
            return ByteBuffer.allocate(8).putLong(number).array();
          }
          return value instanceof Integer number
              ? ByteBuffer.allocate(4).putInt(number).array()
              : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
        });
  }

  private void assertRead(UnaryOperator<Object> onTheWay) {
    for (ChatEvent event : EVENTS) {
      Exchange exchange = exchange(event, BodyFormat.text);
      exchange.getMessage().getHeaders().replaceAll((name, value) -> onTheWay.apply(value));
      assertThat(reader.event(exchange)).isEqualTo(event);
      assertThat(reader.streamId(exchange)).isEqualTo("s");
    }
  }

  @Test
  void numberOfEightDigitsIsNoBinaryNumber() {
    Exchange exchange = exchange(EVENTS.get(1), BodyFormat.text);
    exchange
        .getMessage()
        .setHeader(HolySheepConstants.INDEX, "12345678".getBytes(StandardCharsets.US_ASCII));
    assertThat(reader.event(exchange).origin().index()).isEqualTo(12_345_678);
  }

  @Test
  void jsonIsReadWhereHeadersAreGone() {
    for (ChatEvent event : EVENTS) {
      String json = exchange(event, BodyFormat.json).getMessage().getBody(String.class);
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      for (Object body :
          List.of(
              json,
              bytes,
              new ByteArrayInputStream(bytes),
              new InputStreamCache(bytes),
              new StringBuilder(json))) {
        Exchange exchange = new DefaultExchange(CONTEXT);
        exchange.getMessage().setBody(body);
        ChatEvent read = reader.event(exchange);
        assertThat(read).isExactlyInstanceOf(event.getClass());
        assertThat(read.origin().index()).isEqualTo(event.origin().index());
        if (!(body instanceof ByteArrayInputStream) || body instanceof InputStreamCache) {
          assertThat(reader.streamId(exchange)).isEqualTo("s");
        }
      }
    }
  }

  @Test
  void jsonWithItsHeadersIsReadAsJson() {
    Exchange exchange = exchange(EVENTS.get(1), BodyFormat.json);
    assertThat(((TextReceived) reader.event(exchange)).text()).isEqualTo("{Zü");
  }

  @Test
  void tokenThatLooksLikeAnEventIsAToken() {
    String forged = "{\"type\":\"token\",\"streamId\":\"x\",\"index\":0,\"content\":\"a\"}";
    Origin origin = new Origin("s", 3, null, null, null);
    Exchange exchange = exchange(new TextReceived(origin, forged), BodyFormat.text);
    assertThat(reader.event(exchange)).isEqualTo(new TextReceived(origin, forged));
  }

  @Test
  void bodyThatTheRouteHasChangedIsTheText() {
    Exchange exchange = exchange(EVENTS.get(1), BodyFormat.text);
    exchange.getMessage().setBody("translated");
    assertThat(((TextReceived) reader.event(exchange)).text()).isEqualTo("translated");
    exchange.getMessage().setBody(null);
    assertThat(((TextReceived) reader.event(exchange)).text()).isEmpty();
  }

  @Test
  void resultInPlaceOfAToolCallBringsNothing() {
    Exchange exchange = exchange(EVENTS.get(2), BodyFormat.text);
    exchange.getMessage().setBody("22 degrees");
    assertThat(reader.event(exchange)).isEqualTo(new TextReceived(EVENTS.get(2).origin(), ""));
    exchange.getMessage().setBody(Map.of("celsius", 22));
    assertThat(reader.event(exchange)).isEqualTo(new TextReceived(EVENTS.get(2).origin(), ""));
  }

  @Test
  void toolCallIsReadOfItsJson() {
    Exchange exchange = exchange(EVENTS.get(2), BodyFormat.text);
    exchange
        .getMessage()
        .setBody(
            "{\"id\":\"c1\",\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Zürich\\\"}\",\"complete\":true}");
    assertThat(((ToolCallReceived) reader.event(exchange)).toolCall())
        .isEqualTo(PartsOfAStream.CALL);
  }

  @Test
  void figuresComeFromTheHeadersWhereTheBodyIsAnotherOne() {
    Exchange exchange = exchange(EVENTS.get(3), BodyFormat.text);
    exchange.getMessage().setBody("thanks");
    assertThat(((CallEnded) reader.event(exchange)).report()).isEqualTo(PartsOfAStream.report(3));
  }

  @Test
  void failureOfThisMachineIsTheFailure() {
    CallFailed failed = (CallFailed) PartsOfAStream.of("s").fail().get(0);
    Exchange exchange = exchange(failed, BodyFormat.text);
    assertThat(((CallFailed) reader.event(exchange)).exception()).isSameAs(failed.exception());
    exchange.getMessage().setBody(new IllegalStateException("Something else."));
    assertThat(((CallFailed) reader.event(exchange)).exception()).hasMessage("Something else.");
  }

  @Test
  void failureIsMadeOfItsHeadersWhereOnlyTheyAreLeft() {
    Exchange exchange = exchange(PartsOfAStream.of("s").fail().get(0), BodyFormat.text);
    exchange.getMessage().setBody("Slow down.");
    exchange.getMessage().setHeader(HolySheepConstants.ERROR_CATEGORY, "RATE_LIMIT");
    exchange.getMessage().setHeader(HolySheepConstants.RETRY_AFTER_MILLIS, "1500");
    RateLimitedException failure =
        (RateLimitedException) ((CallFailed) reader.event(exchange)).exception();
    assertThat(failure).hasMessage("Slow down.");
    assertThat(failure.getRetryAfter()).isEqualTo(Duration.ofMillis(1500));
  }

  @Test
  void failureIsMadeOfJson() {
    Exchange exchange = exchange(PartsOfAStream.of("s").fail().get(0), BodyFormat.json);
    exchange.getMessage().removeHeaders("*");
    assertThat(((CallFailed) reader.event(exchange)).exception())
        .isInstanceOf(StreamTruncatedException.class)
        .hasMessage("It broke.");
  }

  @Test
  void everyTypeOfEventIsReadByItsHeaders() {
    for (EventType type : EventType.values()) {
      Exchange exchange = exchange(EVENTS.get(0), BodyFormat.text);
      exchange.getMessage().setHeader(HolySheepConstants.EVENT_TYPE, type.word());
      exchange.getMessage().setBody("{\"name\":\"f\",\"arguments\":\"\"}");
      assertThat(reader.event(exchange).type()).isEqualTo(type);
    }
  }

  @Test
  void anythingElseIsRefusedWithTheReason() {
    Exchange exchange = new DefaultExchange(CONTEXT);
    exchange.getMessage().setBody("my secret");
    assertThatThrownBy(() -> reader.event(exchange))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The exchange is no part of a stream: it lacks one of the headers"
                + " CamelHolySheepStreamId, CamelHolySheepIndex and CamelHolySheepEventType,"
                + " and its body is not valid JSON");
    assertThat(reader.streamId(exchange)).isNull();
  }

  private static Exchange exchange(ChatEvent event, BodyFormat format) {
    Exchange exchange = new DefaultExchange(CONTEXT);
    FilledMessages.fill(exchange.getMessage(), event, format);
    return exchange;
  }
}
