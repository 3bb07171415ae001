package ai.holysheep.camel.chat;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer, or what there is of one.
 *
 * @param streamId the call it belongs to
 * @param responseId the server's id of the response; null where it sent none
 * @param model the model that answered; null where the server did not say
 * @param choices the answers in order of their index; empty where nothing had come
 * @param report how the call ended; null while it goes on, and when it failed
 */
public record ChatAnswer(
    String streamId,
    @Nullable String responseId,
    @Nullable String model,
    List<Choice> choices,
    @Nullable Report report)
    implements Serializable {

  /**
   * Whether more had come than is here, in any of the answers, because a call keeps no more than
   * the option {@code maxKeptCharacters} says. What is here is the beginning.
   */
  public boolean isCut() {
    return choices.stream().anyMatch(Choice::isCut);
  }

  /**
   * How many characters of text, reasoning and tool calls had come in all the answers, also where
   * they are not all here.
   */
  public long receivedCharacters() {
    return choices.stream().mapToLong(Choice::receivedCharacters).sum();
  }

  /** The text of the first answer, or its beginning; empty where there is none. */
  public String text() {
    return choices.isEmpty() ? "" : choices.get(0).text();
  }

  /** The reasoning of the first answer, or its beginning; empty where there is none. */
  public String reasoning() {
    return choices.isEmpty() ? "" : choices.get(0).reasoning();
  }

  /** The tool calls of the first answer; empty where there are none. */
  public List<ToolCall> toolCalls() {
    return choices.isEmpty() ? List.of() : choices.get(0).toolCalls();
  }
}
