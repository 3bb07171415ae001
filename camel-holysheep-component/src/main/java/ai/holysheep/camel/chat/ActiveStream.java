package ai.holysheep.camel.chat;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call that is under way, as it was at one moment.
 *
 * @param streamId the id that all its parts carry
 * @param model the model that was asked
 * @param baseUrl the API's address
 * @param routeId the route in whose name it is made; null for none
 * @param age how long ago the call began
 * @param state what it is doing
 * @param attempt which try it is, from 1
 * @param chunkCount how many parts have been taken
 */
public record ActiveStream(
    String streamId,
    String model,
    URI baseUrl,
    @Nullable String routeId,
    Duration age,
    StreamState state,
    int attempt,
    long chunkCount) {}
