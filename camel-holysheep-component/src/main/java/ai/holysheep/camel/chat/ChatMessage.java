package ai.holysheep.camel.chat;

/**
 * One message of a conversation; a list of them is a request's body.
 *
 * @param role OpenAI's role: {@code system}, {@code developer}, {@code user}, {@code assistant} or
 *     {@code tool}
 * @param content the text
 */
public record ChatMessage(String role, String content) {}
