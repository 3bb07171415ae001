package ai.holysheep.camel.wire;

import com.fasterxml.jackson.core.JsonLocation;
import org.jspecify.annotations.Nullable;

/**
 * A message of the server that is not the JSON it should be. Its text is not repeated here. It has
 * no stack trace: a server may send many such messages, and all come from the same place.
 */
public final class UnreadableException extends Exception {

  public UnreadableException(String message) {
    super(message, null, false, false);
  }

  /** The cause is not kept, because Jackson quotes the text that it cannot read. */
  static UnreadableException at(@Nullable JsonLocation location) {
    String where =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    return new UnreadableException("not valid JSON" + where);
  }
}
