package ai.holysheep.camel.examples.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.simulator.SimulatorExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.component.vertx.websocket.VertxWebsocketConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are sent to browsers, token by token, through camel-vertx-websocket. */
@Timeout(120)
class WebSocketTest {

  @RegisterExtension static final SimulatorExtension SIMULATOR = new SimulatorExtension();

  private static final String ORIGIN = "https://shop.example";
  private static final String STALLED = "[[stall=2]][[echo]]one two three";

  private final BlockingQueue<HolySheepException> failures = new LinkedBlockingQueue<>();
  private DefaultCamelContext context;
  private String address;

  @BeforeEach
  void start() throws Exception {
    int port = freePort();
    address = "ws://127.0.0.1:" + port + "/chat";
    context = new DefaultCamelContext();
    context.getPropertiesComponent().addInitialProperty("port", String.valueOf(port));
    context.getPropertiesComponent().addInitialProperty("origin", ORIGIN);
    context.getPropertiesComponent().addInitialProperty("model", "deepseek-v3.2");
    HolySheepComponent holySheep = context.getComponent("holysheep", HolySheepComponent.class);
    holySheep.getConfiguration().setBaseUrl(SIMULATOR.baseUrl());
    holySheep.getConfiguration().setApiKey("any-key");
    SocketRoutes routes = new SocketRoutes();
    routes
        .onException(HolySheepException.class)
        .handled(true)
        .process(
            failed ->
                failures.add(
                    failed.getProperty(Exchange.EXCEPTION_CAUGHT, HolySheepException.class)));
    context.addRoutes(routes);
    context.start();
    SIMULATOR.simulator().clearRequests();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void eachTokenIsAFrameAndTheUsageIsTheLast() throws Exception {
    Browser browser = new Browser(address, ORIGIN);
    browser.ask("[[echo]]one two three");
    List<String> frames = browser.read(4);
    assertThat(frames.get(0)).contains("\"type\":\"token\"", "\"content\":\"one\"");
    assertThat(frames.get(1)).contains("\"content\":\" two\"");
    assertThat(frames.get(2)).contains("\"content\":\" three\"");
    assertThat(frames.get(3)).contains("\"type\":\"usage\"");
    browser.leave();
  }

  @Test
  void frameIsThereWhileTheModelStillWrites() throws Exception {
    Browser browser = new Browser(address, ORIGIN);
    browser.ask(STALLED);
    assertThat(browser.read(2).get(1)).contains("\"content\":\" two\"");
    assertThat(SIMULATOR.simulator().openStreams()).isEqualTo(1);
    browser.leave();
    failure();
  }

  @Test
  void eachBrowserGetsItsOwnAnswer() throws Exception {
    Browser first = new Browser(address, ORIGIN);
    Browser second = new Browser(address, ORIGIN);
    first.ask("[[echo]]one two three");
    second.ask("[[echo]]four five six");
    assertThat(String.join("", first.read(4))).contains("one", " two", " three");
    assertThat(String.join("", second.read(4))).contains("four", " five", " six");
    first.leave();
    second.leave();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void streamEndsWhenItsBrowserLeavesThoughTheModelIsSilent(boolean withoutAWord) throws Exception {
    Consumer<Browser> leaving = withoutAWord ? Browser::vanish : Browser::leave;
    Browser another = new Browser(address, ORIGIN);
    Browser browser = new Browser(address, ORIGIN);
    browser.ask(STALLED);
    browser.read(2);
    leaving.accept(browser);
    HolySheepException failure = failure();
    assertThat(failure).isInstanceOf(CallCancelledException.class);
    assertThat(failure.getPartialText()).contains("one two");
    assertThat(SIMULATOR.simulator().requests()).hasSize(1);
    another.ask("[[echo]]four");
    assertThat(another.read(2).get(0)).contains("four");
    another.leave();
  }

  @Test
  void streamEndsAtItsFirstPartWhenItsBrowserHasLeftBefore() {
    Exchange failed =
        context
            .createProducerTemplate()
            .request(
                "holysheep:chat?model=deepseek-v3.2&bodyFormat=json&streamTo=direct:frames",
                exchange -> {
                  exchange.getMessage().setBody("[[tokens=1000]]");
                  exchange.getMessage().setHeader(VertxWebsocketConstants.CONNECTION_KEY, "gone");
                });
    assertThat(failed.getException())
        .isInstanceOf(CallCancelledException.class)
        .hasMessageContaining("The browser has left");
  }

  @Test
  void partForABrowserThatHasLeftIsNeverAQuestion() {
    assertThatThrownBy(
            () ->
                context
                    .createProducerTemplate()
                    .sendBodyAndHeader(
                        "vertx-websocket:127.0.0.1:{{port}}/chat",
                        "a token",
                        VertxWebsocketConstants.CONNECTION_KEY,
                        "gone"))
        .hasStackTraceContaining("403");
    assertThat(SIMULATOR.simulator().requests()).isEmpty();
  }

  private HolySheepException failure() throws InterruptedException {
    HolySheepException failure = failures.poll(30, TimeUnit.SECONDS);
    assertThat(failure).as("what the asking route fails with").isNotNull();
    return failure;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
