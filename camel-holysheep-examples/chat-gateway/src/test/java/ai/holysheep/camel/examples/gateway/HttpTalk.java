package ai.holysheep.camel.examples.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

/** Requests as a client sends them. */
final class HttpTalk {

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final String[] always;

  /** Sends these headers with every request. */
  HttpTalk(String url, String... always) {
    this.url = url;
    this.always = always;
  }

  /** A question of a page. */
  static String question(String prompt) {
    return """
        {"model":"deepseek-v3.2","messages":[{"role":"user","content":"%s"}]}"""
        .formatted(prompt);
  }

  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return client.send(request("POST", path, body, headers), BodyHandlers.ofString());
  }

  HttpResponse<Stream<String>> stream(String path, String body, String... headers)
      throws Exception {
    return client.send(request("POST", path, body, headers), BodyHandlers.ofLines());
  }

  /** A reply that can be left in the middle. */
  HttpResponse<InputStream> open(String path, String body) throws Exception {
    return open("POST", path, body);
  }

  HttpResponse<InputStream> open(String method, String path, String body) throws Exception {
    return client.send(request(method, path, body), BodyHandlers.ofInputStream());
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return client.send(request("GET", path, "", headers), BodyHandlers.ofString());
  }

  HttpResponse<String> send(String method, String path, String... headers) throws Exception {
    return client.send(request(method, path, "", headers), BodyHandlers.ofString());
  }

  private HttpRequest request(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    add(request, always);
    add(request, headers);
    return request.build();
  }

  private static void add(HttpRequest.Builder request, String... headers) {
    if (headers.length > 0) {
      request.headers(headers);
    }
  }

  /** The next bytes of a reply, as text. */
  static String some(InputStream reply) {
    byte[] bytes = new byte[8192];
    try {
      int count = reply.read(bytes);
      return count < 0 ? "" : new String(bytes, 0, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
