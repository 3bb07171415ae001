package ai.holysheep.camel.client;

import ai.holysheep.camel.transport.SignallingTransport;
import ai.holysheep.camel.transport.Transport;

/**
 * What carries calls. Borrowed: whoever made them closes them.
 *
 * @param waiting for calls that a thread waits for
 * @param signalling for calls that no thread waits for
 */
public record Transports(Transport waiting, SignallingTransport signalling) {}
