package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.ScriptedProxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transport logs neither a secret nor what people wrote, at any level. */
class QuietTransportsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"blocking", "signalling"})
  void nothingSecretIsLoggedEvenAtTheFinestLevel(String transport) throws Exception {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                "-cp",
                System.getProperty("java.class.path"),
                CallsAloud.class.getName(),
                folder.toString(),
                transport)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the process ended").isTrue();
    List<String> all = Files.readAllLines(output, StandardCharsets.ISO_8859_1);
    assertThat(all).as("what proves that all was logged").contains(CallsAloud.END, "an event");
    assertThat(all).anyMatch(line -> line.contains(" DEBUG org.apache.hc.client5."));
    String credentials = ScriptedProxy.basic("joe", CallsAloud.PASSWORD).substring(6);
    List<String> secrets =
        List.of(CallsAloud.KEY, CallsAloud.PROMPT, CallsAloud.PASSWORD, credentials);
    assertThat(all.stream().filter(line -> secrets.stream().anyMatch(line::contains)))
        .as("lines that tell a secret")
        .isEmpty();
  }
}
