package ai.holysheep.camel.examples.documents;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lines that stay, and on a terminal one below them that changes. In UTF-8 whatever the machine's
 * own encoding is.
 */
final class Display implements AutoCloseable {

  private static final long REDRAW_MILLIS = 200;
  private static final int WIDTH = 78;

  /** Of ECMA-48: to the beginning of the line, and nothing behind the cursor. */
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean isTerminal;
  private final ScheduledExecutorService redrawing =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "display");
            thread.setDaemon(true);
            return thread;
          });
  private Supplier<String> live = () -> "";
  private boolean isClosed;

  private Display(PrintStream out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  /** For the standard output; {@code -Dlive=true} or {@code false} decides what cannot be known. */
  static Display ofStandardOutput() {
    String live = System.getProperty("live");
    return of(
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        live == null ? isConsole(System.console()) : Boolean.parseBoolean(live));
  }

  static Display of(PrintStream out, boolean isTerminal) {
    return new Display(out, isTerminal);
  }

  // From Java 22 on there is a console that may be no terminal, and a method that tells.
  private static boolean isConsole(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Keeps a line up to date from now on, where there is a terminal. */
  void keep(Supplier<String> line) {
    if (isTerminal) {
      synchronized (this) {
        live = line;
      }
      redrawing.scheduleWithFixedDelay(this::redraw, 0, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Prints a line that stays. */
  synchronized void line(String line) {
    out.println((isTerminal ? ERASE_LINE : "") + line);
  }

  private void redraw() {
    // Asked for outside the lock: whoever answers may be printing a line just now.
    Supplier<String> source;
    synchronized (this) {
      source = live;
    }
    String line = source.get();
    synchronized (this) {
      if (!isClosed) {
        out.print(ERASE_LINE + line.substring(0, Math.min(line.length(), WIDTH)));
        out.flush();
      }
    }
  }

  /** Takes the changing line away. Does nothing the second time. */
  @Override
  public void close() {
    redrawing.shutdownNow();
    synchronized (this) {
      if (!isClosed && isTerminal) {
        out.print(ERASE_LINE);
        out.flush();
      }
      isClosed = true;
    }
  }
}
