package ai.holysheep.camel.chat;

import org.jspecify.annotations.Nullable;

/**
 * An error as the server tells it.
 *
 * @param message the server's own sentence; null where it gave none
 * @param type OpenAI's {@code type}, for example {@code invalid_request_error}; null where not sent
 * @param code OpenAI's {@code code}, for example {@code model_not_found}; null where not sent
 * @param param the request field that the server complains of; null where not sent
 */
public record ProviderError(
    @Nullable String message,
    @Nullable String type,
    @Nullable String code,
    @Nullable String param) {

  /** An error of which nothing is known. */
  public static final ProviderError UNKNOWN = new ProviderError(null, null, null, null);
}
