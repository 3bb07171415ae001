package ai.holysheep.camel.chat;

import org.jspecify.annotations.Nullable;

/**
 * A piece of a tool call, as one chunk brings it.
 *
 * @param index which call of the answer it belongs to; null where the server does not number them
 * @param id the call's id; null in all fragments but the first, with most servers
 * @param name the tool's name or a piece of it; null in most fragments
 * @param arguments a piece of the arguments' JSON text; null where the fragment has none
 * @param whole whether this is all of the call, which is made while the answer goes on
 */
public record ToolCallFragment(
    @Nullable Integer index,
    @Nullable String id,
    @Nullable String name,
    @Nullable String arguments,
    boolean whole) {

  /** A piece that others may follow. */
  public ToolCallFragment(
      @Nullable Integer index,
      @Nullable String id,
      @Nullable String name,
      @Nullable String arguments) {
    this(index, id, name, arguments, false);
  }
}
