package ai.holysheep.camel.simulator;

import io.vertx.core.http.HttpServerRequest;

/** Sends answers that are one piece. */
final class Replies {

  private Replies() {}

  static void json(HttpServerRequest http, int status, String body) {
    send(http, status, "application/json", body);
  }

  static void error(HttpServerRequest http, ApiError error) {
    if (error.status() == 429) {
      http.response().putHeader("Retry-After", "1");
    }
    json(http, error.status(), error.json());
  }

  static void html(HttpServerRequest http, int status) {
    String page =
        "<html><head><title>%1$s</title></head><body><h1>%1$s</h1></body></html>\n"
            .formatted(status);
    send(http, status, "text/html; charset=utf-8", page);
  }

  private static void send(HttpServerRequest http, int status, String contentType, String body) {
    if (http.response().closed() || http.response().ended()) {
      return;
    }
    http.response().setStatusCode(status).putHeader("Content-Type", contentType).end(body);
  }
}
