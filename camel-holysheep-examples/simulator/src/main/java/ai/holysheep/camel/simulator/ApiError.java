package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** An error as the API words it: a status, and a body of message, type, param and code. */
record ApiError(
    int status, String message, String type, @Nullable String param, @Nullable String code) {

  private static final String INVALID_REQUEST = "invalid_request_error";

  static ApiError invalid(String message, @Nullable String param, @Nullable String code) {
    return new ApiError(400, message, INVALID_REQUEST, param, code);
  }

  static ApiError unauthorized(String message) {
    return new ApiError(401, message, INVALID_REQUEST, null, "invalid_api_key");
  }

  static ApiError unknownModel(String model) {
    String message = "The model `" + model + "` does not exist or you do not have access to it.";
    return new ApiError(404, message, INVALID_REQUEST, null, "model_not_found");
  }

  static ApiError unknownPath(String method, String path) {
    String message = "Invalid URL (" + method + " " + path + ")";
    return new ApiError(404, message, INVALID_REQUEST, null, "unknown_url");
  }

  static ApiError wrongMethod(String method, String path) {
    String message = "Not allowed to " + method + " on " + path + ".";
    return new ApiError(405, message, INVALID_REQUEST, null, "method_not_supported");
  }

  static ApiError bodyTooLarge(int limit) {
    String message = "The request body is larger than " + limit + " bytes.";
    return new ApiError(413, message, INVALID_REQUEST, null, "request_too_large");
  }

  static ApiError wrongContentType() {
    String message = "Unsupported content type; send the header Content-Type: application/json.";
    return new ApiError(415, message, INVALID_REQUEST, null, "unsupported_media_type");
  }

  static ApiError internal() {
    return new ApiError(500, "The simulator failed on this request.", "server_error", null, null);
  }

  /**
   * The error that a prompt asked for.
   *
   * @param code the code to show, or null for the one that is usual with the status
   */
  static ApiError asked(int status, @Nullable String code) {
    String shown = code == null ? usualCode(status) : code;
    String type =
        status == 429 ? "rate_limit_error" : status < 500 ? INVALID_REQUEST : "server_error";
    return new ApiError(status, "Simulated error " + status + ".", type, null, shown);
  }

  private static @Nullable String usualCode(int status) {
    return switch (status) {
      case 401 -> "invalid_api_key";
      case 402 -> "insufficient_quota";
      case 404 -> "model_not_found";
      case 429 -> "rate_limit_exceeded";
      case 503 -> "overloaded";
      default -> null;
    };
  }

  String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.putObject("error")
        .put("message", message)
        .put("type", type)
        .put("param", param)
        .put("code", code);
    return root.toString();
  }

  RefusedException refused() {
    return new RefusedException(this);
  }

  /** Carries an error out of nested checks to the one place that answers. */
  static final class RefusedException extends RuntimeException {
    private final transient ApiError error;

    private RefusedException(ApiError error) {
      // Ordinary control flow: neither a stack trace nor suppression is wanted.
      super(error.message(), null, false, false);
      this.error = error;
    }

    ApiError error() {
      return error;
    }
  }
}
