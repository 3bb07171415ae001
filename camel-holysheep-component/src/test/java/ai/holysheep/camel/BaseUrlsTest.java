package ai.holysheep.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.error.RequestRejectedException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses a key may be sent to. */
class BaseUrlsTest {

  @ParameterizedTest
  @CsvSource({
    "https://h/v1, https://h/v1",
    "https://h/v1/, https://h/v1",
    "https://h/v1///, https://h/v1",
    "https://h, https://h",
    "https://h/, https://h",
    "HTTPS://H/V1, HTTPS://H/V1",
    "http://[::1]:8080/v1, http://[::1]:8080/v1",
    "http://h:1/v1, http://h:1/v1",
    "http://h:65535/v1, http://h:65535/v1",
    "https://h:/v1, https://h:/v1",
    "https://xn--bcher-kva.example/v1, https://xn--bcher-kva.example/v1",
    "https://h/a%20b/v1, https://h/a%20b/v1",
    "https://h/a%0d%0aX-Y:z, https://h/a%0d%0aX-Y:z",
    "https://h/v1/chat, https://h/v1/chat"
  })
  void addressIsTakenWithoutSlashesAtItsEnd(String url, String expected) {
    assertThat(BaseUrls.of("option 'baseUrl'", url)).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h/v1",
        "//h/v1",
        "/v1",
        "ftp://h/v1",
        "file:///v1",
        "http:/v1",
        "http:///v1",
        "http://:80/v1",
        "https://ho st/v1",
        " https://h/v1",
        "https://h/v1 ",
        "https://h\r\nX-Y: z/v1",
        "https://h/v1\nX-Y: z",
        "https://h\u2028/v1",
        "https://h\\@s3cret.example/v1",
        "https://user:s3cret@h/v1",
        "https://s3cret@h/v1",
        "https://@h/v1",
        "https://h/v1?key=s3cret",
        "https://h/v1?",
        "https://h/v1#s3cret",
        "https://h/v1#",
        "https://b\u00fccher.example/v1",
        "https://h\u3002example/v1",
        "https://a_b/v1",
        "http://[::1/v1",
        "http://h:-1/v1",
        "http://h:s3cret/v1"
      })
  void whatIsNoPlainAddressIsRejectedAndNotRepeated(String url) {
    assertRejected(url, "is not an address with http://");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://h/v1/chat/completions", "https://h/chat/completions/"})
  void wholeAddressOfTheCallIsRejectedWithAdvice(String url) {
    assertRejected(url, "ends in /chat/completions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h:0/v1", "http://h:65536/v1", "http://h:99999999"})
  void portOutOfRangeIsRejected(String url) {
    assertRejected(url, "a port that is not from 1 to 65535");
  }

  @ParameterizedTest
  @CsvSource({
    "http://api.example/v1, true",
    "HTTP://api.example/v1, true",
    "http://10.0.0.1/v1, true",
    "http://0.0.0.0/v1, true",
    "http://[2001:db8::1]/v1, true",
    "http://localhost.example/v1, true",
    "http://127.0.0.1.example/v1, true",
    "http://127.0.0.1/v1, false",
    "http://127.8.9.10/v1, false",
    "http://localhost:8080/v1, false",
    "http://LOCALHOST/v1, false",
    "http://model.localhost/v1, false",
    "http://[::1]/v1, false",
    "http://[0:0:0:0:0:0:0:1]/v1, false",
    "https://api.example/v1, false"
  })
  void plainHttpIsExposedUnlessItStaysOnThisMachine(URI baseUrl, boolean exposed) {
    assertThat(BaseUrls.isExposed(baseUrl)).isEqualTo(exposed);
  }

  private static void assertRejected(String url, String reason) {
    assertThatThrownBy(() -> BaseUrls.of("option 'baseUrl'", url))
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("option 'baseUrl'")
        .hasMessageContaining(reason)
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }
}
