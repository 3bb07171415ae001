package ai.holysheep.camel.client.session;

import ai.holysheep.camel.transport.TransportFault;
import org.jspecify.annotations.Nullable;

/**
 * Why a socket is closed.
 *
 * @param fault what went wrong; null where the server closed it as one does when all is said
 * @param words the same in a few words for people
 */
record SocketLoss(@Nullable TransportFault fault, String words) {}
