package ai.holysheep.camel.limits;

import ai.holysheep.camel.HolySheepConstants;
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
 * A process of its own with little memory, which runs a route for each endpoint that it is told and
 * says how it ended. It dies as soon as its memory is full.
 */
final class SmallHeap implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 180;

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
  String verdict(String endpoint) throws Exception {
    orders.println(endpoint);
    return CompletableFuture.supplyAsync(this::readVerdict, task -> new Thread(task).start())
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private String readVerdict() {
    try {
      String line = verdicts.readLine();
      while (line != null && !line.startsWith("VERDICT ")) {
        line = verdicts.readLine();
      }
      return line == null ? "the process died" : line.substring("VERDICT ".length());
    } catch (IOException e) {
      return "the process died: " + e;
    }
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
    for (String endpoint = in.readLine(); endpoint != null; endpoint = in.readLine()) {
      System.out.println("VERDICT " + run(context, template, endpoint));
    }
    context.stop();
  }

  private static String run(CamelContext context, ProducerTemplate template, String endpoint)
      throws Exception {
    String from = "direct:" + context.getRoutesSize();
    AtomicLong parts = new AtomicLong();
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(from)
                .to(endpoint)
                .split(Builder.body())
                .streaming()
                .stopOnException()
                .process(exchange -> parts.incrementAndGet());
          }
        });
    Exchange result = template.request(from, exchange -> exchange.getMessage().setBody("Hi"));
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

  private static boolean isOwn(Throwable failure) {
    return failure
        .getClass()
        .getPackageName()
        .startsWith(HolySheepConstants.class.getPackageName());
  }
}
