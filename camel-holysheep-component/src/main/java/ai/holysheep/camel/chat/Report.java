package ai.holysheep.camel.chat;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param finishReason why the (first) answer ended
 * @param rawFinishReason the server's own word for it; null where it gave none
 * @param usage the tokens used, in all tries together
 * @param chunkCount how many events came before the last one
 * @param skippedEventCount how many messages of the server were left out, because they could not be
 *     understood, or came after the answer had been interrupted
 * @param reconnectCount how many times the call was tried again
 * @param requestId the server's id of the HTTP request, from {@code x-request-id}; null where not
 *     sent
 * @param latency how long it took; null where that is not known, as of an event that was read back
 */
public record Report(
    FinishReason finishReason,
    @Nullable String rawFinishReason,
    Usage usage,
    long chunkCount,
    long skippedEventCount,
    int reconnectCount,
    @Nullable String requestId,
    @Nullable Latency latency)
    implements Serializable {}
