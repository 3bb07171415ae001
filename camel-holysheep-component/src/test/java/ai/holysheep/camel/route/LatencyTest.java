package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepConstants;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long an answer took, as a route is told. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LatencyTest extends StreamRouteTestSupport {

  @Test
  void lastPartTellsTheTimes() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(rb -> rb.from("direct:ask").to(ask()).split(body()).streaming().to("mock:parts").end());
    template.requestBody("direct:ask", "Hi");
    Message last = messages().get(2);
    long duration = last.getHeader(HolySheepConstants.DURATION_MILLIS, Long.class);
    assertThat(last.getHeader(HolySheepConstants.FIRST_TOKEN_MILLIS, Long.class))
        .isBetween(0L, duration);
    assertThat(last.getHeader(HolySheepConstants.IN_ROUTE_MILLIS, Long.class))
        .isBetween(0L, duration);
    assertThat(last.getHeader(HolySheepConstants.LONGEST_GAP_MILLIS, Long.class))
        .isBetween(0L, duration);
    assertThat(last.getHeader(HolySheepConstants.MEDIAN_GAP_MILLIS, Long.class))
        .isBetween(0L, duration);
    assertThat(last.getHeader(HolySheepConstants.RECONNECTING_MILLIS)).isEqualTo(0L);
    assertThat(messages().get(0).getHeaders())
        .doesNotContainKey(HolySheepConstants.DURATION_MILLIS);
  }

  @Test
  void pushedStreamTellsThemToo() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb -> {
          rb.from("direct:part").to("mock:parts");
          rb.from("direct:ask").to(ask("streamTo=direct:part"));
        });
    parts().expectedMessageCount(3);
    template.requestBody("direct:ask", "Hi");
    parts().assertIsSatisfied();
    assertThat(messages().get(2).getHeaders())
        .containsKeys(HolySheepConstants.FIRST_TOKEN_MILLIS, HolySheepConstants.DURATION_MILLIS);
  }

  @Test
  void wholeAnswerTellsItsDurationAlone() throws Exception {
    server.then(
        peer ->
            peer.document(
                200,
                "application/json",
                "{\"choices\":[{\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}"));
    routes(rb -> rb.from("direct:ask").to(ask().replace("stream=true", "stream=false")));
    Message answer = template.request("direct:ask", e -> e.getMessage().setBody("Hi")).getMessage();
    assertThat(answer.getHeaders())
        .containsKey(HolySheepConstants.DURATION_MILLIS)
        .doesNotContainKeys(
            HolySheepConstants.FIRST_TOKEN_MILLIS,
            HolySheepConstants.MEDIAN_GAP_MILLIS,
            HolySheepConstants.TOKENS_PER_SECOND);
  }
}
