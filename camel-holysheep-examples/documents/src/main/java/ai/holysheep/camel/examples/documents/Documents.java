package ai.holysheep.camel.examples.documents;

import ai.holysheep.camel.simulator.Simulator;
import ai.holysheep.camel.simulator.SimulatorOptions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Has a model answer all documents of a folder. */
public final class Documents {

  private Documents() {}

  /**
   * Takes its settings from system properties; see {@code README.md}.
   *
   * @param args not used
   */
  public static void main(String[] args) {
    // Netty, on which the simulator runs, would make Java 24 and later warn on the terminal.
    System.setProperty("io.netty.noUnsafe", "true");
    try (Display display = Display.ofStandardOutput()) {
      // Nothing has to be saved on Ctrl-C: a stop at any moment loses nothing.
      Runtime.getRuntime().addShutdownHook(new Thread(display::close));
      Settings settings = Settings.read();
      if (!(settings.needsSimulator() ? askSimulator(settings, display) : ask(settings, display))) {
        System.exit(1);
      }
    } catch (Exception e) {
      complain(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
      System.exit(1);
    }
  }

  private static boolean askSimulator(Settings settings, Display display) throws Exception {
    SimulatorOptions options = SimulatorOptions.defaults().withPaceFactor(settings.pace());
    try (Simulator simulator = Simulator.start(options)) {
      display.line(
          "HOLYSHEEP_API_KEY is not set: a simulator on this machine answers, with made-up text.\n");
      return ask(settings.to(simulator.baseUrl(), "any-key"), display);
    }
  }

  private static boolean ask(Settings settings, Display display) throws Exception {
    try (WorkFolder folder = WorkFolder.open(settings.folder())) {
      Progress progress = new Progress(System::nanoTime, display);
      display.keep(progress::now);
      @Nullable Verdict stoppedBy = new DocumentRun(settings, folder, progress).run();
      display.close();
      display.line("\n" + progress.summary() + "\nDocuments go into " + folder.path("inbox"));
      if (stoppedBy == null) {
        return true;
      }
      complain(
          stoppedBy.reason()
              + " "
              + stoppedBy.advice()
              + " Waiting in inbox: "
              + folder.waiting()
              + ".");
      return false;
    }
  }

  private static void complain(String line) {
    new PrintStream(System.err, true, StandardCharsets.UTF_8).println(line.replaceAll("\\s+", " "));
  }
}
