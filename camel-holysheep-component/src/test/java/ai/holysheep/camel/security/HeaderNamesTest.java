package ai.holysheep.camel.security;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepConstants;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The filters of Camel's consumers keep the component's headers out, however they are spelt. */
class HeaderNamesTest {

  /** The scheme, and properties of exchanges, which never leave the process. */
  private static final Set<String> NO_HEADERS =
      Set.of("SCHEME", "AI_ERROR_CATEGORY", "AI_RETRY_AFTER_MILLIS");

  static Stream<String> names() {
    return Arrays.stream(HolySheepConstants.class.getDeclaredFields())
        .filter(field -> !NO_HEADERS.contains(field.getName()))
        .map(HeaderNamesTest::name);
  }

  private static String name(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void headerFromOutsideIsFilteredInEverySpelling(String name) {
    assertThat(name).startsWith("CamelHolySheep");
    DefaultHeaderFilterStrategy others = new DefaultHeaderFilterStrategy();
    others.setInFilterStartsWith(DefaultHeaderFilterStrategy.CAMEL_FILTER_STARTS_WITH);
    others.setLowerCase(true);
    for (HeaderFilterStrategy strategy : Arrays.asList(new HttpHeaderFilterStrategy(), others)) {
      for (String spelling : spellings(name)) {
        assertThat(strategy.applyFilterToExternalHeaders(spelling, "x", null))
            .as("%s filters %s", strategy.getClass().getSimpleName(), spelling)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void headerIsNotToldToTheServersOfOtherComponents(String name) {
    for (String spelling : spellings(name)) {
      assertThat(new HttpHeaderFilterStrategy().applyFilterToCamelHeaders(spelling, "x", null))
          .isTrue();
    }
  }

  private static String[] spellings(String name) {
    return new String[] {
      name,
      name.toLowerCase(Locale.ROOT),
      name.toUpperCase(Locale.ROOT),
      "cAmEl" + name.substring(5),
      "caMEL" + name.substring(5).toUpperCase(Locale.ROOT)
    };
  }
}
