package ai.holysheep.camel.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AgentModeTest {

  private final Simulator simulator =
      Simulator.start(SimulatorOptions.defaults().withPaceFactor(0));
  private final AgentClient client = new AgentClient(simulator);

  @AfterEach
  void close() {
    client.close();
    simulator.close();
  }

  @Test
  void theAnswerComesOverTheSocketThatTheReplyNames() throws Exception {
    List<JsonObject> frames = client.open("[[echo]]Hello there").until("done");

    assertThat(text(frames)).isEqualTo("Hello there");
    JsonObject usage = frames.get(frames.size() - 2).getJsonObject("usage");
    assertThat(usage.getInteger("completion_tokens")).isEqualTo(2);
    assertThat(usage.getValue("cost")).hasToString("8.4E-7");
    assertThat(frames.get(frames.size() - 1).getString("finish_reason")).isEqualTo("stop");
    assertThat(simulator.openSockets()).isEqualTo(1);
  }

  @Test
  void anOfferIsGoodOnce() {
    String url = client.ask("Hi").socket();
    client.openAt(url);
    assertThatThrownBy(() -> client.openAt(url)).hasMessageContaining("404");
  }

  @Test
  void withoutASocketTheSameRequestIsAnsweredWithEvents() {
    AgentClient.Reply reply = client.ask("[[nosocket]][[echo]]Hello");
    assertThat(reply.socket()).isNull();
    assertThat(reply.body()).contains("Hello").contains("[DONE]");
  }

  @Test
  void refusalsAreThoseOfAnyRequest() {
    assertThat(client.ask("[[status=429]]").status()).isEqualTo(429);
  }

  @Test
  void theConversationIsKept() throws Exception {
    client.open("[[echo]]one").until("done");
    client.say("context_update", new JsonObject().put("content", "It is night."));
    client.say("user_input", new JsonObject().put("content", "[[echo]]two"));
    List<JsonObject> frames = client.until("done");
    assertThat(text(frames)).isEqualTo("two");
    // Four messages: one, its answer, the context, two.
    assertThat(usage(frames).getInteger("prompt_tokens")).isGreaterThan(4 * 4);
    assertThat(simulator.clientFrames())
        .contains(
            new ClientFrame(
                simulator.clientFrames().get(0).sessionId(),
                "context_update",
                "{\"content\":\"It is night.\"}",
                7));
  }

  @Test
  void theTurnWaitsForItsTools() throws Exception {
    List<JsonObject> frames = client.open("[[tool=weather {}]]").until("tool_call");
    JsonObject call = frames.get(frames.size() - 1);
    assertThat(call.getString("name")).isEqualTo("weather");
    assertThat(call.getString("arguments")).isEqualTo("{}");

    client.say("tool_result", result("nobody's", "rain"));
    assertThat(client.next().getJsonObject("error").getString("code"))
        .isEqualTo("unknown_tool_call");

    client.say("tool_result", result(call.getString("id"), "sunny in Oslo"));
    List<JsonObject> rest = client.until("done");
    assertThat(text(rest)).contains("sunny in Oslo");
    assertThat(usage(rest).getInteger("completion_tokens"))
        .isGreaterThan(text(rest).split(" ").length);
  }

  @Test
  void aTurnMayEndToWaitForItsTools() throws Exception {
    List<JsonObject> frames = client.open("[[toolend]][[tool=weather {}]]").until("done");
    assertThat(frames.get(frames.size() - 1).getString("finish_reason")).isEqualTo("tool_calls");
    client.say("tool_result", result(frames.get(0).getString("id"), "sunny"));
    assertThat(text(client.until("done"))).contains("sunny");
  }

  @Test
  void anInterruptionEndsTheTurnWithItsUsage() throws Exception {
    client.open("[[stall=2]][[tokens=50]]");
    client.next();
    client.next();
    client.say("interrupt", new JsonObject());
    List<JsonObject> rest = client.until("done");
    assertThat(rest.get(1).getString("finish_reason")).isEqualTo("interrupted");
    assertThat(usage(rest).getInteger("completion_tokens")).isEqualTo(2);

    client.say("user_input", new JsonObject().put("content", "[[echo]]on"));
    assertThat(text(client.until("done"))).isEqualTo("on");
  }

  @Test
  void whatCannotBeUnderstoodIsSaid() throws Exception {
    client.open("[[stall=0]]");
    client.sayText("nonsense");
    assertThat(client.next().getJsonObject("error").getString("code")).isEqualTo("invalid_json");
    client.sayText("{}");
    assertThat(client.next().getJsonObject("error").getString("code")).isEqualTo("missing_type");
    client.say("user_input", new JsonObject().put("content", "Hi"));
    assertThat(client.next().getJsonObject("error").getString("code"))
        .isEqualTo("turn_in_progress");
    client.say("dance", new JsonObject());
    assertThat(client.next().getString("received")).isEqualTo("dance");
  }

  @Test
  void aSocketMayBeOpenedWithoutARequest() throws Exception {
    client.openAt("ws://127.0.0.1:" + simulator.port() + "/v1/ws");
    JsonObject message = new JsonObject().put("role", "user").put("content", "[[echo]]direct");
    client.say(
        "user_input",
        new JsonObject()
            .put("content", "[[echo]]direct")
            .put("model", "gpt-4.1")
            .put("messages", List.of(message)));
    assertThat(text(client.until("done"))).isEqualTo("direct");
  }

  @Test
  void faultsAreThoseThatThePromptAsksFor() throws Exception {
    assertThat(client.open("[[close=1:1012]]").closeCode()).isEqualTo(1012);
    assertThat(client.open("[[cut=1]]").closeCode()).isEqualTo(1006);
    List<JsonObject> odd = client.open("[[unknown]][[lateusage]][[echo]]a").until("usage");
    assertThat(odd.stream().map(frame -> frame.getString("type")))
        .endsWith("mood", "token", "done", "usage");
    assertThat(text(client.open("[[fragments=1]][[echo]]a\u00e9b").until("done")))
        .isEqualTo("a\u00e9b");
    assertThat(client.open("[[error=0]]").until("error")).isNotEmpty();
  }

  private static JsonObject result(String id, String result) {
    return new JsonObject().put("tool", "weather").put("result", result).put("tool_call_id", id);
  }

  private static JsonObject usage(List<JsonObject> frames) {
    return frames.stream()
        .filter(frame -> frame.getString("type").equals("usage"))
        .findFirst()
        .orElseThrow()
        .getJsonObject("usage");
  }

  private static String text(List<JsonObject> frames) {
    return frames.stream()
        .filter(frame -> frame.getString("type").equals("token"))
        .map(frame -> frame.getString("content"))
        .collect(Collectors.joining());
  }
}
