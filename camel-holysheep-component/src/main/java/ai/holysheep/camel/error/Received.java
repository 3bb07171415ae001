package ai.holysheep.camel.error;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What had been received of an answer when its call failed.
 *
 * @param answer the answer as far as it had come; null where nothing had
 * @param chunkCount how many parts had been handed on
 * @param usage the tokens used up to then; null where nothing had been received
 */
public record Received(@Nullable ChatAnswer answer, long chunkCount, @Nullable Usage usage) {

  /** Nothing had been received. */
  public static final Received NOTHING = new Received(null, 0, null);
}
