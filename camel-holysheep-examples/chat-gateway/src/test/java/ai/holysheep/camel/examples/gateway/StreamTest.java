package ai.holysheep.camel.examples.gateway;

import static ai.holysheep.camel.examples.gateway.HttpTalk.question;
import static ai.holysheep.camel.examples.gateway.HttpTalk.some;
import static ai.holysheep.camel.examples.gateway.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.examples.gateway.GatewaySettings.Access;
import ai.holysheep.camel.examples.gateway.GatewaySettings.Limits;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamTest {

  private RunningGateway gateway;
  private HttpTalk client;

  private void start(Limits limits, double pace) throws Exception {
    gateway = RunningGateway.start(Access.usual(), limits, pace);
    client = new HttpTalk(gateway.url());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void anAnswerComesAsEventsWithTheirIndexesAndTheUsageLast() throws Exception {
    start(Limits.usual(), 0);
    HttpResponse<Stream<String>> reply =
        client.stream("/api/stream", question("[[echo]]Hello sheep"));
    List<String> lines = reply.body().toList();
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(reply.headers().firstValue("Cache-Control")).hasValue("no-cache");
    assertThat(lines).filteredOn(line -> line.startsWith("id: ")).first().isEqualTo("id: 0");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("data: "))
        .last()
        .asString()
        .contains("\"type\":\"usage\"")
        .contains("\"cost\":");
  }

  @Test
  void nothingOfTheKeyOrOfTheClientsHeadersReachesTheOtherSide() throws Exception {
    start(Limits.usual(), 0);
    HttpResponse<Stream<String>> reply =
        client.stream(
            "/api/stream", question("Hello"), "X-Secret-Thing", "of the client", "Cookie", "a=b");
    assertThat(String.join("\n", reply.body().toList()) + reply.headers().map())
        .doesNotContain("any-key")
        .doesNotContain("of the client");
    assertThat(gateway.simulator().requests()).hasSize(1);
    assertThat(gateway.simulator().requests().get(0).headers().toString())
        .doesNotContainIgnoringCase("x-secret-thing")
        .doesNotContainIgnoringCase("cookie");
  }

  @Test
  void whatComesWhileNobodyReadsIsReadLater() throws Exception {
    start(Limits.usual(), 0.2);
    HttpResponse<InputStream> reply = client.open("/api/stream", question("[[tokens=40]]Go on"));
    String id = reply.headers().firstValue("Answer-Id").orElseThrow();
    String first = some(reply.body());
    assertThat(first).startsWith("id: 0\n");
    reply.body().close();
    String rest = client.get("/api/stream/" + id, "Last-Event-ID", "0").body();
    assertThat(rest).startsWith("id: 1\n").contains("id: 39\n").contains("\"type\":\"usage\"");
    String again = client.get("/api/stream/" + id).body();
    assertThat(again).startsWith("id: 0\n").endsWith(rest);
    assertThat(gateway.simulator().requests()).hasSize(1);
  }

  @Test
  void theModelStopsWhenThePageStaysAway() throws Exception {
    start(RunningGateway.limits(4, 10, Duration.ofMillis(50)), 1);
    HttpResponse<InputStream> reply = client.open("/api/stream", question("[[tokens=9000]]Go"));
    assertThat(some(reply.body())).isNotEmpty();
    reply.body().close();
    until(() -> gateway.simulator().cancelledStreams() == 1);
    until(() -> gateway.answers() == 0 && gateway.takenPlaces() == 0);
  }

  @Test
  void anAnswerStopsWhenItsReaderSaysSo() throws Exception {
    start(Limits.usual(), 1);
    HttpResponse<InputStream> reply = client.open("/api/stream", question("[[tokens=9000]]Go"));
    String id = reply.headers().firstValue("Answer-Id").orElseThrow();
    assertThat(some(reply.body())).isNotEmpty();
    assertThat(client.send("DELETE", "/api/stream/" + id).statusCode()).isEqualTo(204);
    assertThat(new String(reply.body().readAllBytes()))
        .contains("\"error\":\"CallCancelledException\"")
        .endsWith("\n\n");
    until(() -> gateway.simulator().cancelledStreams() == 1);
  }

  @Test
  void theLastReaderTakesThePlaceOfTheOneBefore() throws Exception {
    start(Limits.usual(), 1);
    HttpResponse<InputStream> first = client.open("/api/stream", question("[[tokens=9000]]Go"));
    String id = first.headers().firstValue("Answer-Id").orElseThrow();
    HttpResponse<InputStream> second = client.open("GET", "/api/stream/" + id, "");
    assertThat(new String(first.body().readAllBytes())).doesNotContain("\"type\":\"usage\"");
    assertThat(some(second.body())).startsWith("id: 0\n");
    client.send("DELETE", "/api/stream/" + id);
    assertThat(new String(second.body().readAllBytes())).contains("CallCancelledException");
  }

  @Test
  void whatTheModelRefusesIsToldInPlainWordsAsTheOnlyEvent() throws Exception {
    start(Limits.usual(), 0);
    // Once for each try.
    String body = client.post("/api/stream", question("[[status=401]]Hello")).body();
    assertThat(body)
        .startsWith("id: 0\n")
        .contains("\"error\":\"AuthenticationFailedException\"")
        .contains("\"status\":502")
        .doesNotContain("127.0.0.1");
  }

  @Test
  void aFailureInTheMiddleFollowsWhatHadCome() throws Exception {
    start(Limits.usual(), 0);
    String body = client.post("/api/stream", question("[[tokens=9]][[cut=4]]Hello")).body();
    assertThat(body)
        .contains("id: 3\n")
        .contains("id: 4\ndata: {\"type\":\"error\"")
        .contains("StreamTruncatedException")
        .doesNotContain("127.0.0.1");
  }

  @Test
  void aClientWithAllItsPlacesTakenHasToWait() throws Exception {
    start(RunningGateway.limits(1, 10, Duration.ofMillis(50)), 1);
    HttpResponse<InputStream> first = client.open("/api/stream", question("[[tokens=9000]]Go"));
    HttpResponse<String> second = client.post("/api/stream", question("Hello"));
    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.headers().firstValue("Retry-After")).hasValue("2");
    assertThat(second.body()).contains("You have 1 answers under way");
    first.body().close();
    until(() -> client.post("/api/stream", question("Hello")).statusCode() == 200);
  }

  @Test
  void signsOfLifeComeWhileTheModelIsSilent() throws Exception {
    Limits usual = Limits.usual();
    start(
        new Limits(
            usual.bodyBytes(),
            usual.conversationCharacters(),
            4,
            10,
            Duration.ofMillis(50),
            Duration.ofMillis(50)),
        0);
    HttpResponse<Stream<String>> reply =
        client.stream("/api/stream", question("[[tokens=5]][[stall=1]]Hello"));
    assertThat(reply.body().filter(line -> line.equals(": still here")).limit(2)).hasSize(2);
  }
}
