package ai.holysheep.camel.examples.documents;

import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.QuotaExhaustedException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.error.TransportFailedException;

/**
 * Whose failure it was, and what to do.
 *
 * @param cause who is to blame
 * @param reason what happened, in one line
 * @param advice what to do, in one line
 */
record Verdict(Cause cause, String reason, String advice) {

  /** Who is to blame. */
  enum Cause {
    /** The document: another one may do. */
    DOCUMENT,
    /** The server, with this document; perhaps with others too. */
    SERVER,
    /** Nobody here: every document would fail in the same way. */
    ALL
  }

  private static final int BAD_REQUEST = 400;
  private static final int CONTENT_TOO_LARGE = 413;
  private static final int UNPROCESSABLE_CONTENT = 422;

  /** Judges the exception of a document. */
  static Verdict of(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof BadDocumentException bad) {
        return new Verdict(Cause.DOCUMENT, oneLine(bad), bad.advice());
      }
      if (each instanceof HolySheepException call) {
        return of(call);
      }
    }
    return new Verdict(
        Cause.ALL, oneLine(failure), "Check the disk and the rights to write, and run it again.");
  }

  private static Verdict of(HolySheepException call) {
    if (isOfEveryDocument(call)) {
      return new Verdict(Cause.ALL, oneLine(call), "Run it again when this is put right.");
    }
    if (call instanceof RequestRejectedException) {
      return new Verdict(
          Cause.DOCUMENT,
          oneLine(call),
          "Change the document and move it back to inbox, or leave it here.");
    }
    return new Verdict(
        Cause.SERVER, oneLine(call), "Move the document back to inbox to ask again.");
  }

  private static boolean isOfEveryDocument(HolySheepException call) {
    if (call instanceof RequestRejectedException) {
      int status = call.getStatus();
      return status != BAD_REQUEST
          && status != CONTENT_TOO_LARGE
          && status != UNPROCESSABLE_CONTENT;
    }
    return call instanceof AuthenticationFailedException
        || call instanceof QuotaExhaustedException
        || call instanceof RateLimitedException
        || call instanceof CallCancelledException
        || (call instanceof TransportFailedException && call.getProgress() == Progress.NOT_SENT);
  }

  private static String oneLine(Throwable failure) {
    String message = failure.getMessage();
    return (message == null ? failure.toString() : message).replaceAll("\\s+", " ");
  }
}
