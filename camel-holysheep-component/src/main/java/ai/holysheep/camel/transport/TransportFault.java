package ai.holysheep.camel.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Something went wrong on the way; which kind of thing is all that the caller decides by. */
public final class TransportFault extends IOException {

  /** What went wrong. */
  public enum Kind {
    /** The host's name has no address. */
    UNKNOWN_HOST,
    /** Nobody listens there, or the way there is closed. */
    REFUSED,
    /** No connection within the time allowed. */
    CONNECT_TIMEOUT,
    /** All places for concurrent streams were taken for too long. */
    NO_PLACE,
    /** The secure connection could not be agreed on. */
    TLS,
    /** The proxy did not carry the request. */
    PROXY,
    /** The body ended before its announced end. */
    CUT,
    /** The connection broke. */
    BROKEN,
    /** A line, an event or a document grew beyond its limit. */
    TOO_LONG,
    /** The server has ended a session for a reason that another try does not mend. */
    SESSION_REFUSED,
    /** The server names an address that may not be used. */
    FORBIDDEN_ADDRESS,
    /** What came is not HTTP, or uses an encoding that was not asked for. */
    NOT_HTTP;

    /** Whether it is certain that the server has not seen the request. */
    public boolean isBeforeSending() {
      return this == UNKNOWN_HOST
          || this == REFUSED
          || this == CONNECT_TIMEOUT
          || this == NO_PLACE
          || this == TLS
          || this == PROXY;
    }
  }

  private final Kind kind;

  public TransportFault(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What nobody should throw here still ends a call as any other fault does. */
  public static TransportFault unexpected(RuntimeException e) {
    return new TransportFault(Kind.BROKEN, e.toString(), e);
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }
}
