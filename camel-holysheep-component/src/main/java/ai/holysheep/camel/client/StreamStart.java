package ai.holysheep.camel.client;

import ai.holysheep.camel.observe.CallerContext;

/**
 * Where the events of a call begin.
 *
 * @param streamId the stream that they belong to
 * @param index the index of the first one: more than 0 where another call has begun the stream
 * @param caller what observers know of the thread that asked
 */
public record StreamStart(String streamId, long index, CallerContext caller) {}
