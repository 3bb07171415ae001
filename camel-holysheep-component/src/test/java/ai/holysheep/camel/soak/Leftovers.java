package ai.holysheep.camel.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** Threads and sockets of this process. */
record Leftovers(Set<Thread> threads, int sockets) {

  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  static Leftovers now() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    // Camel itself leaves this one behind when a context is started again.
    threads.removeIf(thread -> thread.getName().endsWith("ShutdownTask"));
    return new Leftovers(threads, openSockets());
  }

  /** The threads that were not there before. */
  Set<Thread> threadsSince(Leftovers before) {
    Set<Thread> more = new HashSet<>(threads);
    more.removeAll(before.threads);
    return more;
  }

  /** Of both ends of the connections; 0 where the system does not tell. */
  private static int openSockets() {
    if (!Files.isDirectory(OPEN_FILES)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(OPEN_FILES)) {
      return (int) files.filter(Leftovers::isSocket).count();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // Closed meanwhile.
    }
  }
}
