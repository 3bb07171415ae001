package ai.holysheep.camel.examples.servers;

import ai.holysheep.camel.simulator.Simulator;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.impl.DefaultCamelContext;

/** Starts each of Camel's HTTP servers on a port of its own, and says how to ask them. */
public final class HttpServers {

  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private HttpServers() {}

  /**
   * Starts everything, and runs until the process is stopped.
   *
   * @param args not used
   */
  public static void main(String[] args) {
    // Netty would make Java 24 and later warn on the terminal.
    System.setProperty("io.netty.noUnsafe", "true");
    // Undertow would write its own log to the terminal.
    System.setProperty("org.jboss.logging.provider", "slf4j");
    try {
      run();
    } catch (Exception e) {
      OUT.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run() throws Exception {
    Map<String, Integer> ports = new TreeMap<>();
    for (String server : List.of("jetty", "undertow", "platform-http")) {
      ports.put(server, Contexts.freePort());
    }
    try (Simulator simulator = Simulator.start();
        ServletContainer servlets = new ServletContainer(0);
        DefaultCamelContext context = context(simulator, ports)) {
      context.start();
      OUT.println("A simulator answers, with made-up text. In another terminal:\n");
      ports.put("servlet", servlets.port());
      ports.forEach(HttpServers::tell);
      OUT.println("\nCtrl-C ends it.");
      new CountDownLatch(1).await();
    }
  }

  private static DefaultCamelContext context(Simulator simulator, Map<String, Integer> ports)
      throws Exception {
    DefaultCamelContext context = Contexts.asking(simulator.baseUrl());
    ports.forEach(
        (server, port) ->
            context
                .getPropertiesComponent()
                .addInitialProperty(server + ".port", String.valueOf(port)));
    Contexts.addPlatformHttp(context, Objects.requireNonNull(ports.get("platform-http")));
    context.addRoutesConfigurations(new FailureReplies());
    context.addRoutes(new AskingRoute());
    context.addRoutes(new JettyRoute());
    context.addRoutes(new ServletRoute());
    context.addRoutes(new UndertowRoute());
    context.addRoutes(new PlatformHttpRoute());
    return context;
  }

  private static void tell(String server, int port) {
    OUT.printf("curl -N 'http://127.0.0.1:%d/chat?prompt=Hello'   # %s%n", port, server);
  }
}
