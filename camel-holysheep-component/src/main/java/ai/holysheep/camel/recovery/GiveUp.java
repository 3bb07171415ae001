package ai.holysheep.camel.recovery;

/** Let the call fail. */
public record GiveUp() implements Decision {}
