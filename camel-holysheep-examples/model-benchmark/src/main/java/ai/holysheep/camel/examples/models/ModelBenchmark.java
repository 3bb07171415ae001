package ai.holysheep.camel.examples.models;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.simulator.Simulator;
import ai.holysheep.camel.simulator.SimulatorOptions;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures models, and shows the figures next to those that are published. */
@Command(
    name = "model-benchmark",
    mixinStandardHelpOptions = true,
    description = "Measures how soon and how fast models answer, and tells what that costs.")
public final class ModelBenchmark implements Callable<Integer> {

  private static final String PROMPT =
      "Write a story of at least two thousand words about a sheep that travels. Begin at once,"
          + " without a title.";

  private static final String SHORT_PROMPT = "Answer with one word: yes.";

  private final @Nullable String apiKey;

  @Option(
      names = "--models",
      split = ",",
      description = "The models to ask; default: those of the published table.")
  private List<String> models = List.of();

  @Option(
      names = "--transports",
      split = ",",
      defaultValue = "sse,websocket",
      description = "How answers come: sse, websocket; default: both.")
  private List<Transport> transports = List.of();

  @Option(names = "--runs", defaultValue = "3", description = "How often; default: 3.")
  private int runs;

  @Option(
      names = "--tokens",
      defaultValue = "500",
      description = "How many tokens an answer should have; default: 500.")
  private int tokens;

  @Option(
      names = "--prompt",
      defaultValue = PROMPT,
      description = "What is asked: something with an answer that is long enough.")
  private String prompt = PROMPT;

  @Option(
      names = "--base-url",
      defaultValue = "${sys:baseUrl}",
      description = "A server with OpenAI's chat completions; default: HolySheep's.")
  private @Nullable String baseUrl;

  @Option(
      names = "--pace",
      defaultValue = "0.1",
      description = "Multiplies the delays of the simulator; 1 is as published. Default: 0.1.")
  private double pace;

  @Option(names = "--published", description = "Another file like published.properties.")
  private @Nullable Path publishedFile;

  @Option(
      names = "--out",
      defaultValue = "target/model-benchmark",
      description = "The folder for runs.csv, summary.csv and times.svg.")
  private Path folder = Path.of("target", "model-benchmark");

  @Spec private @Nullable CommandSpec command;

  /** Takes the key, or null where there is none. */
  ModelBenchmark(@Nullable String apiKey) {
    this.apiKey = apiKey;
  }

  /**
   * Measures.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    // Netty, on which the simulator runs, would make Java 24 and later warn on the terminal.
    System.setProperty("io.netty.noUnsafe", "true");
    System.setProperty("java.awt.headless", "true");
    int exitCode =
        new ModelBenchmark(System.getenv("HOLYSHEEP_API_KEY")).commandLine().execute(args);
    // Within Maven, an exit in good order would cut off what else the build has to do.
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** The command, which complains in one line. */
  CommandLine commandLine() {
    return new CommandLine(this)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              line.getErr().println(String.valueOf(failure.getMessage()).replaceAll("\\s+", " "));
              return 1;
            });
  }

  /**
   * Measures.
   *
   * @return 0 where all runs came to their end, else 1
   */
  @Override
  public Integer call() throws Exception {
    Published published = Published.read(publishedFile);
    List<String> asked = models.isEmpty() ? published.models() : models;
    check(asked);
    Files.createDirectories(folder);
    if (baseUrl != null || (apiKey != null && !apiKey.isEmpty())) {
      say("Up to %s for output, and what the prompts cost.", cost(published, asked));
      return measure(published, asked, new Server(baseUrl, apiKey, 1, prompt, SHORT_PROMPT));
    }
    try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPaceFactor(pace))) {
      say("HOLYSHEEP_API_KEY is not set: these are figures of a simulator on this machine, not");
      say(
          "of any model. It waits %s times as long as the vendor publishes, no more, no less.%n",
          pace);
      String exact = "[[tokens={tokens}]]" + prompt;
      String exactlyOne = "[[tokens=1]]" + SHORT_PROMPT;
      return measure(
          published, asked, new Server(simulator.baseUrl(), "any-key", pace, exact, exactlyOne));
    }
  }

  private record Server(
      @Nullable String baseUrl,
      @Nullable String apiKey,
      double pace,
      String prompt,
      String shortPrompt) {}

  private int measure(Published published, List<String> asked, Server server) throws Exception {
    List<ModelRuns> all;
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      HolySheepComponent holySheep = camel.getComponent("holysheep", HolySheepComponent.class);
      holySheep.getConfiguration().setApiKey(server.apiKey());
      if (server.baseUrl() != null) {
        holySheep.getConfiguration().setBaseUrl(server.baseUrl());
      }
      camel.addRoutes(new MeasuringRoute());
      camel.start();
      Benchmark.Question question =
          new Benchmark.Question(server.prompt(), server.shortPrompt(), tokens);
      all =
          new Benchmark(
                  camel.createProducerTemplate(),
                  System::nanoTime,
                  question,
                  line -> say("%s", line))
              .run(asked, transports, runs);
    }
    if (all.isEmpty()) {
      say("%nNothing was measured.");
      return 1;
    }
    Report report = new Report(published, tokens, server.pace());
    report.write(folder, all);
    say("%n%s", report.text(all));
    say("See %s", folder);
    return all.stream().anyMatch(ModelRuns::hasFailures) ? 1 : 0;
  }

  private String cost(Published published, List<String> asked) {
    BigDecimal sum = BigDecimal.ZERO;
    for (String model : asked) {
      BigDecimal cost = published.cost(model, (long) tokens * answers());
      if (cost == null) {
        return "an unknown price of " + model;
      }
      sum = sum.add(cost);
    }
    return Numbers.format("%.4f USD", sum);
  }

  /**
   * Of each model at most, with the short ones: one before each run over a socket, and one first.
   */
  private int answers() {
    int ofRun = transports.contains(Transport.WEBSOCKET) ? transports.size() + 1 : 1;
    return runs * ofRun + transports.size();
  }

  private void check(List<String> asked) {
    require(!asked.isEmpty(), "--models is empty: name one, for example deepseek-v3.2");
    require(!transports.isEmpty(), "--transports is empty: name sse, websocket, or both");
    require(runs >= 1 && runs <= 1000, "--runs must be 1 to 1000, not " + runs);
    require(tokens >= 2 && tokens <= 100_000, "--tokens must be 2 to 100000, not " + tokens);
    require(pace >= 0 && pace <= 1000, "--pace must be 0 to 1000, not " + pace);
  }

  private void require(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(commandLine(command), message);
    }
  }

  private CommandLine commandLine(@Nullable CommandSpec spec) {
    return spec == null ? commandLine() : spec.commandLine();
  }

  private void say(String format, Object... values) {
    PrintWriter out = commandLine(command).getOut();
    out.println(Numbers.format(format, values));
    out.flush();
  }
}
