package ai.holysheep.camel.catalogue;

import static ai.holysheep.camel.catalogue.Words.FINISH;
import static ai.holysheep.camel.catalogue.Words.HEL;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.catalogue.Asking.Question;
import ai.holysheep.camel.error.RequestRejectedException;
import java.util.List;
import java.util.Map;

/** What a route may ask, and what of it reaches the server. */
final class Requests {

  private static final String MODEL = HolySheepConstants.MODEL;

  private Requests() {}

  static Group group() {
    return Group.group(
        "Requests",
        sent("A prompt is one message of the user", "Hi", body("test-model", "Hi")),
        sent("Half a character is sent as U+FFFD", "a\ud83db", body("test-model", "a\uFFFDb")),
        sent(
            "Half a character that was escaped is sent as U+FFFD",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"a\\ud83db\"}]}",
            body("test-model", "a\uFFFDb")),
        sent("A whole character is sent as it is", "羊🐑", body("test-model", "羊🐑")),
        sent(
            "Control characters and quotes are escaped",
            "a\u0001\"\\\r\n",
            body("test-model", "a\\u0001\\\"\\\\\\r\\n")),
        sent(
            "A prompt may have megabytes",
            "x".repeat(5_000_000),
            body("test-model", "x".repeat(5_000_000))),
        model("A model's name may be a path", "a/../b", "a/../b"),
        model(
            "A model's name with line ends reaches the body alone", "a\r\nX-B: c", "a\\r\\nX-B: c"),
        model("A model's name with quotes is escaped", "a\",\"b\":\"c", "a\\\",\\\"b\\\":\\\"c"),
        model("A model's name may be of any letters", "羊", "羊"),
        refused("An empty prompt is not sent", "", "prompt is empty"),
        refused("Blanks are no prompt", " \n", "prompt is empty"),
        refused("No body is no prompt", null, "prompt is empty"),
        refused("An empty conversation is not sent", List.of(), "no messages"),
        refused("An object of another kind is no prompt", new Object(), "cannot be made a prompt"),
        refused("Binary data is no prompt", new byte[] {1, 0, 2}, "NUL character"),
        refused("A conversation must be a list", Map.of("messages", "Hi"), "'messages'"),
        header(
            "A message cannot send the key elsewhere",
            HolySheepConstants.BASE_URL,
            "http://127.0.0.1:9",
            "allowConnectionHeaders"),
        header(
            "A message cannot bring a key",
            HolySheepConstants.API_KEY,
            "other",
            "allowConnectionHeaders"),
        header(
            "A message cannot set the header of the key",
            HolySheepConstants.ADDITIONAL_HEADERS,
            Map.of("Authorization", "x"),
            "cannot be set by a message"),
        header(
            "A message cannot decide how long the request is",
            HolySheepConstants.ADDITIONAL_HEADERS,
            Map.of("content-length", "1"),
            "cannot be set by a message"),
        header(
            "A header with line ends is not sent",
            HolySheepConstants.ADDITIONAL_HEADERS,
            Map.of("X-A", "a\r\nX-B: b"),
            "cannot be sent"));
  }

  private static String body(String model, String content) {
    return "{\"model\":\""
        + model
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\""
        + content
        + "\"}],\"stream\":true,\"stream_options\":{\"include_usage\":true}}";
  }

  private static WireFault sent(String rule, String prompt, String body) {
    return fault(rule, prompt, prompt, Map.of(), null, Verdict.sent(body));
  }

  private static WireFault model(String rule, String model, String written) {
    String words = MODEL + ": " + model;
    return fault(rule, words, "Hi", Map.of(MODEL, model), null, Verdict.sent(body(written, "Hi")));
  }

  private static WireFault refused(String rule, Object body, String fragment) {
    String words =
        body instanceof String || body == null ? "" + body : body.getClass().getSimpleName();
    return fault(rule, words, body, Map.of(), fragment, rejected(fragment));
  }

  private static WireFault header(String rule, String name, Object value, String fragment) {
    String words = name + ": " + value;
    return fault(rule, words, "Hi", Map.of(name, value), fragment, rejected(fragment));
  }

  private static String rejected(String fragment) {
    return Verdict.failure(RequestRejectedException.class, fragment);
  }

  private static WireFault fault(
      String rule,
      String arrives,
      Object body,
      Map<String, Object> headers,
      String fragment,
      String verdict) {
    Question question = new Question("&stream=true", body, headers);
    return new WireFault(
        rule,
        Words.shown(arrives),
        fragment,
        verdict,
        (delivery, words) ->
            Asking.shared()
                .send(
                    peer -> {
                      peer.head();
                      for (byte[] piece : delivery.cut(Words.bytes(HEL + FINISH))) {
                        peer.body(piece);
                      }
                      peer.end();
                    },
                    question,
                    words));
  }
}
