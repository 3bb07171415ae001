package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryHeadersTest {

  private static final String NOW = "Sun, 06 Nov 1994 08:49:37 GMT";

  @ParameterizedTest
  @CsvSource({"0,0", "1,1000", "' 20 ',20000", "1.5,1500", "0.0004,0", "1e2,100000"})
  void secondsMayHaveDecimals(String value, long millis) {
    assertThat(retryAfter(Map.of("Retry-After", value))).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void millisecondsWinOverSeconds() {
    assertThat(retryAfter(Map.of("retry-after-ms", "250", "Retry-After", "1")))
        .isEqualTo(Duration.ofMillis(250));
    assertThat(retryAfter(Map.of("retry-after-ms", "soon", "Retry-After", "1")))
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void dateIsComparedWithTheClockOfTheServer() {
    assertThat(retryAfter(Map.of("Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT", "Date", NOW)))
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void dateInThePastIsNoDelay() {
    assertThat(retryAfter(Map.of("Retry-After", "Sun, 06 Nov 1994 08:00:00 GMT", "Date", NOW)))
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void dateWithoutTheClockOfTheServerSaysNothing() {
    assertThat(retryAfter(Map.of("Retry-After", NOW))).isNull();
    assertThat(retryAfter(Map.of("Retry-After", NOW, "Date", "today"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1;2", "NaN", "Infinity", "tomorrow"})
  void whatIsNoDelaySaysNothing(String value) {
    assertThat(retryAfter(Map.of("Retry-After", value, "Date", NOW))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99999999999999999999",
        "9223372036854775807",
        "9223372036854775",
        "1e99",
        "1e999999999"
      })
  void delayBeyondAllMeasureIsNeverShort(String value) {
    assertThat(retryAfter(Map.of("Retry-After", value))).isGreaterThan(Duration.ofDays(365));
  }

  @Test
  void noHeaderIsNoDelay() {
    assertThat(retryAfter(Map.of())).isNull();
  }

  @ParameterizedTest
  @CsvSource({"true,true", "' True ',true", "false,false", "FALSE,false"})
  void serverSaysWhetherToTryAgain(String value, boolean retry) {
    assertThat(shouldRetry(value)).isEqualTo(retry);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maybe", "1", "truefalse"})
  void whatIsNoAdviceSaysNothing(String value) {
    assertThat(shouldRetry(value)).isNull();
  }

  private static Boolean shouldRetry(String value) {
    return RetryHeaders.of(new Head(Map.of("x-should-retry", value))).shouldRetry();
  }

  private static Duration retryAfter(Map<String, String> headers) {
    return RetryHeaders.of(new Head(headers)).retryAfter();
  }

  /** A reply of which only the headers are looked at. */
  private static final class Head implements Reply {

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Head(Map<String, String> headers) {
      this.headers.putAll(headers);
    }

    @Override
    public int status() {
      return 429;
    }

    @Override
    public String header(String name) {
      return headers.get(name);
    }

    @Override
    public boolean isEventStream() {
      return false;
    }

    @Override
    public Frame next() {
      return null;
    }

    @Override
    public boolean isReady() {
      return false;
    }

    @Override
    public byte[] beginning(int maxBytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] document() {
      return new byte[0];
    }
  }
}
