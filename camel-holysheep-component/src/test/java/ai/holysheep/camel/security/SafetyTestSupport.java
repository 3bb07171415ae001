package ai.holysheep.camel.security;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.testing.ScriptedServer.Peer;
import ai.holysheep.camel.testing.ScriptedServer.Script;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;

/** Servers, and a component that asks them with a key that must not be seen. */
abstract class SafetyTestSupport extends CamelTestSupport {

  static final String KEY = "sk-0123456789abcdef";

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  <T extends AutoCloseable> T opened(T one) {
    open.add(one);
    return one;
  }

  ScriptedServer server(Script... scripts) {
    return opened(new ScriptedServer(scripts));
  }

  /** A component of this name with the key. It starts with its first endpoint. */
  HolySheepComponent component(String name) {
    HolySheepComponent component = new HolySheepComponent();
    component.getConfiguration().setApiKey(KEY);
    context.getRegistry().bind(name, component);
    return component;
  }

  /** An endpoint; the only place that says what all of them have in common. */
  static String endpoint(String scheme, String baseUrl, String... options) {
    String more = options.length == 0 ? "" : "&" + String.join("&", options);
    return scheme + ":chat?model=test-model&maxReconnects=0&baseUrl=" + baseUrl + more;
  }

  /** Asks with the key of the options. */
  Exchange ask(String baseUrl, Map<String, Object> headers, String... options) {
    return send(endpoint("holysheep", baseUrl, options) + "&apiKey=" + KEY, headers);
  }

  Exchange send(String uri, Map<String, Object> headers) {
    return template.request(
        uri,
        exchange -> {
          exchange.getMessage().setBody("Hi");
          new HashMap<>(headers).forEach(exchange.getMessage()::setHeader);
        });
  }

  /** What the exchange failed with; it does not tell the key, wherever one looks. */
  static <T extends HolySheepException> T failure(Exchange exchange, Class<T> type) {
    assertThat(exchange.getException()).isInstanceOf(type);
    StringWriter all = new StringWriter();
    exchange.getException().printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain(KEY);
    return type.cast(exchange.getException());
  }

  static void assertHello(Exchange exchange) {
    if (exchange.getException() != null) {
      throw new AssertionError(exchange.getException());
    }
    assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("Hello");
  }

  /** The answer "Hello" in two tokens. */
  static void hello(Peer peer) throws Exception {
    peer.head().token("Hel").token("lo").finish();
  }
}
