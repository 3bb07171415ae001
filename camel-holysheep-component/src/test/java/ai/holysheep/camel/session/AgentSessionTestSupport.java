package ai.holysheep.camel.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.testing.AgentServer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A Camel context and a server of agent sessions whose model is a script. */
abstract class AgentSessionTestSupport extends CamelTestSupport {

  AgentServer server;

  /** Whether the server offers a socket. */
  abstract boolean hasSocket();

  void serve(AgentServer.Script script) throws Exception {
    server = new AgentServer(hasSocket(), script);
    routes(r -> r.from("direct:ask").toD(agent()));
  }

  @AfterEach
  void closeServer() {
    if (server != null) {
      server.close();
    }
  }

  String url() {
    return server.baseUrl();
  }

  /** The endpoint of session s1, with further options. */
  String agent(String... options) {
    Map<String, String> all = new HashMap<>();
    all.put("session", "s1");
    all.put("model", "test-model");
    all.put("apiKey", "key-1");
    all.put("reconnectDelay", "0");
    all.put("baseUrl", url());
    for (String option : options) {
      String[] pair = option.split("=", 2);
      all.put(pair[0], pair[1]);
    }
    all.values().removeIf(String::isEmpty);
    return "holysheep:agent?"
        + all.entrySet().stream()
            .map(option -> option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining("&"));
  }

  void routes(LambdaRouteBuilder routes) throws Exception {
    RouteBuilder.addRoutes(context, routes);
  }

  /** The stream of a turn. */
  ChatStream ask(Object input, String... options) {
    return template.requestBody(agent(options), input, ChatStream.class);
  }

  Message askIn(String session, Object input) {
    return template
        .request(
            agent(),
            e -> {
              e.getMessage().setBody(input);
              e.getMessage().setHeader(HolySheepConstants.SESSION_ID, session);
            })
        .getMessage();
  }

  /** Says something into the session that begins no turn. */
  void tell(String event, @Nullable Object body, Map<String, Object> headers) {
    Map<String, Object> all = new HashMap<>(headers);
    all.put(HolySheepConstants.CLIENT_EVENT, event);
    template.sendBodyAndHeaders(agent(), body, all);
  }

  static List<Message> take(ChatStream stream) {
    List<Message> parts = new ArrayList<>();
    while (stream.hasNext()) {
      parts.add(stream.next());
    }
    return parts;
  }

  /** What the mock has received, once that many have come; its own latch must be set before. */
  List<Message> parts(int count) {
    MockEndpoint mock = getMockEndpoint("mock:parts");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (mock.getExchanges().size() < count && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(mock.getExchanges()).hasSize(count);
    return mock.getExchanges().stream().map(Exchange::getMessage).toList();
  }

  static List<Object> types(List<Message> parts) {
    return parts.stream().map(part -> part.getHeader(HolySheepConstants.EVENT_TYPE)).toList();
  }

  static List<Object> indexes(List<Message> parts) {
    return parts.stream().map(part -> part.getHeader(HolySheepConstants.INDEX)).toList();
  }

  /** The text of all tokens. */
  static String text(List<Message> parts) {
    return parts.stream()
        .filter(part -> "token".equals(part.getHeader(HolySheepConstants.EVENT_TYPE)))
        .map(part -> part.getBody(String.class))
        .collect(Collectors.joining());
  }

  static String roles(List<JsonObject> messages) {
    return messages.stream()
        .map(message -> message.getString("role"))
        .collect(Collectors.joining(" "));
  }

  static String last(List<JsonObject> messages) {
    return messages.get(messages.size() - 1).getString("role");
  }

  static String contents(List<JsonObject> messages, String role) {
    return messages.stream()
        .filter(message -> Objects.equals(message.getString("role"), role))
        .map(message -> message.getString("content"))
        .collect(Collectors.joining(" "));
  }
}
