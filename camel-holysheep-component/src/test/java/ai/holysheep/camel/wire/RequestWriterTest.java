package ai.holysheep.camel.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestWriterTest {

  @ParameterizedTest
  @CsvSource({
    "'',''",
    "abc,abc",
    "\uD83D\uDE00,\uD83D\uDE00",
    "a\uD83D\uDE00b,a\uD83D\uDE00b",
    "\uD83D\uDE00\uD83D\uDE00,\uD83D\uDE00\uD83D\uDE00"
  })
  void wholeCharactersAreKept(String text, String kept) {
    assertThat(RequestWriter.withoutLoneSurrogates(text)).isEqualTo(kept);
  }

  @Test
  void halfCharactersAreReplacedWhereverTheyStand() {
    String high = "\uD83D";
    String low = "\uDE00";
    assertThat(RequestWriter.withoutLoneSurrogates("a" + high)).isEqualTo("a\uFFFD");
    assertThat(RequestWriter.withoutLoneSurrogates(low + "a")).isEqualTo("\uFFFDa");
    assertThat(RequestWriter.withoutLoneSurrogates(low + high)).isEqualTo("\uFFFD\uFFFD");
    assertThat(RequestWriter.withoutLoneSurrogates(high + high + low))
        .isEqualTo("\uFFFD" + high + low);
    assertThat(RequestWriter.withoutLoneSurrogates(high + low + low))
        .isEqualTo(high + low + "\uFFFD");
  }
}
