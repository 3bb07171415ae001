package ai.holysheep.camel.examples.quickstart;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The quickstart as a process of its own.
 *
 * @param out what it printed
 * @param err what it complained
 * @param exitCode how it ended
 * @param readNanos when each piece of output arrived
 */
record Run(String out, String err, int exitCode, List<Long> readNanos) {

  private static final long PATIENCE_SECONDS = 60;

  /** Runs it to its end, in a folder, with a key or none, and with system properties. */
  static Run in(Path folder, @Nullable String apiKey, String... properties) throws Exception {
    Path complaints = folder.resolve("stderr.txt");
    Process process = start(folder, apiKey, complaints.toFile(), properties);
    List<Long> readNanos = new ArrayList<>();
    String out = read(process.getInputStream(), readNanos);
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("The quickstart does not end. It printed: " + out);
    }
    String err = Files.readString(complaints);
    return new Run(out, err, process.exitValue(), readNanos);
  }

  /** Starts it only. */
  static Process start(Path folder, @Nullable String apiKey, File stderr, String... properties)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=US-ASCII"));
    for (String property : properties) {
      command.add("-D" + property);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Quickstart.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder.toFile()).redirectError(stderr);
    builder.environment().remove("HOLYSHEEP_API_KEY");
    if (apiKey != null) {
      builder.environment().put("HOLYSHEEP_API_KEY", apiKey);
    }
    return builder.start();
  }

  private static String read(InputStream in, List<Long> readNanos) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[8192];
    for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
      all.write(piece, 0, count);
      readNanos.add(System.nanoTime());
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
