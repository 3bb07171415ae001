package ai.holysheep.camel.examples.gateway.requests;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests of clients, and refuses those that make no sense before they cost anything.
 * Thread-safe.
 */
public final class Conversations {

  private static final Set<String> ROLES_OF_PAGES = Set.of("user", "assistant", "system");
  private static final Set<String> ROLES =
      Set.of("user", "assistant", "system", "developer", "tool", "function");

  private final List<String> models;
  private final int mostCharacters;

  /**
   * @param models what clients may ask; the first one where they do not say
   * @param mostCharacters how long a conversation of a page may be
   */
  public Conversations(List<String> models, int mostCharacters) {
    this.models = List.copyOf(models);
    this.mostCharacters = mostCharacters;
  }

  /**
   * What a page asks: model and messages of text, and nothing else.
   *
   * @throws RefusedException when there is no conversation in it, or too long a one
   */
  public Map<String, Object> ofPage(Map<String, Object> request) {
    int characters = 0;
    for (Map<?, ?> message : messages(request, ROLES_OF_PAGES)) {
      if (!(message.get("content") instanceof String text)) {
        throw RefusedException.invalid("messages", "The content of each message must be a text.");
      }
      characters += text.length();
    }
    if (characters > mostCharacters) {
      throw RefusedException.invalid(
          "messages",
          "The conversation has "
              + characters
              + " characters, and may have "
              + mostCharacters
              + ". Please begin a new one.");
    }
    return Map.of("model", model(request), "messages", request.get("messages"));
  }

  /**
   * What a client of OpenAI's asks, as it is, but for a model where it names none.
   *
   * @throws RefusedException when there is no conversation in it
   */
  public Map<String, Object> ofClient(Map<String, Object> request) {
    messages(request, ROLES);
    Map<String, Object> checked = new LinkedHashMap<>(request);
    checked.put("model", model(request));
    return checked;
  }

  /** Whether a request asks for the answer in pieces. */
  public static boolean wantsStream(Map<String, Object> request) {
    Object stream = request.getOrDefault("stream", false);
    if (stream == null || stream instanceof Boolean) {
      return Boolean.TRUE.equals(stream);
    }
    throw RefusedException.invalid("stream", "'stream' must be true or false.");
  }

  private String model(Map<String, Object> request) {
    Object model = request.get("model");
    if (model == null) {
      return models.get(0);
    }
    if (!(model instanceof String name) || !models.contains(name)) {
      throw RefusedException.notFound(
          "model_not_found",
          "There is no model " + shown(model) + " here, but " + String.join(", ", models) + ".");
    }
    return name;
  }

  private static String shown(Object model) {
    String text = String.valueOf(model);
    return "'" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "'";
  }

  private static List<Map<?, ?>> messages(Map<String, Object> request, Set<String> roles) {
    Object messages = request.get("messages");
    if (!(messages instanceof List<?> list) || list.isEmpty()) {
      throw RefusedException.invalid("messages", "'messages' must be a list that is not empty.");
    }
    return list.stream().<Map<?, ?>>map(message -> message(message, roles)).toList();
  }

  private static Map<?, ?> message(@Nullable Object message, Set<String> roles) {
    if (!(message instanceof Map<?, ?> fields)) {
      throw RefusedException.invalid("messages", "Each message must be an object.");
    }
    if (!(fields.get("role") instanceof String role) || !roles.contains(role)) {
      throw RefusedException.invalid(
          "messages", "The role of each message must be one of " + sorted(roles) + ".");
    }
    return fields;
  }

  private static String sorted(Set<String> roles) {
    return String.join(", ", roles.stream().sorted().toList());
  }
}
