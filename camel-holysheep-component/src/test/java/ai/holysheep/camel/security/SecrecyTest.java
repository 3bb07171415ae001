package ai.holysheep.camel.security;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.ScriptedProxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that a process logs or shows tells a secret. */
class SecrecyTest {

  @TempDir Path folder;

  @Test
  void secretsAreInNoLogAndNowhereElseEvenAtTheFinestLevel() throws Exception {
    List<String> all = everything("trace", "key-as-property");
    assertThat(all)
        .as("what proves that all was logged")
        .anyMatch(line -> line.contains(" TRACE org.apache.camel."))
        .anyMatch(line -> line.contains(" DEBUG org.apache.hc.client5."))
        .anyMatch(line -> line.contains("Tracer"))
        .anyMatch(
            line -> line.contains(" TRACE ai.holysheep.camel.wire - ") && line.contains(">> POST"))
        .anyMatch(line -> line.contains("Authorization: xxxxxx"))
        .anyMatch(line -> line.startsWith("JMX org.apache.camel:"))
        .anyMatch(line -> line.startsWith("dumpRouteAsXml: "))
        .anyMatch(line -> line.startsWith("EVENT "))
        .anyMatch(line -> line.contains("AuthenticationFailedException"));
    assertNoneTells(all.stream().filter(line -> !isOfCamelsProperties(line)).toList());
  }

  @Test
  void keyInAnAddressIsMaskedInLogsAndJmx() throws Exception {
    List<String> all = everything("info", "key-in-address");
    assertThat(all).anyMatch(line -> line.contains("apiKey=xxxxxx"));
    assertNoneTells(all);
  }

  @Test
  void plainHttpToAnotherMachineIsWarnedOfOnce() throws Exception {
    List<String> all = everything("info", "key-as-property");
    assertThat(all.stream().filter(line -> line.contains("go unencrypted")))
        .singleElement()
        .asString()
        .contains("WARN")
        .contains("nowhere.invalid");
  }

  /** Camel logs each property that it reads, and each value that it sets by one; see the how-to. */
  private static boolean isOfCamelsProperties(String line) {
    return line.contains(" org.apache.camel.component.properties.")
        || line.contains(" org.apache.camel.impl.engine.DefaultBeanIntrospection ");
  }

  private static void assertNoneTells(List<String> lines) {
    String credentials = ScriptedProxy.basic("joe", Everything.PASSWORD).substring(6);
    List<String> secrets =
        List.of(Everything.KEY, Everything.HEADER, Everything.PASSWORD, credentials);
    assertThat(lines.stream().filter(line -> secrets.stream().anyMatch(line::contains)))
        .as("lines that tell a secret")
        .isEmpty();
  }

  /** All lines that a process prints and logs. */
  private List<String> everything(String level, String where) throws Exception {
    Path output = folder.resolve("output.txt");
    String logger = "-Dorg.slf4j.simpleLogger.";
    String handler = "log.org.apache.camel.processor.errorhandler.DefaultErrorHandler=";
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                logger + "defaultLogLevel=" + level,
                logger + handler + level,
                "-cp",
                System.getProperty("java.class.path"),
                Everything.class.getName(),
                where,
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the process ended").isTrue();
    try (Stream<String> lines = Files.lines(output, StandardCharsets.ISO_8859_1)) {
      List<String> all = lines.toList();
      assertThat(all.subList(Math.max(0, all.size() - 30), all.size()))
          .as("the last lines")
          .last()
          .isEqualTo(Everything.END);
      return all;
    }
  }
}
