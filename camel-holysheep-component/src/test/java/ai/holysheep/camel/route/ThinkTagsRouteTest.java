package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.testing.Chunks;
import ai.holysheep.camel.testing.ScriptedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thoughts that a server sends within the text, between tags. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThinkTagsRouteTest extends StreamRouteTestSupport {

  private static void thinking(ScriptedServer.Peer peer) throws Exception {
    peer.head().token("<think>").token("hm").token("</th").token("ink>\n\nHello").finish();
  }

  @Test
  void thoughtsArePartsOfTheirOwnWhereTheRouteWantsThat() throws Exception {
    server.then(ThinkTagsRouteTest::thinking);
    split("splitThinkTags=true");
    assertThat(texts(3).subList(0, 2)).containsExactly("hm", "\n\nHello");
    assertThat(messages())
        .extracting(part -> part.getHeader(HolySheepConstants.EVENT_TYPE))
        .containsExactly("reasoning", "token", "usage");
    assertThat(messages())
        .extracting(part -> part.getHeader(HolySheepConstants.INDEX))
        .containsExactly(0L, 1L, 2L);
  }

  @Test
  void tagsAreTextUnlessTheRouteSaysOtherwise() throws Exception {
    server.then(ThinkTagsRouteTest::thinking);
    split();
    assertThat(texts(5).subList(0, 4)).containsExactly("<think>", "hm", "</th", "ink>\n\nHello");
  }

  @Test
  void wholeAnswerHasItsThoughtsApart() throws Exception {
    server.then(
        peer ->
            peer.document(200, "application/json", Chunks.completion("<think>hm</think>Hello")));
    String endpoint = ask("splitThinkTags=true", "bodyFormat=object").replace("stream=true&", "");
    routes(rb -> rb.from("direct:whole").to(endpoint));
    ChatAnswer answer = template.requestBody("direct:whole", "Hi", ChatAnswer.class);
    assertThat(answer.reasoning()).isEqualTo("hm");
    assertThat(answer.text()).isEqualTo("Hello");
  }

  @Test
  void optionOfTheEndpointHoldsForMessagesWithHeadersOfTheirOwn() throws Exception {
    server.then(ThinkTagsRouteTest::thinking);
    routes(
        rb ->
            rb.from("direct:ask")
                .setHeader(HolySheepConstants.API_KEY, rb.constant("key-2"))
                .to(ask("splitThinkTags=true", "allowConnectionHeaders=true"))
                .convertBodyTo(String.class)
                .to("mock:parts"));
    template.sendBody("direct:ask", "Hi");
    assertThat(texts(1)).containsExactly("\n\nHello");
  }

  private void split(String... options) throws Exception {
    routes(rb -> rb.from("direct:ask").to(ask(options)).split(body()).streaming().to("mock:parts"));
    template.sendBody("direct:ask", "Hi");
  }
}
