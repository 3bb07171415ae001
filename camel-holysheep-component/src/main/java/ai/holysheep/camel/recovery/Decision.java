package ai.holysheep.camel.recovery;

/** What follows from a failure. */
public sealed interface Decision permits RetryAfter, GiveUp {}
