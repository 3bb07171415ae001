package ai.holysheep.camel.limits;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.ProtocolViolatedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.Builder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A process of its own with little memory, which runs a route for each order that it is told and
 * says how it ended. It dies as soon as its memory is full.
 */
final class SmallHeap implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 180;

  /** What a route does with the stream. */
  enum Use {
    /** Takes all parts. */
    SPLIT,
    /** Takes parts until a step fails, at the 1000th. */
    SPLIT_AND_FAIL,
    /** Wants the whole text, and then takes all parts. */
    CONVERT_AND_SPLIT
  }

  private final Process process;
  private final PrintWriter orders;
  private final BufferedReader verdicts;

  SmallHeap(int megabytes) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    verdicts = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Runs a route with this endpoint and waits for its end. */
  String verdict(Use use, String endpoint) throws Exception {
    orders.println(use + " " + endpoint);
    return CompletableFuture.supplyAsync(this::readVerdict, task -> new Thread(task).start())
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private String readVerdict() {
    try {
      String said = "nothing";
      String line = verdicts.readLine();
      while (line != null && !line.startsWith("VERDICT ")) {
        said = line;
        line = verdicts.readLine();
      }
      return line == null ? death(said) : line.substring("VERDICT ".length());
    } catch (IOException e) {
      return "the process died: " + e;
    }
  }

  private String death(String said) {
    String status = process.onExit().thenApply(ended -> "status " + ended.exitValue()).join();
    return "the process died with " + status + " and said " + said;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] args) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    CamelContext context = new DefaultCamelContext();
    context.start();
    ProducerTemplate template = context.createProducerTemplate();
    for (String order = in.readLine(); order != null; order = in.readLine()) {
      String[] words = order.split(" ", 2);
      System.out.println("VERDICT " + run(context, template, Use.valueOf(words[0]), words[1]));
    }
    context.stop();
  }

  private static String run(
      CamelContext context, ProducerTemplate template, Use use, String endpoint) throws Exception {
    AtomicLong parts = new AtomicLong();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:order")
                .routeId("order")
                .to(endpoint)
                .process(exchange -> prepare(exchange, use))
                .split(Builder.body())
                .streaming()
                .stopOnException()
                .process(exchange -> count(parts, use));
          }
        });
    Exchange result =
        template.request("direct:order", exchange -> exchange.getMessage().setBody("Hi"));
    // Routes are not small, so that many would leave little of the memory.
    context.getRouteController().stopRoute("order");
    context.removeRoute("order");
    Throwable failure = result.getException();
    while (failure != null && failure.getCause() != null && !isOwn(failure)) {
      failure = failure.getCause();
    }
    return failure == null
        ? "ended after " + parts + " parts"
        : failure.getClass().getSimpleName()
            + " after "
            + parts
            + " parts: "
            + failure.getMessage();
  }

  private static void prepare(Exchange exchange, Use use) {
    if (use == Use.CONVERT_AND_SPLIT) {
      try {
        exchange.getMessage().getBody(ChatStream.class).text();
        throw new IllegalStateException("the whole text was given");
      } catch (ProtocolViolatedException e) {
        // Expected; the parts remain.
      }
    }
  }

  private static void count(AtomicLong parts, Use use) {
    if (parts.incrementAndGet() == 1000 && use == Use.SPLIT_AND_FAIL) {
      throw new IllegalStateException("no more");
    }
  }

  private static boolean isOwn(Throwable failure) {
    return failure
        .getClass()
        .getPackageName()
        .startsWith(HolySheepConstants.class.getPackageName());
  }
}
