package ai.holysheep.camel.benchmarks.load;

import static ai.holysheep.camel.benchmarks.ways.Ways.AGENT;
import static ai.holysheep.camel.benchmarks.ways.Ways.CALL;
import static ai.holysheep.camel.benchmarks.ways.Ways.CAMEL_HTTP;
import static ai.holysheep.camel.benchmarks.ways.Ways.CAMEL_HTTP_CALL;
import static ai.holysheep.camel.benchmarks.ways.Ways.CONSUMER;
import static ai.holysheep.camel.benchmarks.ways.Ways.LANGCHAIN4J;
import static ai.holysheep.camel.benchmarks.ways.Ways.MINIMAL_PULL;
import static ai.holysheep.camel.benchmarks.ways.Ways.MINIMAL_PUSH;
import static ai.holysheep.camel.benchmarks.ways.Ways.OPENAI_JAVA;
import static ai.holysheep.camel.benchmarks.ways.Ways.PULL;
import static ai.holysheep.camel.benchmarks.ways.Ways.PULL_OBSERVED;
import static ai.holysheep.camel.benchmarks.ways.Ways.PUSH;
import static ai.holysheep.camel.benchmarks.ways.Ways.PUSH_WITHOUT_POOL;
import static ai.holysheep.camel.benchmarks.ways.Ways.RAW_ASYNC;
import static ai.holysheep.camel.benchmarks.ways.Ways.RAW_CLASSIC;
import static ai.holysheep.camel.benchmarks.ways.Ways.RAW_SOCKET;
import static ai.holysheep.camel.benchmarks.ways.Ways.SPRING_AI;

import ai.holysheep.camel.benchmarks.ways.Ways;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which ways are measured in which scenarios. Immutable. */
final class Plan {

  /** One run of each round. */
  record Step(Scenario scenario, Ways way) {}

  private static final List<Ways> STREAMING =
      List.of(
          RAW_SOCKET,
          RAW_CLASSIC,
          RAW_ASYNC,
          MINIMAL_PULL,
          MINIMAL_PUSH,
          PULL,
          PUSH,
          PUSH_WITHOUT_POOL,
          CONSUMER,
          AGENT,
          CAMEL_HTTP,
          OPENAI_JAVA,
          LANGCHAIN4J,
          SPRING_AI);

  private static final Plan WHOLE =
      new Plan()
          .with(Scenario.BURST_1, STREAMING)
          .with(Scenario.BURST_1, PULL_OBSERVED)
          .with(Scenario.BURST_16, STREAMING)
          .with(Scenario.ANSWERS_1K, PULL, PUSH)
          .with(Scenario.ANSWERS_100K, PULL, PUSH)
          .with(Scenario.FIRST_TOKEN, RAW_CLASSIC, RAW_ASYNC, PULL, PUSH, AGENT, CAMEL_HTTP)
          .with(Scenario.FIRST_TOKEN, OPENAI_JAVA, LANGCHAIN4J, SPRING_AI)
          .with(Scenario.PLAIN_CALL, CALL, CAMEL_HTTP_CALL)
          .with(Scenario.PACED_100, STREAMING)
          .with(Scenario.PACED_1000, RAW_SOCKET, RAW_ASYNC, MINIMAL_PULL, MINIMAL_PUSH)
          .with(Scenario.PACED_1000, PULL, PULL_OBSERVED, PUSH, PUSH_WITHOUT_POOL, AGENT)
          .with(Scenario.PACED_1000, CAMEL_HTTP, OPENAI_JAVA, LANGCHAIN4J, SPRING_AI)
          .with(Scenario.PACED_3000, RAW_SOCKET, RAW_ASYNC, MINIMAL_PUSH)
          .with(Scenario.PACED_3000, PULL, PUSH, PUSH_WITHOUT_POOL, OPENAI_JAVA)
          .with(Scenario.PACED_10000, RAW_SOCKET, RAW_ASYNC, MINIMAL_PUSH)
          .with(Scenario.PACED_10000, PUSH, PUSH_WITHOUT_POOL, AGENT)
          .with(Scenario.PACED_10000, CAMEL_HTTP, OPENAI_JAVA, LANGCHAIN4J, SPRING_AI)
          .with(Scenario.IDLE_10000, RAW_ASYNC, PUSH, AGENT);

  private static final Plan QUICK =
      new Plan()
          .with(Scenario.BURST_1, RAW_SOCKET, MINIMAL_PULL, PULL, PUSH, OPENAI_JAVA)
          .with(Scenario.FIRST_TOKEN, RAW_CLASSIC, PULL)
          .with(Scenario.PLAIN_CALL, CALL, CAMEL_HTTP_CALL)
          .with(Scenario.PACED_100, RAW_ASYNC, PULL, PUSH, OPENAI_JAVA)
          .with(Scenario.PACED_1000, RAW_ASYNC, PULL, PUSH);

  private final Map<Scenario, List<Ways>> ways = new EnumMap<>(Scenario.class);

  private Plan() {}

  private Plan(Plan other) {
    other.ways.forEach((scenario, some) -> ways.put(scenario, new ArrayList<>(some)));
  }

  private Plan with(Scenario scenario, Ways... more) {
    return with(scenario, Arrays.asList(more));
  }

  private Plan with(Scenario scenario, List<Ways> more) {
    Plan plan = new Plan(this);
    plan.ways.computeIfAbsent(scenario, absent -> new ArrayList<>()).addAll(more);
    return plan;
  }

  /** All that is to be known. */
  static Plan whole() {
    return WHOLE;
  }

  /** What can be known in three minutes. */
  static Plan quick() {
    return QUICK;
  }

  /**
   * As much of it as has these names.
   *
   * @param scenarios names of scenarios; all where there are none
   * @param wayNames names of ways; all where there are none
   * @throws IllegalArgumentException when a name is none
   */
  Plan only(Collection<String> scenarios, Collection<String> wayNames) {
    List<Scenario> wantedScenarios = scenarios.stream().map(Scenario::of).toList();
    List<Ways> wantedWays = wayNames.stream().map(Ways::of).toList();
    Plan plan = new Plan(this);
    if (!wantedScenarios.isEmpty()) {
      plan.ways.keySet().retainAll(wantedScenarios);
    }
    if (!wantedWays.isEmpty()) {
      plan.ways.values().forEach(some -> some.retainAll(wantedWays));
    }
    return plan;
  }

  /**
   * The runs of a round. Each round has the ways of a scenario in another order, so that none is
   * always behind the same one.
   *
   * @param round from 1
   */
  List<Step> round(int round) {
    List<Step> steps = new ArrayList<>();
    ways.forEach(
        (scenario, some) -> {
          List<Ways> order = new ArrayList<>(some);
          Collections.rotate(order, 1 - round);
          order.forEach(way -> steps.add(new Step(scenario, way)));
        });
    return steps;
  }
}
