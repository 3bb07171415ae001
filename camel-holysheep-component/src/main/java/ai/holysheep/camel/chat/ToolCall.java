package ai.holysheep.camel.chat;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The model asks for a tool to be called.
 *
 * @param id the id that the tool's result must carry; null where the server sent none
 * @param name the tool's name; empty where the server sent none
 * @param arguments the arguments as JSON text, exactly as the model wrote them
 * @param complete false where the model was stopped before it had finished, so that the arguments
 *     may be cut anywhere
 */
public record ToolCall(@Nullable String id, String name, String arguments, boolean complete)
    implements Serializable {

  /** The same with an id, where the server sent none. */
  public ToolCall withId(String newId) {
    return new ToolCall(newId, name, arguments, complete);
  }
}
