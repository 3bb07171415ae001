package ai.holysheep.camel.examples.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds for a stream as a reply, whatever server sends it. */
@Timeout(60)
abstract class HttpServerContract {

  /** Far more than all buffers of sockets between the model and a client hold. */
  private static final int MANY_TOKENS = 8_000;

  private static final String LONG_TOKEN = "sheep ".repeat(700);
  private static final Pattern TOKEN = Pattern.compile("\"content\":\"(\\d+) (sheep )+\"");

  private final CountDownLatch gate = new CountDownLatch(1);
  private final HttpClient http = HttpClient.newHttpClient();
  private ScriptedModel model;
  private DefaultCamelContext context;
  int port;

  /**
   * Adds the routes, which answer requests of {@code /chat}, and the server where they need one.
   */
  abstract void addServer(CamelContext context) throws Exception;

  @AfterEach
  void stop() throws Exception {
    gate.countDown();
    model.close();
    context.close();
  }

  @Test
  void eachTokenReachesTheClientBeforeTheModelHasSentTheNext() throws Exception {
    start(
        model -> {
          model.head();
          model.token("one");
          model.await(gate);
          model.token("two");
          model.finish();
        });
    HttpResponse<InputStream> reply = ask();
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(readUntil(reply, "\"content\":\"one\"")).doesNotContain("two");
    gate.countDown();
    assertThat(rest(reply)).containsSubsequence("\"content\":\"two\"", "\"type\":\"usage\"");
  }

  @Test
  void promptIsTakenFromTheBodyToo() throws Exception {
    start(ScriptedModel::answer);
    HttpRequest request =
        HttpRequest.newBuilder(address())
            .header("Content-Type", "text/plain; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString("Tell me of Zürich"))
            .build();
    HttpResponse<InputStream> reply = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(rest(reply)).contains("\"content\":\"one\"");
    assertThat(model.request()).contains("Tell me of Zürich");
  }

  @Test
  void headersOfTheRequestAreNotSentBack() throws Exception {
    start(ScriptedModel::answer);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address() + "?prompt=Hello"))
            .header("Authorization", "Bearer secret")
            .build();
    HttpResponse<InputStream> reply = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    rest(reply);
    assertThat(reply.headers().map()).doesNotContainKeys("authorization", "prompt");
    assertThat(model.request()).contains("Hello");
  }

  @Test
  void clientThatGoesAwayEndsTheCallToTheModel() throws Exception {
    start(
        model -> {
          model.head();
          model.tokensForEver();
        });
    HttpResponse<InputStream> reply = ask();
    readUntil(reply, "\"content\"");
    reply.body().close();
    model.awaitClosedByClient();
  }

  @Test
  void clientThatWentAwayWhileTheModelWasSilentEndsTheCallAtTheNextToken() throws Exception {
    start(
        model -> {
          model.head();
          model.token("one");
          model.await(gate);
          model.tokensForEver();
        });
    HttpResponse<InputStream> reply = ask();
    readUntil(reply, "\"content\"");
    reply.body().close();
    gate.countDown();
    model.awaitClosedByClient();
  }

  @Test
  void clientThatPausesHoldsUpTheModelAndLosesNothing() throws Exception {
    start(
        model -> {
          model.head();
          for (int i = 0; i < MANY_TOKENS; i++) {
            model.token(i + " " + LONG_TOKEN);
          }
          model.finish();
        });
    HttpResponse<InputStream> reply = ask();
    assertThat(reply.body().readNBytes(10)).hasSize(10);
    assertThat(model.tokensSentUntilHeldUp()).isLessThan(MANY_TOKENS);
    Matcher tokens = TOKEN.matcher(rest(reply));
    for (int i = 0; i < MANY_TOKENS; i++) {
      assertThat(tokens.find()).isTrue();
      assertThat(tokens.group(1)).isEqualTo(String.valueOf(i));
      assertThat(tokens.end() - tokens.start(1))
          .isEqualTo(tokens.group(1).length() + 1 + LONG_TOKEN.length() + 1);
    }
    assertThat(tokens.find()).isFalse();
  }

  @Test
  void failureInTheMiddleIsToldInTheFormat() throws Exception {
    start(
        model -> {
          model.head();
          model.token("one");
          model.await(gate);
          model.reset();
        });
    HttpResponse<InputStream> reply = ask();
    readUntil(reply, "\"content\":\"one\"");
    gate.countDown();
    assertThat(rest(reply)).contains("\"type\":\"error\"").endsWith("\n\n");
  }

  @Test
  void refusalIsAStatusWithABodyThatTellsNoSecrets() throws Exception {
    start(model -> model.refuse(401));
    HttpResponse<InputStream> reply = ask();
    assertThat(reply.statusCode()).isEqualTo(502);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(rest(reply))
        .isEqualTo("{\"error\":\"There is no answer now. Please try again later.\"}");
  }

  @Test
  void refusalWithoutAClauseIsAStatusOfTheServer() throws Exception {
    start(model -> model.refuse(401), false);
    HttpResponse<InputStream> reply = ask();
    assertThat(reply.statusCode()).isEqualTo(500);
    assertThat(rest(reply)).doesNotContain("Exception", model.baseUrl());
  }

  final void start(ScriptedModel.Script script) throws Exception {
    start(script, true);
  }

  private void start(ScriptedModel.Script script, boolean clauses) throws Exception {
    model = new ScriptedModel(script);
    context = Contexts.asking(model.baseUrl());
    port = Contexts.freePort();
    if (clauses) {
      context.addRoutesConfigurations(new FailureReplies());
    }
    addServer(context);
    context.start();
  }

  /** The model of the test. */
  final ScriptedModel model() {
    return model;
  }

  final HttpResponse<InputStream> ask() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address() + "?prompt=Hello")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  /** Reads until a text has come, and gives what has come. */
  static String readUntil(HttpResponse<InputStream> reply, String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int b = reply.body().read();
      assertThat(b).as("after %s", read).isNotNegative();
      read.append((char) b);
    }
    return read.toString();
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + port + "/chat");
  }

  private static String rest(HttpResponse<InputStream> reply) throws IOException {
    return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
  }
}
