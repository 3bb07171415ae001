package ai.holysheep.camel.transport;

/**
 * How much a server may send before it is no longer believed.
 *
 * @param maxLineBytes the longest line of an event stream
 * @param maxEventBytes the longest message of an event stream, all its lines together
 * @param maxDocumentBytes the longest reply that is not an event stream
 */
public record Limits(int maxLineBytes, int maxEventBytes, int maxDocumentBytes) {}
