package ai.holysheep.camel.examples.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The middle, the least and the most. */
class SpreadTest {

  @Test
  void medianOfAnOddNumberIsTheOneInTheMiddleInWhateverOrder() {
    assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(4, 1, 9));
  }

  @Test
  void medianOfAnEvenNumberIsHalfWayBetweenTheTwoInTheMiddle() {
    assertThat(Spread.of(List.of(10.0, 1.0, 2.0, 4.0))).isEqualTo(new Spread(3, 1, 10));
  }

  @Test
  void oneFigureIsAllThree() {
    assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7));
  }

  @Test
  void nothingHasNoMiddle() {
    assertThatThrownBy(() -> Spread.of(List.of())).hasMessage("Nothing was measured.");
  }
}
