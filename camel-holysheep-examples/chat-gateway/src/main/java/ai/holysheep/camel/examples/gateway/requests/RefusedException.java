package ai.holysheep.camel.examples.gateway.requests;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The gateway does not do what a client asks for; the message is in words for that client. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ErrorReply reply;

  RefusedException(ErrorReply reply) {
    super(reply.message());
    this.reply = reply;
  }

  /**
   * A request that makes no sense.
   *
   * @param param the field at fault, null for the whole
   */
  public static RefusedException invalid(@Nullable String param, String message) {
    return new RefusedException(
        new ErrorReply(400, "invalid_request_error", message, param, null, null));
  }

  /** Something that there is not, or not any more. */
  public static RefusedException notFound(String code, String message) {
    return new RefusedException(
        new ErrorReply(404, "invalid_request_error", message, null, code, null));
  }

  /** A key that is not the gateway's. */
  public static RefusedException unauthorized() {
    return new RefusedException(
        new ErrorReply(
            401,
            "invalid_request_error",
            "The key of this gateway is missing or wrong: Authorization: Bearer KEY.",
            null,
            "invalid_api_key",
            null));
  }

  /** A page of an origin that may not use the gateway. */
  public static RefusedException foreignOrigin() {
    return new RefusedException(
        new ErrorReply(
            403,
            "invalid_request_error",
            "Pages of this origin may not use the gateway.",
            null,
            "origin_not_allowed",
            null));
  }

  /** More at once than one client may have, or than the gateway carries. */
  public static RefusedException tooMany(int status, String message, Duration retryAfter) {
    return new RefusedException(
        new ErrorReply(status, "rate_limit_error", message, null, "too_many_streams", retryAfter));
  }

  /** A request that is longer than it may be. */
  public static RefusedException tooLarge() {
    return new RefusedException(
        new ErrorReply(
            413,
            "invalid_request_error",
            "The request is too long.",
            null,
            "request_too_large",
            null));
  }

  /** What the client is told. */
  public ErrorReply reply() {
    return reply;
  }
}
