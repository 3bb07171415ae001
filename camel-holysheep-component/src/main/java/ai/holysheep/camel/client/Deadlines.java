package ai.holysheep.camel.client;

import java.time.Duration;

/**
 * How long a call may make its route wait; zero switches one off. The time that the route itself
 * takes is not counted.
 *
 * @param firstToken from sending the request to the first event
 * @param idle from one message of the server to the next
 * @param total all the waiting of the call together
 */
public record Deadlines(Duration firstToken, Duration idle, Duration total) {}
