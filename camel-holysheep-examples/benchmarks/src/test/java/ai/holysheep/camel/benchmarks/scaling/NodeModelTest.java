package ai.holysheep.camel.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The model of a node is the queue that it says it is. */
class NodeModelTest {

  private static final int PIECES = 1_000_000;

  @Test
  void oneCoreWaitsAsTheFormulaForOneServerSays() {
    Figures figures = figures(1, 100, 0);
    int streams = 700;
    assertThat(figures.utilisation(streams)).isCloseTo(0.7, within(1e-9));
    double formula = 0.7 / (1 - 0.7) * 100;
    assertThat(new NodeModel(figures, 1).of(streams, PIECES).meanMicros())
        .isCloseTo(formula, Percentage.withPercentage(5));
  }

  @Test
  void severalCoresWaitAsErlangSays() {
    Figures figures = figures(4, 100, 0);
    int streams = 3200;
    assertThat(figures.utilisation(streams)).isCloseTo(0.8, within(1e-9));
    double formula = erlangC(4, 3.2) * 100 / (4 * (1 - 0.8));
    assertThat(new NodeModel(figures, 1).of(streams, PIECES).meanMicros())
        .isCloseTo(formula, Percentage.withPercentage(5));
  }

  @Test
  void moreStreamsWaitLonger() {
    NodeModel model = new NodeModel(figures(2, 100, 500), 1);
    NodeModel.Waiting few = model.of(500, PIECES);
    NodeModel.Waiting many = model.of(1000, PIECES);
    assertThat(many.p50Micros()).isGreaterThanOrEqualTo(few.p50Micros());
    assertThat(many.p99Micros()).isGreaterThan(few.p99Micros());
  }

  @Test
  void callsTakeTheirShareOfTheCores() {
    assertThat(figures(2, 100, 500).utilisation(1000))
        .isCloseTo((10_000 * 100 + 100 * 500) / 2e6, within(1e-9));
  }

  @Test
  void fleetHasOneNodeMoreThanItNeeds() {
    Figures figures = figures(2, 100, 0);
    assertThat(figures.streamsOfNode()).isEqualTo(1200);
    Fleet fleet = Fleet.of(figures, 12_000);
    assertThat(fleet.nodes()).isEqualTo(11);
    assertThat(fleet.streamsPerNode()).isEqualTo(1200);
    assertThat(fleet.tokensPerSecond()).isEqualTo(120_000);
    assertThat(fleet.partitions()).isEqualTo(6);
  }

  @Test
  void fileHasAllFigures() {
    assertThat(Figures.ofFile().cores()).isPositive();
  }

  /** The share of work that finds all servers busy (Erlang's C formula). */
  private static double erlangC(int servers, double load) {
    double term = 1;
    double sum = 1;
    for (int i = 1; i < servers; i++) {
      term *= load / i;
      sum += term;
    }
    double last = term * load / servers * servers / (servers - load);
    return last / (sum + last);
  }

  /** Ten tokens per second, and a hundred tokens per answer. */
  private static Figures figures(int cores, double perToken, double perCall) {
    return new Figures(cores, perToken, perCall, 50, 100, 10, 100, 300, 0.6, 20_000, 28_000, 0.05);
  }
}
