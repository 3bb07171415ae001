package ai.holysheep.camel;

import ai.holysheep.camel.chat.ActiveSession;
import ai.holysheep.camel.chat.ActiveStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/**
 * Shows the calls to language models that are under way, and ends the one whose id is in the option
 * {@code cancel}.
 */
@DevConsole(
    name = "holysheep",
    displayName = "HolySheep",
    description = "Calls to language models that are under way")
public class HolySheepDevConsole extends AbstractDevConsole {

  /** The option with the id of the stream that is to be ended. */
  public static final String CANCEL = "cancel";

  /** The console of the Camel context that it is given. */
  public HolySheepDevConsole() {
    super("camel", "holysheep", "HolySheep", "Calls to language models that are under way");
  }

  @Override
  protected String doCallText(Map<String, Object> options) {
    String cancelled = options.containsKey(CANCEL) ? "Cancelled: " + cancel(options) + "\n\n" : "";
    List<ActiveStream> streams = streams();
    return cancelled
        + "Active: "
        + streams.size()
        + "\n"
        + streams.stream().map(HolySheepDevConsole::line).collect(Collectors.joining())
        + "Sessions: "
        + sessions().size()
        + "\n"
        + sessions().stream().map(HolySheepDevConsole::line).collect(Collectors.joining())
        + spent();
  }

  private static String line(ActiveSession session) {
    return String.format(
        "    %s  %s  turn: %s  stream: %s  queued: %d%n",
        session.sessionId(),
        session.socket() ? "socket" : "requests",
        session.turn() == null ? "-" : session.turn(),
        session.streamId() == null ? "-" : session.streamId(),
        session.queuedTurnCount());
  }

  /** Of components with a budget alone: otherwise nobody has asked for the figures. */
  private String spent() {
    return components()
        .filter(component -> component.getBudgetTokens() > 0 || component.getBudgetCost() > 0)
        .map(
            component ->
                String.format(
                    "Spent within %d s: %d tokens, %s US dollars%n",
                    component.getBudgetWindow() / 1000,
                    component.getSpentTokens(),
                    component.getSpentDollars().toPlainString()))
        .collect(Collectors.joining());
  }

  private static String line(ActiveStream stream) {
    return String.format(
        "    %s  %s  age: %dms  chunks: %d  attempt: %d  model: %s  route: %s  server: %s%n",
        stream.streamId(),
        stream.state().word(),
        stream.age().toMillis(),
        stream.chunkCount(),
        stream.attempt(),
        stream.model(),
        stream.routeId() == null ? "-" : stream.routeId(),
        stream.baseUrl());
  }

  @Override
  protected JsonObject doCallJson(Map<String, Object> options) {
    JsonObject root = new JsonObject();
    if (options.containsKey(CANCEL)) {
      root.put("cancelled", cancel(options));
    }
    JsonArray streams = new JsonArray();
    streams().forEach(stream -> streams.add(json(stream)));
    root.put("activeStreams", streams);
    JsonArray sessions = new JsonArray();
    sessions().forEach(session -> sessions.add(json(session)));
    root.put("sessions", sessions);
    return root;
  }

  private static JsonObject json(ActiveSession session) {
    JsonObject json = new JsonObject();
    json.put("sessionId", session.sessionId());
    json.put("socket", session.socket());
    if (session.streamId() != null) {
      json.put("streamId", session.streamId());
      json.put("turn", session.turn());
    }
    json.put("queuedTurnCount", session.queuedTurnCount());
    return json;
  }

  private static JsonObject json(ActiveStream stream) {
    JsonObject json = new JsonObject();
    json.put("streamId", stream.streamId());
    json.put("model", stream.model());
    json.put("baseUrl", stream.baseUrl().toString());
    if (stream.routeId() != null) {
      json.put("routeId", stream.routeId());
    }
    json.put("age", stream.age().toMillis());
    json.put("state", stream.state().word());
    json.put("attempt", stream.attempt());
    json.put("chunkCount", stream.chunkCount());
    return json;
  }

  private boolean cancel(Map<String, Object> options) {
    String streamId = String.valueOf(options.get(CANCEL));
    return components().anyMatch(component -> component.cancelStream(streamId));
  }

  private List<ActiveStream> streams() {
    return components().flatMap(component -> component.activeStreams().stream()).toList();
  }

  private List<ActiveSession> sessions() {
    return components().flatMap(component -> component.activeSessions().stream()).toList();
  }

  /** A context may have several, by different names. */
  private Stream<HolySheepComponent> components() {
    return getCamelContext().getComponentNames().stream()
        .map(getCamelContext()::hasComponent)
        .filter(HolySheepComponent.class::isInstance)
        .map(HolySheepComponent.class::cast);
  }
}
