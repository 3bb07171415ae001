package ai.holysheep.camel.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One decoded message of the server: a chunk of a stream, or a whole answer.
 *
 * @param responseId the server's id of the response; null or empty where not sent
 * @param model the model that answers; null or empty where not sent
 * @param choices what the chunk adds; empty in a chunk that only brings usage
 * @param usage what the call has used so far; null where not sent
 * @param error the server's complaint in the middle of a stream; null where there is none
 * @param other a message of a kind that is not known; null where it is of a known one
 * @param last whether the server says that the answer is whole, though the connection stays
 */
public record Chunk(
    @Nullable String responseId,
    @Nullable String model,
    List<ChoiceDelta> choices,
    @Nullable Usage usage,
    @Nullable ProviderError error,
    @Nullable OtherMessage other,
    boolean last) {

  /** A chunk of a known kind that others may follow. */
  public Chunk(
      @Nullable String responseId,
      @Nullable String model,
      List<ChoiceDelta> choices,
      @Nullable Usage usage,
      @Nullable ProviderError error) {
    this(responseId, model, choices, usage, error, null, false);
  }
}
