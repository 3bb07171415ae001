package ai.holysheep.camel.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of comma-separated values with a line for each run, which grows. Numbers are written with
 * a point; the failure, which may be any text, is a JSON string within its field.
 */
public final class RunsFile {

  private static final String HEADER =
      "scenario,way,round,streams,seconds,tokens,due,cpu_micros_per_token,allocated_bytes_per_token,"
          + "latency_p50_micros,latency_p99_micros,latency_p999_micros,first_p50_micros,"
          + "first_p99_micros,first_p999_micros,answers_done,answers_failed,peak_threads,"
          + "peak_megabytes,heap_kilobytes_per_stream,failure";

  private static final int FIELDS = HEADER.split(",").length;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  public RunsFile(Path file) {
    this.file = file;
  }

  /** Adds a run behind all others. */
  public void append(Run run) throws IOException {
    String line = line(run) + "\n";
    String text = Files.exists(file) ? line : HEADER + "\n" + line;
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * All runs, in the order in which they were added.
   *
   * @throws IOException also where a line is none of this file's
   */
  public List<Run> read() throws IOException {
    List<Run> runs = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      if (!line.equals(HEADER)) {
        runs.add(run(line));
      }
    }
    return runs;
  }

  private static String line(Run run) throws IOException {
    String failure = run.failure() == null ? "" : JSON.writeValueAsString(run.failure());
    return Stream.of(
                run.scenario(),
                run.way(),
                run.round(),
                run.streams(),
                run.seconds(),
                run.tokens(),
                run.due(),
                run.cpuMicrosPerToken(),
                run.allocatedBytesPerToken(),
                run.latency().p50(),
                run.latency().p99(),
                run.latency().p999(),
                run.firstToken().p50(),
                run.firstToken().p99(),
                run.firstToken().p999(),
                run.answersDone(),
                run.answersFailed(),
                run.peakThreads(),
                run.peakMegabytes(),
                run.heapKilobytesPerStream())
            .map(RunsFile::field)
            .collect(Collectors.joining(","))
        + ",\""
        + failure.replace("\"", "\"\"")
        + "\"";
  }

  private static String field(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.3f", number)
        : value.toString();
  }

  private static Run run(String line) throws IOException {
    String[] fields = line.split(",", FIELDS);
    if (fields.length != FIELDS) {
      throw new IOException("Not the line of a run: " + line);
    }
    String quoted = fields[20];
    String failure = quoted.substring(1, quoted.length() - 1).replace("\"\"", "\"");
    return new Run(
        fields[0],
        fields[1],
        Integer.parseInt(fields[2]),
        Integer.parseInt(fields[3]),
        Double.parseDouble(fields[4]),
        Long.parseLong(fields[5]),
        Long.parseLong(fields[6]),
        Double.parseDouble(fields[7]),
        Double.parseDouble(fields[8]),
        micros(fields, 9),
        micros(fields, 12),
        Integer.parseInt(fields[15]),
        Integer.parseInt(fields[16]),
        Integer.parseInt(fields[17]),
        Long.parseLong(fields[18]),
        Double.parseDouble(fields[19]),
        failure.isEmpty() ? null : JSON.readValue(failure, String.class));
  }

  private static Run.Micros micros(String[] fields, int at) {
    return new Run.Micros(
        Double.parseDouble(fields[at]),
        Double.parseDouble(fields[at + 1]),
        Double.parseDouble(fields[at + 2]));
  }
}
