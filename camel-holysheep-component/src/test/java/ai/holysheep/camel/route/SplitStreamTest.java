package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.testing.Chunks;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream that a split makes exchanges of. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SplitStreamTest extends StreamRouteTestSupport {

  private final CountDownLatch firstRouted = new CountDownLatch(1);

  @Test
  void tokenIsRoutedBeforeTheNextOneHasArrived() throws Exception {
    server.then(peer -> peer.head().token("Hel").await(firstRouted).token("lo").finish());
    splitting();
    template.sendBody("direct:ask", "Hi");
    assertHello();
  }

  @Test
  void lastPartSaysThatItIsTheLast() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    splitting();
    template.sendBody("direct:ask", "Hi");
    List<Exchange> parts = received("mock:parts", 3);
    assertThat(parts)
        .extracting(part -> part.getProperty(Exchange.SPLIT_COMPLETE))
        .containsExactly(false, false, true);
    assertThat(parts.get(2).getProperty(Exchange.SPLIT_SIZE)).isEqualTo(3);
  }

  @Test
  void partsCarryTheHeadersOfTheMessageThatIsSplit() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:ask")
                .setProperty("property", rb.constant("p"))
                .to(ask())
                .setHeader("between", rb.constant("b"))
                .split(body())
                .streaming()
                .to("mock:parts"));
    template.sendBodyAndHeader("direct:ask", "Hi", "correlation", "c-7");
    List<Exchange> parts = received("mock:parts", 3);
    assertThat(parts).allMatch(part -> "p".equals(part.getProperty("property")));
    assertThat(messages())
        .allSatisfy(
            part ->
                assertThat(part.getHeaders())
                    .containsEntry("correlation", "c-7")
                    .containsEntry("between", "b")
                    .containsEntry(HolySheepConstants.RESPONSE_MODEL, "test-model")
                    .containsEntry(HolySheepConstants.RESPONSE_ID, "chatcmpl-1"));
    assertThat(messages())
        .extracting(part -> part.getHeader(HolySheepConstants.STREAM_ID))
        .doesNotContainNull()
        .containsOnly(messages().get(0).getHeader(HolySheepConstants.STREAM_ID));
  }

  @Test
  void headerOfOnePartIsNotSeenByTheNext() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask())
                .split(body())
                .streaming()
                .to("mock:parts")
                .setHeader("mine", rb.constant("m")));
    template.sendBody("direct:ask", "Hi");
    assertHello();
    assertThat(messages().subList(1, 3)).allMatch(part -> part.getHeader("mine") == null);
  }

  @Test
  void everyTypeOfEventIsAPart() throws Exception {
    server.then(
        peer -> {
          peer.head().event(Chunks.reasoning("Hm")).token("Hel");
          peer.event(
              Chunks.chunk(
                  "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":"
                      + "{\"name\":\"look\",\"arguments\":\"{\\\"a\\\"\"}}]}",
                  null));
          peer.event(
              Chunks.chunk(
                  "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]}", null));
          peer.event(Chunks.finish("tool_calls")).event(Chunks.usage(7, 3)).done();
        });
    splitting();
    template.sendBody("direct:ask", "Hi");
    received("mock:parts", 4);
    assertThat(messages())
        .extracting(part -> part.getHeader(HolySheepConstants.EVENT_TYPE))
        .containsExactly("reasoning", "token", "tool_call", "usage");
    ToolCall call = messages().get(2).getBody(ToolCall.class);
    assertThat(call.arguments()).isEqualTo("{\"a\":1}");
    assertThat(messages().get(2).getBody(String.class)).startsWith("{").contains("look");
    assertThat(messages().get(3).getHeader(HolySheepConstants.FINISH_REASON))
        .isEqualTo("tool_calls");
  }

  @Test
  void partsOfSeveralAnswersNameTheirAnswer() throws Exception {
    server.then(
        peer -> {
          peer.head().event(Chunks.chunk(0, "{\"content\":\"a\"}", null));
          peer.event(Chunks.chunk(1, "{\"content\":\"b\"}", null));
          peer.event(Chunks.chunk(0, "{}", "stop")).event(Chunks.chunk(1, "{}", "stop")).done();
        });
    splitting("n=2");
    template.sendBody("direct:ask", "Hi");
    received("mock:parts", 3);
    assertThat(messages())
        .extracting(part -> part.getHeader(HolySheepConstants.CHOICE_INDEX))
        .containsExactly(0, 1, null);
  }

  @Test
  void jsonBodiesAreOneObjectEach() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    splitting("bodyFormat=json");
    template.sendBody("direct:ask", "Hi");
    List<String> texts = texts(3);
    assertThat(texts)
        .allMatch(text -> text.startsWith("{") && text.endsWith("}") && !text.contains("\n"));
    assertThat(texts.get(0)).contains("\"type\":\"token\"", "\"index\":0", "\"Hel\"");
    assertThat(texts.get(2)).contains("\"type\":\"usage\"", "\"total_tokens\":10");
  }

  @Test
  void objectBodiesAreTheEvents() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    splitting("bodyFormat=object");
    template.sendBody("direct:ask", "Hi");
    received("mock:parts", 3);
    assertThat(messages().get(0).getBody()).isInstanceOf(TextReceived.class);
    assertThat(messages().get(2).getBody()).isInstanceOf(CallEnded.class);
    assertThat(messages().get(0).getBody(String.class)).startsWith("{\"type\":\"token\"");
  }

  @Test
  void usageOfTheServerIsTheLastPart() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    splitting();
    template.sendBody("direct:ask", "Hi");
    received("mock:parts", 3);
    Message last = messages().get(2);
    assertThat(last.getBody()).isInstanceOf(Usage.class);
    assertThat(last.getHeaders())
        .containsEntry(HolySheepConstants.PROMPT_TOKENS, 7L)
        .containsEntry(HolySheepConstants.TOTAL_TOKENS, 10L)
        .containsEntry(HolySheepConstants.USAGE_SOURCE, "server")
        .containsEntry(HolySheepConstants.FINISH_REASON, "stop")
        .containsEntry(HolySheepConstants.CHUNK_COUNT, 2L);
  }

  @Test
  void missingUsageIsEstimatedAndSaidToBe() throws Exception {
    server.then(peer -> peer.head().token("Hel").token("lo").event(Chunks.finish("stop")).done());
    splitting();
    template.sendBody("direct:ask", "Hi");
    assertHello();
    assertThat(messages().get(2).getHeader(HolySheepConstants.USAGE_SOURCE)).isEqualTo("estimated");
  }

  @Test
  void unreadableEventsAreSkippedAndCounted() throws Exception {
    server.then(peer -> peer.head().token("Hel").event("{oops").token("lo").finish());
    splitting();
    template.sendBody("direct:ask", "Hi");
    assertHello();
    assertThat(messages().get(2).getHeader(HolySheepConstants.SKIPPED_EVENT_COUNT)).isEqualTo(1L);
  }

  @Test
  void parallelProcessingLosesNoPart() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask())
                .split(body())
                .streaming()
                .parallelProcessing()
                .to("mock:parts"));
    template.sendBody("direct:ask", "Hi");
    received("mock:parts", 3);
    assertThat(messages())
        .extracting(part -> part.getHeader(HolySheepConstants.INDEX))
        .containsExactlyInAnyOrder(0L, 1L, 2L);
  }

  @Test
  void splitWithoutStreamingHasAllParts() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").to(ask()).split(body()).to("mock:parts"));
    template.sendBody("direct:ask", "Hi");
    assertHello();
    assertThat(parts().getExchanges().get(0).getProperty(Exchange.SPLIT_SIZE)).isEqualTo(3);
  }

  @Test
  void aggregationStrategySeesEveryPart() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask())
                .split(body(), SplitStreamTest::joined)
                .streaming()
                .to("mock:parts")
                .end());
    String text = template.requestBody("direct:ask", "Hi", String.class);
    assertThat(text).startsWith("Hel|lo|{");
  }

  @Test
  void bodyAfterTheSplitIsTheWholeAnswer() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask())
                .split(body())
                .streaming()
                .to("mock:parts")
                .end()
                .split(body())
                .streaming()
                .to("mock:again")
                .end()
                .convertBodyTo(String.class));
    assertThat(template.requestBody("direct:ask", "Hi", String.class)).isEqualTo("Hello");
    assertHello();
    assertThat(getMockEndpoint("mock:again").getExchanges()).isEmpty();
  }

  private static Exchange joined(Exchange old, Exchange part) {
    if (old == null) {
      return part;
    }
    String text = old.getMessage().getBody() + "|" + part.getMessage().getBody(String.class);
    old.getMessage().setBody(text);
    return old;
  }

  private void splitting(String... options) throws Exception {
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask(options))
                .split(body())
                .streaming()
                .process(exchange -> firstRouted.countDown())
                .to("mock:parts"));
  }
}
