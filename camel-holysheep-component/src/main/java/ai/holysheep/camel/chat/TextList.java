package ai.holysheep.camel.chat;

/**
 * Several texts in one: a JSON list of strings, or else texts separated by commas.
 *
 * @param text the value as the route author wrote it
 */
public record TextList(String text) {}
