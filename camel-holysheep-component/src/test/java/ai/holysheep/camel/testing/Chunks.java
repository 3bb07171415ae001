package ai.holysheep.camel.testing;

/** Chunks as OpenAI-compatible servers send them. */
public final class Chunks {

  private Chunks() {}

  /** A chunk with a piece of text. */
  public static String token(String text) {
    return chunk("{\"content\":\"" + escaped(text) + "\"}", null);
  }

  /** A chunk with a piece of reasoning. */
  public static String reasoning(String text) {
    return chunk("{\"reasoning_content\":\"" + escaped(text) + "\"}", null);
  }

  /** The chunk that ends the answer. */
  public static String finish(String reason) {
    return chunk("{}", reason);
  }

  /** The chunk with the usage. */
  public static String usage(long prompt, long completion) {
    return "{\"id\":\"chatcmpl-1\",\"model\":\"test-model\",\"choices\":[],\"usage\":{\"prompt_tokens\":"
        + prompt
        + ",\"completion_tokens\":"
        + completion
        + ",\"total_tokens\":"
        + (prompt + completion)
        + "}}";
  }

  /** A chunk of the first choice with this delta. */
  public static String chunk(String delta, String finishReason) {
    return chunk(0, delta, finishReason);
  }

  /** A chunk of any choice. */
  public static String chunk(int choice, String delta, String finishReason) {
    String reason = finishReason == null ? "null" : "\"" + finishReason + "\"";
    return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"test-model\","
        + "\"choices\":[{\"index\":"
        + choice
        + ",\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + reason
        + "}]}";
  }

  /** A whole answer, not streamed. */
  public static String completion(String text) {
    return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"test-model\",\"choices\":["
        + "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
        + escaped(text)
        + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,"
        + "\"total_tokens\":10}}";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
