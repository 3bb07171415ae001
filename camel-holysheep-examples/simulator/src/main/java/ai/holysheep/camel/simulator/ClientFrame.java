package ai.holysheep.camel.simulator;

/**
 * An event that a client has sent over the socket of an agent session.
 *
 * @param sessionId which session, as in the socket's address
 * @param type the event's type; empty where it had none
 * @param payload its payload as JSON text; {@code {}} where it had none
 * @param timestamp in milliseconds since 1970; 0 where it had none
 */
public record ClientFrame(String sessionId, String type, String payload, long timestamp) {}
