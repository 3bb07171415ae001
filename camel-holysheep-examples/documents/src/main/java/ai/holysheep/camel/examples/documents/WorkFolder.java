package ai.holysheep.camel.examples.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that one run works in, locked until it is closed. A document is in exactly one of
 * {@code inbox}, {@code done}, {@code failed} and, while a run goes on that has to stop, {@code
 * again}.
 */
final class WorkFolder implements AutoCloseable {

  private static final List<String> SAMPLES =
      List.of(
          "binary.txt",
          "empty.txt",
          "letter.txt",
          "minutes.txt",
          "refused.txt",
          "the-shepherd.txt",
          "wool.txt");

  private final Path folder;
  private final FileChannel lock;

  private WorkFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Opens a folder and makes it ready: what an earlier run left half written is deleted, and
   * documents that it could not finish are in the inbox again. A folder that is new gets samples.
   *
   * @throws IllegalStateException if another run works in it
   */
  static WorkFolder open(Path folder) throws IOException {
    Files.createDirectories(folder);
    WorkFolder opened = new WorkFolder(folder, lock(folder));
    if (!Files.exists(opened.path("inbox"))) {
      opened.copySamples();
    }
    for (Path leftOver : filesIn(opened.path(".partial"))) {
      Files.delete(leftOver);
    }
    opened.putBack();
    return opened;
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new IllegalStateException(
          "Another run works in " + folder + ". Wait for its end, or take another -Dfolder=...");
    }
    return channel;
  }

  private void copySamples() throws IOException {
    // Under another name first: an inbox is there with all samples, or not at all.
    Path samples = path(".samples");
    Files.createDirectories(samples);
    for (String name : SAMPLES) {
      try (InputStream in = WorkFolder.class.getResourceAsStream("/samples/" + name)) {
        if (in != null) {
          Files.write(samples.resolve(name), in.readAllBytes());
        }
      }
    }
    Files.move(samples, path("inbox"));
  }

  /** Moves the documents of {@code again} into the inbox, unless there is a newer one by then. */
  void putBack() throws IOException {
    for (Path document : filesIn(path("again"))) {
      Path target = path("inbox").resolve(path("again").relativize(document));
      if (!Files.exists(target)) {
        Files.createDirectories(target.getParent());
        Files.move(document, target);
      }
    }
  }

  /** How many documents are waiting; hidden files are none. */
  int waiting() throws IOException {
    return (int)
        filesIn(path("inbox")).stream()
            .map(file -> path("inbox").relativize(file).toString())
            .filter(name -> !name.startsWith(".") && !name.contains("/."))
            .count();
  }

  /** A file or folder in this folder. */
  Path path(String name) {
    return folder.resolve(name);
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    }
  }

  /** Lets other runs in. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
