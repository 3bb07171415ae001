package ai.holysheep.camel.chat;

/** Writes what a stream is made of as JSON objects of one line, for those who pass it on. */
public interface EventEncoder {

  /** An event, with at least {@code type}, {@code streamId} and {@code index}. */
  String json(ChatEvent event);

  /** A whole answer, with {@code type} {@code answer}. */
  String json(ChatAnswer answer);

  /** Usage under OpenAI's names, and its {@code source}. */
  String json(Usage usage);

  /** A tool call; {@code arguments} is a string of JSON text, as with OpenAI. */
  String json(ToolCall toolCall);
}
