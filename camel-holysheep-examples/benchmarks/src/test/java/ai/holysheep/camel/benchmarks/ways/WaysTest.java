package ai.holysheep.camel.benchmarks.ways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.holysheep.camel.benchmarks.reading.Measured;
import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import ai.holysheep.camel.simulator.load.Load;
import ai.holysheep.camel.simulator.load.LoadServer;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WaysTest {

  private static final int STREAMS = 3;
  private static final Set<Ways> PLAIN = EnumSet.of(Ways.CALL, Ways.CAMEL_HTTP_CALL);

  private static LoadServer server;

  @BeforeAll
  static void startServer() {
    server = LoadServer.start(0);
  }

  @AfterAll
  static void closeServer() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Ways.class)
  void readsAllThatComesAtOnce(Ways ways) throws Exception {
    readsAll(ways, new Load(500, Duration.ZERO));
  }

  @ParameterizedTest
  @EnumSource(Ways.class)
  void readsAllThatComesAtAPace(Ways ways) throws Exception {
    readsAll(ways, new Load(5, Duration.ofMillis(2)));
  }

  @ParameterizedTest
  @EnumSource(Ways.class)
  void tellsWhatTheServerRefuses(Ways ways) throws Exception {
    Measured measured = new Measured();
    try (Way way = ways.open(new Target(URI.create(server.baseUrl()), "none", 1))) {
      read(way, measured.check(1));

      assertThat(measured.failures()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Ways.class)
  void wordIsThatOfTheWay(Ways ways) {
    assertThat(Ways.of(ways.word())).isEqualTo(ways);
  }

  @Test
  void unknownWordIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ways.of("none"))
        .withMessageContaining("none");
  }

  /** The second round finds only the connections that the first one has given back. */
  private static void readsAll(Ways ways, Load load) throws Exception {
    Measured measured = new Measured();
    try (Way way = ways.open(target(load))) {
      for (int round = 0; round < 2; round++) {
        for (int stream = 0; stream < STREAMS; stream++) {
          read(way, measured.check(load.tokens()));
        }
        assertThat(measured.failures()).isEmpty();
      }
    }
    int counted = PLAIN.contains(ways) ? 1 : load.tokens();
    assertThat(measured.tokens()).isEqualTo(2L * STREAMS * counted);
  }

  private static Target target(Load load) {
    return new Target(URI.create(server.baseUrl()), load.model(), STREAMS);
  }

  private static void read(Way way, StreamCheck check) {
    if (way.isWaiting()) {
      new Thread(() -> readNow(way, check)).start();
    } else {
      readNow(way, check);
    }
  }

  private static void readNow(Way way, StreamCheck check) {
    try {
      way.read(check);
    } catch (Exception e) {
      check.failed(e);
    }
  }
}
