package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.HolySheepDevConsole;
import ai.holysheep.camel.chat.ActiveStream;
import ai.holysheep.camel.chat.StreamState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What those who run a context see of the streams that are under way. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ActiveStreamsTest extends StreamRouteTestSupport {

  @Override
  public void configureTest(TestExecutionConfiguration testExecutionConfiguration) {
    super.configureTest(testExecutionConfiguration);
    testExecutionConfiguration.withJMX(true);
  }

  @BeforeEach
  void oneTokenAndThenSilence() {
    server.then(peer -> peer.head().token("Hel").silence());
  }

  @Test
  void streamIsSeenWhileItIsUnderWay() throws Exception {
    assertThat(component().activeStreams()).isEmpty();
    CompletableFuture<Exchange> reading = read();
    ActiveStream stream = component().activeStreams().get(0);
    assertThat(stream.streamId()).isEqualTo(streamId());
    assertThat(stream.model()).isEqualTo("test-model");
    assertThat(stream.baseUrl()).hasToString(server.baseUrl());
    assertThat(stream.routeId()).isEqualTo("asking");
    assertThat(stream.age()).isPositive();
    assertThat(stream.state()).isEqualTo(StreamState.ANSWERING);
    assertThat(stream.attempt()).isEqualTo(1);
    assertThat(stream.chunkCount()).isEqualTo(1);
    component().cancelStream(stream.streamId());
    reading.get(10, TimeUnit.SECONDS);
    assertThat(component().activeStreams()).isEmpty();
  }

  @Test
  void consoleShowsStreamsAndEndsOne() throws Exception {
    CompletableFuture<Exchange> reading = read();
    DevConsole console = console();
    assertThat((String) console.call(MediaType.TEXT))
        .startsWith("Active: 1\n    " + streamId() + "  answering  age: ")
        .contains("chunks: 1  attempt: 1  model: test-model  route: asking  server: http://")
        .doesNotContain("key-1");
    JsonObject shown = (JsonObject) console.call(MediaType.JSON);
    JsonArray streams = shown.getCollection("activeStreams");
    assertThat(streams).hasSize(1);
    assertThat((JsonObject) streams.get(0))
        .containsEntry("streamId", streamId())
        .containsEntry("routeId", "asking")
        .containsEntry("chunkCount", 1L);

    Map<String, Object> other = Map.of(HolySheepDevConsole.CANCEL, "no-such-stream");
    assertThat((String) console.call(MediaType.TEXT, other)).startsWith("Cancelled: false\n");
    Map<String, Object> mine = Map.of(HolySheepDevConsole.CANCEL, streamId());
    assertThat((JsonObject) console.call(MediaType.JSON, mine)).containsEntry("cancelled", true);
    reading.get(10, TimeUnit.SECONDS);
    assertThat((String) console.call(MediaType.TEXT)).isEqualTo("Active: 0\nSessions: 0\n");
  }

  @Test
  void streamsAreSeenAndEndedByJmx() throws Exception {
    CompletableFuture<Exchange> reading = read();
    MBeanServer beans = context.getManagementStrategy().getManagementAgent().getMBeanServer();
    ObjectName name =
        beans
            .queryNames(
                new ObjectName("org.apache.camel:type=components,name=\"holysheep\",*"), null)
            .iterator()
            .next();
    assertThat(beans.getAttribute(name, "ActiveStreamCount")).isEqualTo(1);
    assertThat((List<?>) beans.invoke(name, "listActiveStreams", new Object[0], new String[0]))
        .singleElement()
        .asString()
        .contains(streamId());
    Object cancelled =
        beans.invoke(
            name, "cancelStream", new Object[] {streamId()}, new String[] {String.class.getName()});
    assertThat(cancelled).isEqualTo(true);
    reading.get(10, TimeUnit.SECONDS);
  }

  @Test
  void endpointCountsItsCallsInJmx() throws Exception {
    CompletableFuture<Exchange> reading = read();
    MBeanServer beans = context.getManagementStrategy().getManagementAgent().getMBeanServer();
    ObjectName name =
        beans.queryNames(new ObjectName("org.apache.camel:type=endpoints,*"), null).stream()
            .filter(bean -> bean.toString().contains("holysheep"))
            .findFirst()
            .orElseThrow();
    assertThat(beans.getAttribute(name, "ActiveCallCount")).isEqualTo(1);
    beans.invoke(
        name, "cancelStream", new Object[] {streamId()}, new String[] {String.class.getName()});
    reading.get(10, TimeUnit.SECONDS);
    server.then(StreamRouteTestSupport::hello);
    template.send("direct:ask", e -> e.getMessage().setBody("Hi"));
    server.then(peer -> peer.document(401, "application/json", "{}"));
    template.send("direct:ask", e -> e.getMessage().setBody("Hi"));
    assertThat(beans.getAttribute(name, "ActiveCallCount")).isEqualTo(0);
    assertThat(beans.getAttribute(name, "CancelledCallCount")).isEqualTo(1L);
    assertThat(beans.getAttribute(name, "CompletedCallCount")).isEqualTo(1L);
    assertThat(beans.getAttribute(name, "FailedCallCount")).isEqualTo(1L);
    assertThat(beans.getAttribute(name, "ReconnectCount")).isEqualTo(0L);
    assertThat((Long) beans.getAttribute(name, "TokenCount")).isEqualTo(10L + 2L);
  }

  private static ObjectName bean(MBeanServer beans, String type, String word) throws Exception {
    return beans.queryNames(new ObjectName("org.apache.camel:type=" + type + ",*"), null).stream()
        .filter(bean -> bean.toString().contains(word))
        .findFirst()
        .orElseThrow();
  }

  private DevConsole console() {
    DevConsole console =
        context
            .getCamelContextExtension()
            .getFactoryFinder("META-INF/services/org/apache/camel/dev-console/")
            .newInstance("holysheep", DevConsole.class)
            .orElseThrow();
    CamelContextAware.trySetCamelContext(console, context);
    return console;
  }

  private CompletableFuture<Exchange> read() throws Exception {
    routes(
        rb ->
            rb.from("direct:ask")
                .routeId("asking")
                .to(ask())
                .split(body())
                .streaming()
                .to("mock:parts"));
    CompletableFuture<Exchange> reading =
        template.asyncSend("direct:ask", e -> e.getMessage().setBody("Hi"));
    received("mock:parts", 1);
    return reading;
  }

  private String streamId() {
    return messages().get(0).getHeader(HolySheepConstants.STREAM_ID, String.class);
  }

  private HolySheepComponent component() {
    return context.getComponent("holysheep", HolySheepComponent.class);
  }
}
