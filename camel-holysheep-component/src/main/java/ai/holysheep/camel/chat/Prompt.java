package ai.holysheep.camel.chat;

/** What the model is asked. */
public sealed interface Prompt {

  /**
   * Plain text, which becomes one user message; or JSON text, which is taken as it is where it is
   * an object with {@code messages} or a list of messages.
   *
   * @param text the text; not blank
   */
  record Text(String text) implements Prompt {}

  /**
   * A conversation: a list of messages, or an object with {@code messages} and any other field of
   * OpenAI's request.
   *
   * @param value maps, lists, records or beans that JSON can be made of
   */
  record Conversation(Object value) implements Prompt {}
}
