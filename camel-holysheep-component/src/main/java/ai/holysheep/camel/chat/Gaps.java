package ai.holysheep.camel.chat;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long the pieces of an answer made others wait, each after the one before it: without the time
 * in which nobody waited because the route was busy, and without what trying again took.
 *
 * @param count how many there were: one less than pieces, for each try
 * @param total all of them together
 * @param median half of them were no longer, to within an eighth
 * @param p99 99 % of them were no longer, to within an eighth
 * @param longest the longest
 */
public record Gaps(long count, Duration total, Duration median, Duration p99, Duration longest)
    implements Serializable {}
