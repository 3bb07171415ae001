package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.testing.Chunks;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stream whose parts are more than tokens. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CoalesceRouteTest extends StreamRouteTestSupport {

  private final CountDownLatch sentenceRouted = new CountDownLatch(1);
  private final CountDownLatch lastRouted = new CountDownLatch(2);

  @Test
  void sentenceIsRoutedWithTheFirstLetterOfTheNextAndTheLastWithTheFinishReason() throws Exception {
    server.then(
        peer -> {
          peer.head().token("One").token(".").token(" T").await(sentenceRouted).token("wo.");
          peer.event(Chunks.finish("stop")).await(lastRouted);
          peer.event(Chunks.usage(7, 3)).done();
        });
    split("coalesce=sentences");
    assertThat(texts(3).subList(0, 2)).containsExactly("One. ", "Two.");
    assertThat(headers(HolySheepConstants.EVENT_TYPE)).containsExactly("token", "token", "usage");
    assertThat(headers(HolySheepConstants.INDEX)).containsExactly(0L, 1L, 2L);
    assertThat(messages().get(2).getHeader(HolySheepConstants.CHUNK_COUNT)).isEqualTo(2L);
    assertThat(messages().get(2).getHeader(HolySheepConstants.TOTAL_TOKENS)).isEqualTo(10L);
  }

  @Test
  void partsAreWordsOrCharactersAsTheRouteWants() throws Exception {
    server.then(peer -> peer.head().token("One tw").token("o thr").token("ee").finish());
    server.then(peer -> peer.head().token("One tw").token("o thr").token("ee").finish());
    split("coalesce=words", "coalesceSize=2");
    assertThat(texts(3).subList(0, 2)).containsExactly("One two ", "three");
    parts().reset();
    context.getRouteController().stopAllRoutes();
    context.removeRoute("split");
    split("coalesce=characters", "coalesceSize=7");
    assertThat(texts(3).subList(0, 2)).containsExactly("One two thr", "ee");
  }

  @Test
  void conversionsSeeTheSameText() throws Exception {
    server.then(peer -> peer.head().token("One").token(". Tw").token("o.").finish());
    String endpoint = ask("coalesce=sentences");
    try (InputStream in = template.requestBody(endpoint, "Hi", InputStream.class)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("One. Two.");
    }
  }

  @Test
  void optionOfTheEndpointHoldsForMessagesWithHeadersOfTheirOwn() throws Exception {
    server.then(peer -> peer.head().token("One").token(". Tw").token("o.").finish());
    routes(
        rb ->
            rb.from("direct:ask")
                .setHeader(HolySheepConstants.API_KEY, rb.constant("key-2"))
                .to(ask("coalesce=sentences", "allowConnectionHeaders=true"))
                .split(body())
                .streaming()
                .to("mock:parts"));
    template.sendBody("direct:ask", "Hi");
    assertThat(texts(3).subList(0, 2)).containsExactly("One. ", "Two.");
  }

  @Test
  void wholeAnswerIsAsItWas() throws Exception {
    server.then(peer -> peer.document(200, "application/json", Chunks.completion("One. Two.")));
    String endpoint = ask("coalesce=sentences").replace("stream=true&", "");
    assertThat(template.requestBody(endpoint, "Hi", String.class)).isEqualTo("One. Two.");
  }

  @ParameterizedTest
  @CsvSource({
    "coalesce=time, 'coalesceTimeout' must be more than 0",
    "coalesce=time&coalesceTimeout=9&coalesceSize=2, Remove the option 'coalesceSize'",
    "coalesceSize=2, 'coalesceSize' is for parts that are joined. Set the option 'coalesce' too",
    "coalesceTimeout=2s, 'coalesceTimeout' is for parts that are joined",
    "coalesce=words&coalesceSize=0, 'coalesceSize' must be at least 1",
    "coalesce=words&coalesceTimeout=-1, 'coalesceTimeout' must not be negative"
  })
  void optionsThatMeanNothingTogetherFailTheEndpoint(String options, String message) {
    assertThatThrownBy(() -> routes(rb -> rb.from("direct:bad").to(ask(options))))
        .rootCause()
        .hasMessageContaining(message);
  }

  private List<Object> headers(String name) {
    return messages().stream().map(part -> part.getHeader(name)).toList();
  }

  private void split(String... options) throws Exception {
    routes(
        rb ->
            rb.from("direct:ask")
                .routeId("split")
                .to(ask(options))
                .split(body())
                .streaming()
                .to("mock:parts")
                .process(this::routed));
    template.sendBody("direct:ask", "Hi");
  }

  private void routed(Exchange part) {
    sentenceRouted.countDown();
    lastRouted.countDown();
  }
}
