package ai.holysheep.camel.examples.gateway;

import ai.holysheep.camel.examples.gateway.GatewaySettings.Access;
import ai.holysheep.camel.examples.gateway.GatewaySettings.Limits;
import ai.holysheep.camel.examples.gateway.GatewaySettings.ModelServer;
import ai.holysheep.camel.simulator.Simulator;
import ai.holysheep.camel.simulator.SimulatorOptions;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts a gateway, and runs until the process is stopped. */
@Command(
    name = "chat-gateway",
    mixinStandardHelpOptions = true,
    description = "A web page to chat with models, and a server that OpenAI's clients can use.")
public final class ChatGateway implements Callable<Integer> {

  private final @Nullable String apiKey;

  @Option(names = "--host", defaultValue = "127.0.0.1", description = "Where to listen.")
  private String host = "127.0.0.1";

  @Option(names = "--port", defaultValue = "8080", description = "Default: 8080; 0 takes any.")
  private int port;

  @Option(
      names = "--models",
      split = ",",
      defaultValue = "deepseek-v3.2,gpt-4.1,claude-sonnet-4.5,gemini-2.5-flash",
      description = "What clients may ask; the first one where they do not say.")
  private List<String> models = List.of();

  @Option(
      names = "--base-url",
      defaultValue = "${sys:baseUrl}",
      description = "A server with OpenAI's chat completions; default: HolySheep's.")
  private @Nullable String baseUrl;

  @Option(
      names = "--prices",
      description = "A table of prices, as file:prices.properties; default: the published ones.")
  private @Nullable String prices;

  @Option(
      names = "--origin",
      description = "The origin of pages elsewhere that may use the gateway; default: none.")
  private @Nullable String origin;

  @Option(
      names = "--key",
      defaultValue = "${env:GATEWAY_KEY}",
      description =
          "What clients of /v1 have to send as their key; default: $GATEWAY_KEY, or none.")
  private @Nullable String key;

  @Option(
      names = "--address-header",
      description = "The header in which a proxy tells the client's address, for the limits.")
  private @Nullable String addressHeader;

  @Option(
      names = "--pass",
      split = ",",
      description = "HTTP headers of clients that the model's server gets; default: none.")
  private List<String> passedHeaders = List.of();

  @Option(
      names = "--streams-per-client",
      defaultValue = "4",
      description = "Answers under way at once for one client; default: 4.")
  private int streamsOfClient;

  @Option(
      names = "--streams",
      defaultValue = "500",
      description = "Answers under way at once; default: 500.")
  private int streams;

  @Option(
      names = "--patience",
      defaultValue = "20",
      description = "Seconds that an answer waits for a page whose connection broke; default: 20.")
  private int patience;

  @Option(
      names = "--pace",
      defaultValue = "1",
      description = "Multiplies the delays of the simulator; 1 is as published. Default: 1.")
  private double pace;

  @Spec private @Nullable CommandSpec command;

  /** Takes the key, or null where there is none. */
  ChatGateway(@Nullable String apiKey) {
    this.apiKey = apiKey;
  }

  /**
   * Starts.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    // Netty would make Java 24 and later warn on the terminal.
    System.setProperty("io.netty.noUnsafe", "true");
    int exitCode = new ChatGateway(System.getenv("HOLYSHEEP_API_KEY")).commandLine().execute(args);
    // Within Maven, an exit in good order would cut off what else the build has to do.
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** The command, which complains in one line. */
  CommandLine commandLine() {
    return new CommandLine(this)
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              line.getErr().println(reason(failure));
              return 1;
            });
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).replaceAll("\\s+", " ");
  }

  @Override
  public Integer call() throws Exception {
    check();
    if (baseUrl != null || (apiKey != null && !apiKey.isEmpty())) {
      return serve(new ModelServer(baseUrl, apiKey, models, prices, false));
    }
    try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withPaceFactor(pace))) {
      say("HOLYSHEEP_API_KEY is not set: a simulator on this machine answers, with made-up text.");
      return serve(ModelServer.simulator(simulator.baseUrl(), models));
    }
  }

  private int serve(ModelServer model) throws Exception {
    Access access = new Access(origin, key, addressHeader, passedHeaders);
    Limits usual = Limits.usual();
    Limits limits =
        new Limits(
            usual.bodyBytes(),
            usual.conversationCharacters(),
            streamsOfClient,
            streams,
            Duration.ofSeconds(patience),
            usual.silence());
    try (Gateway gateway = Gateway.start(new GatewaySettings(host, port, model, access, limits))) {
      say("A page to chat:       " + gateway.url() + "/");
      say("For OpenAI's clients: " + gateway.url() + "/v1");
      say("For useChat:          " + gateway.url() + "/api/chat");
      say("Ctrl-C ends it.");
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private void check() {
    require(!models.isEmpty(), "--models is empty: name one, for example deepseek-v3.2");
    require(port >= 0 && port <= 65_535, "--port must be 0 to 65535, not " + port);
    require(streams >= 1 && streams <= 10_000, "--streams must be 1 to 10000, not " + streams);
    require(streamsOfClient >= 1, "--streams-per-client must be 1 or more, not " + streamsOfClient);
    require(patience >= 0 && patience <= 3600, "--patience must be 0 to 3600, not " + patience);
    require(pace >= 0 && pace <= 1000, "--pace must be 0 to 1000, not " + pace);
    require(
        origin == null || origin.matches("https?://[^/*]+"),
        "--origin must be one like https://www.example.com, not " + origin);
  }

  private void require(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(line(), message);
    }
  }

  private CommandLine line() {
    return command == null ? commandLine() : command.commandLine();
  }

  private void say(String text) {
    PrintWriter out = line().getOut();
    out.println(text);
    out.flush();
  }
}
