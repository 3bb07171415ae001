package ai.holysheep.camel.chat;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Where an event belongs.
 *
 * @param streamId the stream, unique in this JVM and random enough to be unique beyond it
 * @param index 0, 1, 2, ... without gaps, over all kinds of events of the stream
 * @param responseId the server's id of the response; null until the server has sent one
 * @param model the model that really answers; null until the server has said so
 * @param choiceIndex which of the {@code n} answers; null where only one was asked for, and on the
 *     last event, which belongs to all
 */
public record Origin(
    String streamId,
    long index,
    @Nullable String responseId,
    @Nullable String model,
    @Nullable Integer choiceIndex)
    implements Serializable {}
