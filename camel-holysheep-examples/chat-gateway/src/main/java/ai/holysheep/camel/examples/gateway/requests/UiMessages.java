package ai.holysheep.camel.examples.gateway.requests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request that {@code useChat} of Vercel's AI SDK sends, from its version 5: messages of parts.
 * Text and images are for the model; reasoning, tools and data of the page are left out.
 */
public final class UiMessages {

  private UiMessages() {}

  /**
   * The same conversation as OpenAI's server wants it.
   *
   * @throws RefusedException when there are no messages of parts in it
   */
  public static Map<String, Object> conversation(Map<String, Object> request) {
    if (!(request.get("messages") instanceof List<?> messages)) {
      throw RefusedException.invalid("messages", "'messages' must be a list.");
    }
    Map<String, Object> conversation = new LinkedHashMap<>();
    if (request.get("model") != null) {
      conversation.put("model", request.get("model"));
    }
    conversation.put("messages", messages.stream().map(UiMessages::message).toList());
    return conversation;
  }

  private static Map<String, Object> message(@Nullable Object message) {
    if (!(message instanceof Map<?, ?> fields) || !(fields.get("parts") instanceof List<?> parts)) {
      throw RefusedException.invalid("messages", "Each message must have 'role' and 'parts'.");
    }
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("role", fields.get("role"));
    said.put("content", content(parts));
    return said;
  }

  /** A text where there is nothing else, as every server understands that. */
  private static Object content(List<?> parts) {
    StringBuilder text = new StringBuilder();
    List<Object> all = new ArrayList<>();
    boolean images = false;
    for (Object part : parts) {
      if (part instanceof Map<?, ?> fields) {
        if (fields.get("type") instanceof String type
            && type.equals("text")
            && fields.get("text") instanceof String words) {
          text.append(words);
          all.add(Map.of("type", "text", "text", words));
        } else if (isImage(fields)) {
          images = true;
          all.add(Map.of("type", "image_url", "image_url", Map.of("url", fields.get("url"))));
        }
      }
    }
    return images ? all : text.toString();
  }

  /** Only what is in the request itself: the model's server must not be sent to fetch addresses. */
  private static boolean isImage(Map<?, ?> part) {
    return "file".equals(part.get("type"))
        && part.get("mediaType") instanceof String type
        && type.startsWith("image/")
        && part.get("url") instanceof String url
        && url.startsWith("data:image/");
  }
}
