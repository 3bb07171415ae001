package ai.holysheep.camel.wire;

/** A message of the server that is not the JSON it should be. Its text is not repeated here. */
public final class UnreadableException extends Exception {

  public UnreadableException(String message) {
    super(message);
  }

  UnreadableException(String message, Throwable cause) {
    super(message, cause);
  }
}
