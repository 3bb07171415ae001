package ai.holysheep.camel.client.session;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How sessions are held.
 *
 * @param transport what carries them
 * @param socketUri the socket's address where it is known beforehand; null where the server names
 *     it
 * @param agentPath what comes behind the API's address in the request that asks for a socket
 * @param agentModeField the field of that request that says so
 * @param addressHeaders the headers of its reply that may name the socket, the first one first
 * @param allowedHosts the hosts, with or without port, besides that of the API that a socket may be
 *     at
 * @param pingInterval how often the server is asked for a sign of life; zero for never
 * @param silence without any sign of life for so long, the server is taken for gone; zero for never
 * @param maxAge a socket that is older is not used for another turn; zero for any age
 * @param idleTimeout a session without a turn for so long is forgotten; zero for never
 * @param interruptTimeout how long the server may take to end a turn that was interrupted
 * @param toolTimeout how long the results of tools may take; zero for ever
 * @param maxQueuedTurns how many turns of one session may wait for those before them
 * @param maxTurns how many turns of the conversation are kept to be told to the model
 */
public record SessionSettings(
    SessionTransport transport,
    @Nullable URI socketUri,
    String agentPath,
    String agentModeField,
    List<String> addressHeaders,
    Set<String> allowedHosts,
    Duration pingInterval,
    Duration silence,
    Duration maxAge,
    Duration idleTimeout,
    Duration interruptTimeout,
    Duration toolTimeout,
    int maxQueuedTurns,
    int maxTurns) {}
