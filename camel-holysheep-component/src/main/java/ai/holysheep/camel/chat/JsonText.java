package ai.holysheep.camel.chat;

/**
 * A parameter given as JSON text.
 *
 * @param name the option's name, for the error where it is not JSON
 * @param text the JSON text
 */
public record JsonText(String name, String text) {}
