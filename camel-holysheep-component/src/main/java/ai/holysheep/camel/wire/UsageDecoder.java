package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads one {@code usage} object. Used once. */
final class UsageDecoder {

  private @Nullable Long prompt;
  private @Nullable Long completion;
  private @Nullable Long total;
  private @Nullable Long cached;
  private @Nullable Long reasoning;
  private @Nullable Cost cost;

  /** Expects the parser at the object's start; null where there is none with a figure in it. */
  static @Nullable Usage decode(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return null;
    }
    UsageDecoder fields = new UsageDecoder();
    fields.read(in);
    return fields.usage();
  }

  private void read(JsonParser in) throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        // The second names are those of other APIs, which some servers keep in this one.
        case "prompt_tokens", "input_tokens" -> prompt = known(JsonFields.count(in), prompt);
        case "completion_tokens", "output_tokens" ->
            completion = known(JsonFields.count(in), completion);
        case "total_tokens" -> total = JsonFields.count(in);
        case "prompt_tokens_details", "completion_tokens_details" -> readDetails(in);
        // DeepSeek's name for the cached part of the prompt.
        case "prompt_cache_hit_tokens" -> cached = JsonFields.count(in);
        case "cost" -> cost = cost(in);
        default -> in.skipChildren();
      }
    }
  }

  private void readDetails(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return;
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "cached_tokens" -> cached = JsonFields.count(in);
        case "reasoning_tokens" -> reasoning = JsonFields.count(in);
        default -> in.skipChildren();
      }
    }
  }

  private static @Nullable Cost cost(JsonParser in) throws IOException {
    BigDecimal amount = JsonFields.amount(in);
    return amount == null ? null : Cost.ofServer(amount);
  }

  private static @Nullable Long known(@Nullable Long offered, @Nullable Long before) {
    return offered == null ? before : offered;
  }

  private @Nullable Usage usage() {
    Long sum = total == null ? sum() : total;
    if (prompt == null && completion == null && sum == null) {
      return null;
    }
    return new Usage(prompt, completion, sum, cached, reasoning, UsageSource.SERVER, cost);
  }

  private @Nullable Long sum() {
    if (prompt == null || completion == null) {
      return null;
    }
    long sum = prompt + completion;
    return sum < 0 ? null : sum;
  }
}
