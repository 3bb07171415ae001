package ai.holysheep.camel.recovery;

import java.time.Duration;

/**
 * Wait, then try again.
 *
 * @param delay how long to wait; may be zero
 * @param way how to try again
 */
public record RetryAfter(Duration delay, Way way) implements Decision {}
