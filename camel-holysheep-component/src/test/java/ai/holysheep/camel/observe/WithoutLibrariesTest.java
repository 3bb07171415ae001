package ai.holysheep.camel.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.ScriptedServer;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** An application that has neither Micrometer nor OpenTelemetry. */
class WithoutLibrariesTest {

  @Test
  void callsAreMadeAllTheSame() throws Exception {
    try (ScriptedServer server = new ScriptedServer(peer -> peer.head().token("Hello").finish())) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  classpath(),
                  Application.class.getName(),
                  server.baseUrl())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(said).isEqualTo("Hello\n");
    }
  }

  private static String classpath() {
    String[] all = System.getProperty("java.class.path").split(File.pathSeparator);
    String without =
        Arrays.stream(all)
            .filter(entry -> !entry.contains("micrometer") && !entry.contains("opentelemetry"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(without.split(File.pathSeparator)).hasSizeLessThan(all.length);
    return without;
  }

  /** Asks once and prints the answer. */
  static final class Application {

    private Application() {}

    public static void main(String[] arguments) throws Exception {
      try (DefaultCamelContext context = new DefaultCamelContext()) {
        context.start();
        String endpoint = "holysheep:chat?model=m&stream=true&apiKey=k&baseUrl=" + arguments[0];
        System.out.println(
            context.createProducerTemplate().requestBody(endpoint, "Hi", String.class));
      }
    }
  }
}
