package ai.holysheep.camel.chat;

import org.jspecify.annotations.Nullable;

/**
 * One agent session, as it was at one moment.
 *
 * @param sessionId its name
 * @param socket whether it has an open socket; otherwise it goes on by one request after the other
 * @param streamId the id of the turn under way; null for none
 * @param turn what the turn under way is doing: {@code answering} or {@code waiting_for_tools};
 *     null for none
 * @param queuedTurnCount how many turns wait for those before them
 */
public record ActiveSession(
    String sessionId,
    boolean socket,
    @Nullable String streamId,
    @Nullable String turn,
    int queuedTurnCount) {}
