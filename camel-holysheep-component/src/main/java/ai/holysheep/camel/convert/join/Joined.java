package ai.holysheep.camel.convert.join;

import ai.holysheep.camel.chat.ChatAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of a stream give.
 *
 * @param answer the answer, or what there is of it
 * @param failure why the call failed; null where it did not, or nothing is known of it
 * @param complete whether it is the whole answer
 * @param missing the indexes of the parts that have not come, as in {@code 3,7-9,12-}; null where
 *     all have
 * @param duplicateCount how many parts were left out because they had come before
 */
record Joined(
    ChatAnswer answer,
    @Nullable RuntimeException failure,
    boolean complete,
    @Nullable String missing,
    long duplicateCount) {}
