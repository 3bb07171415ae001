package ai.holysheep.camel.benchmarks.reading;

import java.net.URI;

/**
 * What is to be read.
 *
 * @param baseUrl where the server is, with the version
 * @param model what is asked, which says how the answer comes
 * @param streams how many answers come at the same time, at most
 */
public record Target(URI baseUrl, String model, int streams) {

  /** The question of all ways. */
  public static final String PROMPT = "Say something.";

  /** The key of all ways. */
  public static final String API_KEY = "benchmark";

  /** Where chats are completed. */
  public URI completions() {
    return URI.create(baseUrl + "/chat/completions");
  }

  /** The body of a request, for those who write it by hand. */
  public String request(boolean stream) {
    String options = stream ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}" : "";
    return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}"
        .formatted(model, PROMPT, options);
  }
}
