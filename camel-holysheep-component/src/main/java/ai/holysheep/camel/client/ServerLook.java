package ai.holysheep.camel.client;

import org.jspecify.annotations.Nullable;

/**
 * What a look at a server has shown.
 *
 * @param status the HTTP status of its reply; 0 where none came
 * @param failure why it is of no use; null where it is
 * @param nanos when that was, by the clock of the client's timers
 */
public record ServerLook(int status, @Nullable String failure, long nanos) {}
