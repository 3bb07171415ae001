package ai.holysheep.camel.chat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the messages of an agent session are called on the wire, where a server calls them otherwise
 * than is usual here.
 */
public final class FrameNames {

  public static final String TOKEN = "token";
  public static final String REASONING = "reasoning";
  public static final String TOOL_CALL = "tool_call";
  public static final String USAGE = "usage";
  public static final String DONE = "done";
  public static final String ERROR = "error";
  public static final String USER_INPUT = "user_input";
  public static final String TOOL_RESULT = "tool_result";
  public static final String INTERRUPT = "interrupt";
  public static final String CONTEXT_UPDATE = "context_update";

  /** The usual names. */
  public static final FrameNames USUAL = new FrameNames(Map.of());

  private static final List<String> KNOWN =
      List.of(
          TOKEN,
          REASONING,
          TOOL_CALL,
          USAGE,
          DONE,
          ERROR,
          USER_INPUT,
          TOOL_RESULT,
          INTERRUPT,
          CONTEXT_UPDATE);

  private final Map<String, String> onTheWire;
  private final Map<String, String> here = new HashMap<>();

  /**
   * @param onTheWire by the usual name, what the server calls it
   * @throws IllegalArgumentException when a name is none of the usual ones
   */
  public FrameNames(Map<String, String> onTheWire) {
    this.onTheWire = Map.copyOf(onTheWire);
    onTheWire.forEach(
        (usual, server) -> {
          if (!KNOWN.contains(usual)) {
            throw new IllegalArgumentException(
                "The option 'frameType." + usual + "' names no frame. Known are " + KNOWN + ".");
          }
          here.put(server, usual);
        });
  }

  /** What the server calls it; names that are not known stay as they are. */
  public String onTheWire(String usual) {
    return onTheWire.getOrDefault(usual, usual);
  }

  /** The usual name of what the server calls so; other names stay as they are. */
  public String here(String server) {
    return here.getOrDefault(server, server);
  }
}
