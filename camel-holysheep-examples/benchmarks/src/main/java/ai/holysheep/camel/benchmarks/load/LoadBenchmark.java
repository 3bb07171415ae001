package ai.holysheep.camel.benchmarks.load;

import ai.holysheep.camel.benchmarks.report.ReportWriter;
import ai.holysheep.camel.benchmarks.report.Run;
import ai.holysheep.camel.benchmarks.report.RunsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures ways to read answers, and writes what came out. */
@Command(
    name = "load-benchmark",
    mixinStandardHelpOptions = true,
    description = "Measures ways to read the answers of language models, round by round.")
public final class LoadBenchmark implements Callable<Integer> {

  private static final Duration QUICK_WARM_UP = Duration.ofSeconds(4);
  private static final Duration QUICK_WINDOW = Duration.ofSeconds(2);

  @Option(
      names = "--quick",
      description = "Less of all, in less than three minutes: to see that it works.")
  private boolean quick;

  @Option(names = "--scenarios", split = ",", description = "Only these; default: all.")
  private List<String> scenarios = List.of();

  @Option(names = "--ways", split = ",", description = "Only these; default: all.")
  private List<String> ways = List.of();

  @Option(names = "--rounds", defaultValue = "3", description = "How often; default: 3.")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "20",
      description = "Seconds before a measurement; default: 20.")
  private int warmUpSeconds;

  @Option(
      names = "--window",
      defaultValue = "10",
      description = "Seconds of a measurement; default: 10.")
  private int windowSeconds;

  @Option(
      names = "--out",
      defaultValue = "target/load-benchmark",
      description =
          "The folder for runs.csv, report.md and the charts; runs that are there already are kept"
              + " and reported too. Default: target/load-benchmark.")
  private Path folder = Path.of("target", "load-benchmark");

  /**
   * Measures.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new LoadBenchmark()).execute(args));
  }

  /**
   * Measures.
   *
   * @return 0 where all runs were as they should be, else 1
   */
  @Override
  public Integer call() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    RunsFile runs = new RunsFile(folder.resolve("runs.csv"));
    Processes processes =
        quick
            ? new Processes(QUICK_WARM_UP, QUICK_WINDOW)
            : new Processes(Duration.ofSeconds(warmUpSeconds), Duration.ofSeconds(windowSeconds));
    Plan plan = (quick ? Plan.quick() : Plan.whole()).only(scenarios, ways);
    boolean good = true;
    for (int round = 1; round <= (quick ? 1 : rounds); round++) {
      for (Plan.Step step : plan.round(round)) {
        Run run = processes.run(step.scenario(), step.way()).inRound(round);
        runs.append(run);
        print(run);
        good &= run.isGood();
      }
    }
    ReportWriter.write(folder);
    System.out.println("See " + folder.resolve("report.md"));
    return good ? 0 : 1;
  }

  private static void print(Run run) {
    System.out.printf(
        Locale.ROOT,
        "%d %-13s %-18s %9.0f tokens/s %8.2f us CPU %7.0f bytes per token, p50 %.2f p99 %.2f ms%s%n",
        run.round(),
        run.scenario(),
        run.way(),
        run.tokensPerSecond(),
        run.cpuMicrosPerToken(),
        run.allocatedBytesPerToken(),
        run.latency().p50() / 1000,
        run.latency().p99() / 1000,
        run.isGood() ? "" : " FAILED: " + run.failure());
  }
}
