package ai.holysheep.camel.benchmarks.micro;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Whole routes against a load server in the same process. The server's own work is in all figures,
 * so they are good for a comparison of the kinds, and of one version with another, not for more.
 */
@State(Scope.Benchmark)
public class RouteBenchmark {

  /** So many tokens has an answer. */
  static final int TOKENS = 2000;

  /** How parts come to their route. */
  @Param({"PULL", "PUSH", "PUSH_WITHOUT_POOL"})
  public String kind = "PULL";

  private @Nullable ChatRoute route;

  /** Starts the server and the route. */
  @Setup
  public void open() throws Exception {
    route = new ChatRoute(ChatRoute.Kind.valueOf(kind), TOKENS);
  }

  /** A part of an answer. */
  @Benchmark
  @OperationsPerInvocation(TOKENS)
  public void part() throws Exception {
    Objects.requireNonNull(route, "open").readAnswer();
  }

  /** Stops both. */
  @TearDown
  public void close() {
    Objects.requireNonNull(route, "open").close();
  }
}
