package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Speaks to a simulator as any client would. */
final class Client {

  static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String baseUrl;

  Client(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  static ObjectNode request(String prompt) {
    ObjectNode request = JSON.createObjectNode().put("model", "deepseek-v3.2");
    request.putArray("messages").addObject().put("role", "user").put("content", prompt);
    return request;
  }

  static ObjectNode streaming(String prompt) {
    ObjectNode request = request(prompt).put("stream", true);
    request.putObject("stream_options").put("include_usage", true);
    return request;
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(baseUrl + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer test-key");
  }

  HttpRequest chat(String body) {
    return to("/chat/completions")
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  HttpResponse<String> send(HttpRequest request) {
    return sendFor(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  HttpResponse<Stream<String>> open(JsonNode request) {
    return sendFor(chat(request.toString()), HttpResponse.BodyHandlers.ofLines());
  }

  /** The answer of one request that is not streamed. */
  JsonNode ask(JsonNode request) {
    HttpResponse<String> response = send(chat(request.toString()));
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return json(response.body());
  }

  /** The data of all events of one stream, {@code [DONE]} included. */
  List<String> data(JsonNode request) {
    return open(request)
        .body()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring("data: ".length()))
        .toList();
  }

  /** The chunks of one stream that ends well. */
  List<JsonNode> chunks(JsonNode request) {
    List<String> data = new ArrayList<>(data(request));
    if (!data.remove(data.size() - 1).equals("[DONE]")) {
      throw new AssertionError("The stream does not end in [DONE]");
    }
    return data.stream().map(Client::json).toList();
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String content(JsonNode completion) {
    return completion.at("/choices/0/message/content").asText();
  }

  /** One field of all deltas of a choice, joined. */
  static String joined(List<JsonNode> chunks, int choice, String field) {
    return deltas(chunks, choice)
        .map(delta -> delta.path(field).asText())
        .collect(Collectors.joining());
  }

  static Stream<JsonNode> deltas(List<JsonNode> chunks, int choice) {
    return chunks.stream()
        .map(chunk -> chunk.path("choices").path(0))
        .filter(entry -> entry.path("index").asInt(-1) == choice)
        .map(entry -> entry.path("delta"));
  }

  private static <T> HttpResponse<T> sendFor(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return HTTP.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
