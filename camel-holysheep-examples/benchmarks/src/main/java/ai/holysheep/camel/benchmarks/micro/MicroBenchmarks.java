package ai.holysheep.camel.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs all benchmarks of this package: time and allocated bytes for each token. */
public final class MicroBenchmarks {

  private static final int FORKS = 2;
  private static final int ITERATIONS = 3;
  private static final TimeValue ITERATION = TimeValue.seconds(1);

  private MicroBenchmarks() {}

  /**
   * Measures and prints.
   *
   * @param args those of JMH, which go before what is set here
   */
  public static void main(String[] args) throws CommandLineOptionException, RunnerException {
    CommandLineOptions given = new CommandLineOptions(args);
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(given)
            .addProfiler(GCProfiler.class)
            .mode(Mode.AverageTime)
            .timeUnit(given.getTimeUnit().orElse(TimeUnit.NANOSECONDS))
            .forks(given.getForkCount().orElse(FORKS))
            .warmupIterations(given.getWarmupIterations().orElse(ITERATIONS))
            .warmupTime(given.getWarmupTime().orElse(ITERATION))
            .measurementIterations(given.getMeasurementIterations().orElse(ITERATIONS))
            .measurementTime(given.getMeasurementTime().orElse(ITERATION));
    if (given.getIncludes().isEmpty()) {
      options.include(MicroBenchmarks.class.getPackageName());
    }
    new Runner(options.build()).run();
  }
}
