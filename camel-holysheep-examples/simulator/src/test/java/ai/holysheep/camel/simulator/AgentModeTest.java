package ai.holysheep.camel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What client and server say to one another over a socket. */
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

    assertThat(Agents.text(frames)).isEqualTo("Hello there");
    assertThat(Agents.usage(frames).getInteger("prompt_tokens"))
        .isEqualTo(tokens("[[echo]]Hello there"));
    assertThat(Agents.usage(frames).getInteger("completion_tokens")).isEqualTo(2);
    assertThat(Agents.usage(frames).getInteger("total_tokens"))
        .isEqualTo(tokens("[[echo]]Hello there") + 2);
    assertThat(Agents.usage(frames).getValue("cost")).hasToString("8.4E-7");
    assertThat(Agents.last(frames).getString("finish_reason")).isEqualTo("stop");
    assertThat(simulator.openSockets()).isEqualTo(1);
    assertThat(simulator.closedSockets()).isZero();
  }

  @Test
  void anAnswerIsTheSameOverASocketAndInAReply() throws Exception {
    JsonObject request = AgentClient.request("Why? [[reasoning=3]]");
    List<JsonObject> frames = client.open(request).until("done");
    String events =
        new Client(simulator.baseUrl()).ask(Client.request("Why? [[reasoning=3]]")).toString();
    assertThat(events)
        .contains(new JsonObject().put("content", Agents.text(frames)).encode().substring(1, 40));
    assertThat(Agents.types(frames.subList(0, 4)))
        .containsExactly("reasoning", "reasoning", "reasoning", "token");
  }

  @Test
  void aLongAnswerArrivesComplete() throws Exception {
    List<JsonObject> frames = client.open("[[tokens=10000]]").until("done");
    assertThat(frames).hasSize(10_000 + 2);
    Client http = new Client(simulator.baseUrl());
    assertThat(Agents.text(frames))
        .isEqualTo(Client.content(http.ask(Client.request("[[tokens=10000]]"))));
  }

  @Test
  void anAnswerThatIsTooLongSaysSo() throws Exception {
    List<JsonObject> frames =
        client.open(AgentClient.request("Hi").put("max_tokens", 2)).until("done");
    assertThat(Agents.last(frames).getString("finish_reason")).isEqualTo("length");
  }

  @Test
  void theConversationIsKept() throws Exception {
    client.open("[[echo]]one").until("done");
    client.say("user_input", content("[[echo]]two"));
    List<JsonObject> frames = client.until("done");
    assertThat(Agents.text(frames)).isEqualTo("two");
    assertThat(Agents.usage(frames).getInteger("prompt_tokens"))
        .isEqualTo(tokens("[[echo]]one", "one", "[[echo]]two"));
  }

  @Test
  void contextUpdatesAreKnownToTheNextAnswer() throws Exception {
    client.open("[[echo]]one").until("done");
    client.say("context_update", content("It is night."));
    client.say("context_update", new JsonObject().put("lamp", "on"));
    client.say("context_update", new JsonObject().put("lamp", "off"));
    client.say("user_input", content("Well?"));
    assertThat(Agents.text(client.until("done")))
        .contains("I know 3 context updates, the last \u201c{\"lamp\":\"off\"}\u201d.");

    List<ClientFrame> heard = simulator.clientFrames();
    String session = heard.get(0).sessionId();
    assertThat(heard.get(0))
        .isEqualTo(new ClientFrame(session, "context_update", "{\"content\":\"It is night.\"}", 7));
    assertThat(heard).hasSize(4).allMatch(frame -> frame.sessionId().equals(session));
  }

  @Test
  void contextMayChangeWhileTheModelSpeaks() throws Exception {
    client.open("[[stall=1]]");
    client.say("context_update", content("It is night."));
    client.say("interrupt", new JsonObject());
    client.until("done");
    client.say("user_input", content("Well?"));
    assertThat(Agents.text(client.until("done"))).contains("I know 1 context update,");
  }

  @Test
  void theTurnWaitsForItsTools() throws Exception {
    List<JsonObject> frames = client.open("[[tool=weather {}]]").until("tool_call");
    JsonObject call = Agents.last(frames);
    assertThat(call.getString("name")).isEqualTo("weather");
    assertThat(call.getString("arguments")).isEqualTo("{}");

    client.say("user_input", content("Hi"));
    assertThat(Agents.code(client.next())).isEqualTo("turn_in_progress");
    client.say("tool_result", result("nobody's", "rain"));
    assertThat(Agents.code(client.next())).isEqualTo("unknown_tool_call");

    client.say("tool_result", result(call.getString("id"), "sunny in Oslo"));
    List<JsonObject> rest = client.until("done");
    assertThat(Agents.text(rest)).contains("sunny in Oslo");
    // The tokens of the call are part of the turn.
    assertThat(Agents.usage(rest).getInteger("completion_tokens"))
        .isGreaterThan((int) rest.stream().filter(f -> f.containsKey("content")).count());
  }

  @Test
  void theTurnGoesOnWhenAllToolsHaveAnsweredInAnyOrder() throws Exception {
    client.open("[[tool=weather {\"city\":\"Oslo\"}]][[tool=weather {\"city\":\"Rome\"}]]");
    JsonObject oslo = client.next();
    JsonObject rome = client.next();
    assertThat(rome.getString("arguments")).contains("Rome");
    client.say("tool_result", result(rome.getString("id"), new JsonObject().put("sun", 8)));
    client.say("still there?", new JsonObject());
    assertThat(client.next().getString("type")).isEqualTo("ack");
    client.say("tool_result", result(oslo.getString("id"), "rain"));
    assertThat(Agents.text(client.until("done")))
        .contains("\u201crain\u201d", "\u201c{\"sun\":8}\u201d");
  }

  @Test
  void aResultThatComesBeforeTheLastCallDoesNotEndTheCalls() throws Exception {
    String longer = "{\"cities\":\"" + "Rome ".repeat(60) + "\"}";
    try (Simulator slow = Simulator.start(SimulatorOptions.defaults().withPaceFactor(0.5));
        AgentClient asking = new AgentClient(slow)) {
      asking.open("[[tool=weather {}]][[tool=weather " + longer + "]]");
      asking.say("tool_result", result(asking.next().getString("id"), "rain"));
      JsonObject second = asking.next();
      assertThat(second.getString("arguments")).isEqualTo(longer);
      asking.say("tool_result", result(second.getString("id"), "sun"));
      assertThat(Agents.text(asking.until("done"))).contains("\u201crain\u201d", "\u201csun\u201d");
    }
  }

  @Test
  void aResultWithoutTheIdOfACallIsForTheFirstOfItsTool() throws Exception {
    client.open("[[tool=weather {}]]").until("tool_call");
    client.say("tool_result", new JsonObject().put("tool", "weather").put("result", "rain"));
    assertThat(Agents.text(client.until("done"))).contains("\u201crain\u201d");
  }

  @Test
  void aTurnMayEndToWaitForItsTools() throws Exception {
    List<JsonObject> frames = client.open("[[toolend]][[tool=weather {}]]").until("done");
    assertThat(Agents.types(frames)).containsExactly("tool_call", "usage", "done");
    assertThat(Agents.last(frames).getString("finish_reason")).isEqualTo("tool_calls");
    // No turn is under way.
    client.say("interrupt", new JsonObject());
    client.say("tool_result", result(frames.get(0).getString("id"), "sunny"));
    List<JsonObject> rest = client.until("done");
    assertThat(Agents.text(rest)).contains("sunny");
    assertThat(Agents.last(rest).getString("finish_reason")).isEqualTo("stop");
    assertThat(Agents.usage(rest).getInteger("completion_tokens"))
        .isEqualTo((int) rest.stream().filter(f -> f.containsKey("content")).count());
  }

  @Test
  void anInterruptionEndsTheTurnWithItsUsageAndIsRemembered() throws Exception {
    client.open("[[stall=2]][[echo]]one two three");
    client.next();
    client.next();
    client.say("interrupt", new JsonObject());
    List<JsonObject> rest = client.until("done");
    assertThat(Agents.types(rest)).containsExactly("usage", "done");
    assertThat(Agents.last(rest).getString("finish_reason")).isEqualTo("interrupted");
    assertThat(Agents.usage(rest).getInteger("completion_tokens")).isEqualTo(2);

    client.say("interrupt", new JsonObject());
    client.say("user_input", content("[[echo]]on"));
    List<JsonObject> next = client.until("done");
    assertThat(Agents.types(next)).containsExactly("token", "usage", "done");
    assertThat(Agents.usage(next).getInteger("prompt_tokens"))
        .isEqualTo(tokens("[[stall=2]][[echo]]one two three", "one two", "[[echo]]on"));
  }

  @Test
  void anInterruptedTurnDoesNotWaitForItsTools() throws Exception {
    JsonObject call = Agents.last(client.open("[[tool=weather {}]]").until("tool_call"));
    client.say("interrupt", new JsonObject());
    assertThat(Agents.last(client.until("done")).getString("finish_reason"))
        .isEqualTo("interrupted");
    client.say("tool_result", result(call.getString("id"), "late"));
    assertThat(Agents.code(client.next())).isEqualTo("unknown_tool_call");
  }

  @Test
  void whatCannotBeUnderstoodIsSaidAndTheSessionGoesOn() throws Exception {
    client.open("[[stall=0]]");
    client.sayText("nonsense");
    assertThat(Agents.code(client.next())).isEqualTo("invalid_json");
    client.sayBinary();
    assertThat(Agents.code(client.next())).isEqualTo("invalid_json");
    for (String untyped : List.of("{}", "[]", "7")) {
      client.sayText(untyped);
      JsonObject error = client.next().getJsonObject("error");
      assertThat(error.getString("code")).isEqualTo("missing_type");
      assertThat(error.getString("type")).isEqualTo("invalid_request_error");
    }
    client.say("user_input", content("Hi"));
    assertThat(Agents.code(client.next())).isEqualTo("turn_in_progress");
    client.say("dance", new JsonObject());
    assertThat(client.next().getString("received")).isEqualTo("dance");
  }

  @Test
  void whatIsRefusedIsNotPartOfTheConversation() throws Exception {
    client.open("[[echo]]one").until("done");
    client.say("user_input", new JsonObject());
    assertThat(Agents.code(client.next())).isEqualTo("missing_required_parameter");
    client.say("user_input", new JsonObject().put("messages", "none"));
    assertThat(Agents.code(client.next())).isEqualTo("invalid_type");
    client.say("user_input", content("[[tokens=many]]"));
    assertThat(Agents.code(client.next())).isEqualTo("invalid_directive");
    client.sayText("{\"type\":\"context_update\"}");
    assertThat(Agents.code(client.next())).isEqualTo("missing_required_parameter");
    client.say("user_input", content("[[echo]]two"));
    assertThat(Agents.usage(client.until("done")).getInteger("prompt_tokens"))
        .isEqualTo(tokens("[[echo]]one", "one", "[[echo]]two"));
  }

  @Test
  void aSocketMayBeOpenedWithoutARequest() throws Exception {
    client.openDirectly();
    client.say("user_input", content("Which model?"));
    assertThat(Agents.code(client.next())).isEqualTo("missing_required_parameter");
    JsonArray messages =
        new JsonArray()
            .add(AgentClient.message("user", "Hi"))
            .add(AgentClient.message("assistant", "Hello"))
            .add(AgentClient.message("user", "[[echo]]direct"));
    client.say(
        "user_input", content("[[echo]]direct").put("model", "gpt-4.1").put("messages", messages));
    List<JsonObject> frames = client.until("done");
    assertThat(Agents.text(frames)).isEqualTo("direct");
    assertThat(Agents.usage(frames).getValue("cost")).isEqualTo(0.000008);
    client.say("user_input", content("Which model now?"));
    assertThat(Agents.text(client.until("done"))).contains("gpt-4.1");
  }

  @Test
  void aConversationMayBeAsLongAsABody() throws Exception {
    client.openDirectly();
    JsonArray messages = new JsonArray();
    messages.add(AgentClient.message("user", "x".repeat(ApiServer.MAX_BODY_BYTES / 2)));
    client.say("user_input", new JsonObject().put("model", "gpt-4.1").put("messages", messages));
    assertThat(Agents.last(client.until("done")).getString("finish_reason")).isEqualTo("stop");
  }

  @Test
  void theStopOfTheSimulatorClosesSocketsAsGoingAway() throws Exception {
    client.open("[[stall=0]]");
    try (AgentClient muted = new AgentClient(simulator)) {
      muted.open("[[mute=0]]");
      simulator.close();
      assertThat(client.closeCode()).isEqualTo(1001);
      assertThat(muted.closeCode()).isEqualTo(1001);
    }
    assertThat(simulator.closedSockets()).isEqualTo(2);
    assertThat(simulator.openSockets()).isZero();
  }

  @Test
  void theStopDoesNotWaitForAClientThatDoesNotRead() throws Exception {
    client.open("[[tokens=1000000]]");
    client.next();
    client.stopReading();
    simulator.close();
    assertThat(simulator.openSockets()).isZero();
    client.leave();
  }

  /** How many tokens a conversation has. */
  private static int tokens(String... messages) {
    return Stream.of(messages).mapToInt(text -> 4 + Tokenizer.count(text)).sum();
  }

  private static JsonObject content(String content) {
    return new JsonObject().put("content", content);
  }

  private static JsonObject result(String id, Object result) {
    return new JsonObject().put("tool", "weather").put("result", result).put("tool_call_id", id);
  }
}
