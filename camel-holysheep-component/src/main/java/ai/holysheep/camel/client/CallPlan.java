package ai.holysheep.camel.client;

import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.wire.RequestWriter;
import ai.holysheep.camel.wire.WrittenRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is sent for one call, in its first try and in the next. Belongs to the call's thread. */
final class CallPlan {

  private final RequestWriter requests;
  private final CallSettings settings;
  private final boolean stream;
  private final WrittenRequest original;
  private WrittenRequest request;

  CallPlan(RequestWriter requests, WrittenRequest request, CallSettings settings, boolean stream) {
    this.requests = requests;
    this.settings = settings;
    this.stream = stream;
    this.original = request;
    this.request = request;
  }

  URI uri() {
    return URI.create(settings.baseUrl() + "/chat/completions");
  }

  CallSettings settings() {
    return settings;
  }

  /** Whether the answer is to come in chunks. */
  boolean isStream() {
    return stream;
  }

  /** What the next try sends. */
  WrittenRequest request() {
    return request;
  }

  /** What the next try sends, as the transport sees it. */
  Call call() {
    Map<String, String> headers = new LinkedHashMap<>(settings.headers());
    headers.put("Accept", stream ? "text/event-stream, application/json" : "application/json");
    if (settings.apiKey() != null) {
      headers.put("Authorization", settings.apiKey().authorization());
    }
    return new Call(uri(), headers, request.body(), settings.limits());
  }

  /** Whether it makes sense to let the model go on after a text. */
  boolean isContinuable() {
    return original.continuable();
  }

  /** The next try lets the model go on after this text. */
  void goOnAfter(String text) {
    request = requests.continued(original, text, settings.continuation());
  }
}
