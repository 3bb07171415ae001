package ai.holysheep.camel.examples.documents;

import static ai.holysheep.camel.HolySheepConstants.FINISH_REASON;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * Answers on their way to their final names. The route writes them into {@code .partial}; only a
 * whole one is moved to {@code answers}, in one step.
 */
final class AnswerFiles {

  private final WorkFolder folder;

  AnswerFiles(WorkFolder folder) {
    this.folder = folder;
  }

  /** Deletes what has been written of an answer. */
  public void discard(@Header(Exchange.FILE_NAME) String name) throws IOException {
    Files.deleteIfExists(partial(name));
  }

  /** Refuses an answer that the model did not end by itself. */
  public void check(@Header(FINISH_REASON) String reason) {
    switch (reason == null ? "unknown" : reason) {
      case "length" ->
          throw new BadDocumentException(
              "The answer reached the greatest length that the model allows, and is not whole.",
              "Split the document into several and move them to inbox.");
      case "content_filter" ->
          throw new BadDocumentException(
              "The server's content filter stopped the answer.",
              "Take out what it may object to, and move the document back to inbox.");
      default -> {
        // Servers name their own reasons, and the end of the stream was seen.
      }
    }
  }

  /** Gives a whole answer its final name. What was said of an earlier failure no longer holds. */
  public void publish(@Header(Exchange.FILE_NAME) String name) throws IOException {
    Path partial = partial(name);
    if (!Files.exists(partial) || Files.size(partial) == 0) {
      throw new BadDocumentException(
          "The model answered without any text.",
          "Move the document back to inbox to ask again, or take another model or task.");
    }
    Path answer = folder.path("answers").resolve(name);
    Files.createDirectories(answer.getParent());
    Files.move(
        partial, answer, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (!Files.exists(folder.path("failed").resolve(name))) {
      Files.deleteIfExists(folder.path("failed").resolve(name + ".reason.txt"));
    }
  }

  private Path partial(String name) {
    return folder.path(".partial").resolve(name);
  }
}
