package ai.holysheep.camel.benchmarks.report;

import static ai.holysheep.camel.benchmarks.report.Figure.ALLOCATED;
import static ai.holysheep.camel.benchmarks.report.Figure.CPU;
import static ai.holysheep.camel.benchmarks.report.Figure.DELIVERED;
import static ai.holysheep.camel.benchmarks.report.Figure.DONE;
import static ai.holysheep.camel.benchmarks.report.Figure.FIRST_P50;
import static ai.holysheep.camel.benchmarks.report.Figure.MEGABYTES;
import static ai.holysheep.camel.benchmarks.report.Figure.P50;
import static ai.holysheep.camel.benchmarks.report.Figure.P99;
import static ai.holysheep.camel.benchmarks.report.Figure.THREADS;
import static ai.holysheep.camel.benchmarks.report.Figure.TOKENS_PER_SECOND;

import ai.holysheep.camel.benchmarks.report.Target.Measured;
import java.util.List;
import java.util.stream.Stream;

/** What the component is to reach on two cores that it shares with the server. */
final class Targets {

  private static final String PEER = "openai-java";
  private static final String RAW = "raw-async";

  /** All of them. */
  static final List<Target> ALL =
      Stream.of(fullSpeed(), paced(), large(), linear(), firstTokens())
          .flatMap(List::stream)
          .toList();

  private Targets() {}

  private static List<Target> fullSpeed() {
    return List.of(
        least("burst-1", "pull", TOKENS_PER_SECOND, 5, PEER),
        least("burst-1", "push", TOKENS_PER_SECOND, 5, PEER),
        most("burst-1", "pull", CPU, 0.2, PEER),
        most("burst-1", "push", CPU, 0.2, PEER),
        most("burst-16", "pull", CPU, 0.2, PEER),
        most("burst-16", "push", CPU, 0.2, PEER),
        most("burst-1", "pull", CPU, 1.25, "minimal-pull"),
        most("burst-1", "push", CPU, 1.25, "minimal-push"),
        most("burst-16", "pull", CPU, 1.25, "minimal-pull"),
        most("burst-16", "push", CPU, 1.25, "minimal-push"),
        most("burst-1", "pull", ALLOCATED, 3072),
        most("burst-1", "push", ALLOCATED, 3072),
        most("burst-1", "pull", ALLOCATED, 2253),
        most("burst-1", "push", ALLOCATED, 2253));
  }

  private static List<Target> paced() {
    return List.of(
        most("paced-100", "pull", P50, 0.2),
        most("paced-100", "push", P50, 0.2),
        most("paced-100", "push-without-pool", P50, 0.2),
        most("paced-100", "consumer", P50, 0.2),
        most("paced-1000", "pull", P50, 2, RAW),
        most("paced-1000", "push", P50, 2, RAW),
        most("paced-1000", "pull", P99, 3, RAW),
        most("paced-1000", "push", P99, 3, RAW),
        most("paced-1000", "pull", CPU, 0.5, PEER),
        most("paced-1000", "push", CPU, 1.0 / 3, PEER),
        most("paced-1000", "push", CPU, 1.5, RAW),
        most("paced-1000", "push-without-pool", CPU, 1.3, RAW));
  }

  private static List<Target> large() {
    return List.of(
        least("paced-3000", "pull", DELIVERED, 99),
        least("paced-3000", "push", DELIVERED, 99),
        least("paced-3000", "pull", DONE, 3000),
        least("paced-3000", "push", DONE, 3000),
        most("paced-3000", "push", THREADS, 40),
        most("paced-3000", "push", MEGABYTES, 700),
        least("paced-10000", "push", DONE, 10_000),
        most("paced-10000", "push", P50, 2),
        most("paced-10000", "push", THREADS, 64),
        most("paced-10000", "push", MEGABYTES, 1024));
  }

  private static List<Target> linear() {
    return List.of(
        grows("pull", "paced-3000", "paced-1000", 1.3),
        grows("push", "paced-3000", "paced-1000", 1.3),
        grows("pull", "answers-100k", "answers-1k", 1),
        grows("push", "answers-100k", "answers-1k", 1));
  }

  private static List<Target> firstTokens() {
    return List.of(
        most("first-token", "pull", FIRST_P50, 1.5, "raw-classic"),
        most("first-token", "push", FIRST_P50, 1.5, RAW),
        most("plain-call", "call", FIRST_P50, 1, "camel-http-call"),
        most("plain-call", "call", CPU, 1, "camel-http-call"));
  }

  private static Target most(String scenario, String way, Figure figure, double bound) {
    return new Target(new Measured(scenario, way, figure), null, bound, false);
  }

  private static Target least(String scenario, String way, Figure figure, double bound) {
    return new Target(new Measured(scenario, way, figure), null, bound, true);
  }

  private static Target most(
      String scenario, String way, Figure figure, double bound, String other) {
    Measured to = new Measured(scenario, other, figure);
    return new Target(new Measured(scenario, way, figure), to, bound, false);
  }

  private static Target least(
      String scenario, String way, Figure figure, double bound, String other) {
    Measured to = new Measured(scenario, other, figure);
    return new Target(new Measured(scenario, way, figure), to, bound, true);
  }

  private static Target grows(String way, String more, String less, double bound) {
    return new Target(new Measured(more, way, CPU), new Measured(less, way, CPU), bound, false);
  }
}
