package ai.holysheep.camel.chat;

/**
 * A parameter that is taken as JSON where it is valid JSON, and as a string where it is not.
 *
 * @param text the value as the route author wrote it
 */
public record JsonOrText(String text) {}
