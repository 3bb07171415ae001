package ai.holysheep.camel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.testing.AgentServer;
import ai.holysheep.camel.testing.TcpProxy;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a socket has. */
@Timeout(60)
class SocketTest extends AgentSessionTestSupport {

  private static final AgentServer.Script HELLO =
      (messages, speaker) -> {
        speaker.token("Hello");
        speaker.end();
      };

  @Override
  boolean hasSocket() {
    return true;
  }

  @Test
  void allTurnsShareOneSocketAndOneRequest() throws Exception {
    serve(HELLO);
    for (int i = 0; i < 5; i++) {
      assertThat(ask("Hi " + i).text()).isEqualTo("Hello");
    }
    assertThat(server.requests()).hasSize(1);
    assertThat(server.sessionCount()).isEqualTo(1);
    JsonObject request = server.requests().get(0);
    assertThat(request.getBoolean("agent_mode")).isTrue();
    assertThat(request.getBoolean("stream")).isTrue();
    assertThat(server.nextFrame().getJsonObject("payload").getString("content")).isEqualTo("Hi 1");
  }

  @Test
  void whatIsSentIsWhatTheServerKnows() throws Exception {
    serve(
        (messages, speaker) -> {
          if (last(messages).equals("tool")) {
            speaker.end();
          } else {
            speaker.toolCall("c1", "weather", "{}");
          }
        });
    long before = System.currentTimeMillis();
    ChatStream stream = ask("Hi");
    stream.next();
    tell("tool_result", Map.of("degrees", 20), Map.of());
    JsonObject result = server.nextFrame();
    assertThat(result.getString("type")).isEqualTo("tool_result");
    assertThat(result.getJsonObject("payload"))
        .isEqualTo(
            new JsonObject()
                .put("result", new JsonObject().put("degrees", 20))
                .put("tool", "weather")
                .put("tool_call_id", "c1"));
    assertThat(result.getLong("timestamp")).isBetween(before, System.currentTimeMillis());
    stream.text();

    tell("context_update", "It is night.", Map.of());
    assertThat(server.nextFrame().getJsonObject("payload").getString("content"))
        .isEqualTo("It is night.");

    tell("set_volume", Map.of("level", 3), Map.of());
    JsonObject any = server.nextFrame();
    assertThat(any.getString("type")).isEqualTo("set_volume");
    assertThat(any.getJsonObject("payload").getInteger("level")).isEqualTo(3);
  }

  @Test
  void anEventThatOnlyASocketCarriesIsRefusedWithoutOne() throws Exception {
    serve(HELLO);
    assertThatThrownBy(() -> tell("set_volume", Map.of("level", 3), Map.of()))
        .rootCause()
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("set_volume")
        .hasMessageContaining("first input of the user");
  }

  @Test
  void whatTheServerSaysItCostsIsToldInTheEnd() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token("Hi");
          speaker.other(
              "{\"type\":\"usage\",\"usage\":{\"completion_tokens\":1,\"cost\":0.00000042}}");
          speaker.other("{\"type\":\"done\",\"finish_reason\":\"stop\"}");
        });
    Message last = take(ask("Hi")).get(1);
    assertThat(last.getHeader(HolySheepConstants.COST)).isEqualTo(new BigDecimal("4.2E-7"));
    assertThat(last.getHeader(HolySheepConstants.COST_CURRENCY)).isEqualTo("USD");
    assertThat(last.getHeader(HolySheepConstants.COST_SOURCE)).isEqualTo("server");
  }

  @Test
  void messagesOfOtherKindsArePassedOn() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.other("{\"type\":\"mood\",\"value\":\"good\"}");
          speaker.token("Hi");
          speaker.end();
        });
    List<Message> parts = take(ask("Hi"));
    assertThat(types(parts)).containsExactly("other", "token", "usage");
    assertThat(indexes(parts)).containsExactly(0L, 1L, 2L);
    assertThat(parts.get(0).getBody()).isEqualTo("{\"type\":\"mood\",\"value\":\"good\"}");
    assertThat(parts.get(0).getHeader(HolySheepConstants.FRAME_TYPE)).isEqualTo("mood");
  }

  @Test
  void whatCannotBeReadIsCounted() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.other("nonsense");
          speaker.other("{\"content\":\"without a type\"}");
          speaker.token("Hi");
          speaker.end();
        });
    List<Message> parts = take(ask("Hi"));
    assertThat(types(parts)).containsExactly("token", "usage");
    assertThat(parts.get(1).getHeader(HolySheepConstants.SKIPPED_EVENT_COUNT)).isEqualTo(2L);
  }

  @Test
  void anErrorOfTheServerEndsTheTurn() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token("Well");
          speaker.other("{\"type\":\"error\",\"error\":{\"message\":\"overloaded\",\"code\":503}}");
        });
    ChatStream stream = ask("Hi", "maxReconnects=0");
    stream.next();
    assertThatThrownBy(stream::next)
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageContaining("overloaded")
        .satisfies(e -> assertThat(((HolySheepException) e).getPartialText()).isEqualTo("Well"));
  }

  /** In one frame, and in fragments that are each short enough: the server cuts at 64 KiB. */
  @ParameterizedTest
  @CsvSource({"5000, 1000", "200000, 100000"})
  void aMessageThatIsLongerThanAllowedEndsTheTurn(int characters, int allowed) throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token("Well");
          speaker.token("x".repeat(characters));
          speaker.end();
        });
    ChatStream stream = ask("Hi", "maxReconnects=0", "maxEventBytes=" + allowed);
    stream.next();
    assertThatThrownBy(stream::next)
        .isInstanceOf(ProtocolViolatedException.class)
        .hasMessageContaining("exceeded")
        .satisfies(e -> assertThat(((HolySheepException) e).getPartialText()).isEqualTo("Well"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 1011, 1012, 1013})
  void afterSomeCodesATurnWithoutATokenIsTriedAgain(int code) throws Exception {
    AtomicInteger tries = new AtomicInteger();
    serve(
        (messages, speaker) -> {
          if (tries.getAndIncrement() == 0) {
            speaker.close(code);
          } else {
            speaker.token("Hello");
            speaker.end();
          }
        });
    Message last = take(ask("Hi")).get(1);
    assertThat(last.getHeader(HolySheepConstants.RECONNECT_COUNT)).isEqualTo(1);
    assertThat(server.requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1008, 1009, 1003, 4001})
  void afterOthersItIsNot(int code) throws Exception {
    serve((messages, speaker) -> speaker.close(code));
    assertThatThrownBy(() -> ask("Hi").next())
        .isInstanceOf(ProtocolViolatedException.class)
        .hasMessageContaining("code " + code)
        .hasMessageContaining("the test");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void theNormalEndBeforeTheAnswerIsWholeCutsIt() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token("Half of");
          speaker.close(1000);
        });
    ChatStream stream = ask("Hi");
    stream.next();
    assertThatThrownBy(stream::next)
        .isInstanceOfSatisfying(
            StreamTruncatedException.class,
            e -> assertThat(e.getPartialText()).isEqualTo("Half of"));
  }

  @Test
  void aTurnIsTriedAgainAsOftenAsTheOptionSays() throws Exception {
    serve((messages, speaker) -> speaker.close(1011));
    assertThatThrownBy(() -> ask("Hi", "maxReconnects=2").next())
        .isInstanceOf(TransportFailedException.class)
        .hasMessageContaining("try 3");
    assertThat(server.requests()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"ws://127.0.0.2:1/a, 127.0.0.2:1", "javascript:a, that is none"})
  void aSocketElsewhereIsNotOpened(String address, String words) throws Exception {
    serve(HELLO);
    server.name(address);
    assertThatThrownBy(() -> ask("Hi")).rootCause().hasMessageContaining(words);
    assertThat(server.requests()).hasSize(1);
    assertThat(server.sessionCount()).isZero();
  }

  @Test
  void withoutASocketTheSessionFailsWhereOneIsInsistedOn() throws Exception {
    serve(HELLO);
    server.name(" ");
    assertThatThrownBy(() -> ask("Hi", "socketUrlHeaders=X-Other", "transport=websocket"))
        .cause()
        .isInstanceOf(ProtocolViolatedException.class)
        .hasMessageContaining("X-Other")
        .hasMessageContaining("transport");
  }

  @Test
  void theSocketIsOpenedWithTheKeyInItsHeaderAloneAndWithoutCompression() throws Exception {
    serve(HELLO);
    ask("Hi", "additionalHeader.X-Team=sheep").text();
    assertThat(server.socketHeaders())
        .contains("Authorization: Bearer key-1", "X-Team: sheep")
        .noneMatch(header -> header.toLowerCase(Locale.ROOT).startsWith("sec-websocket-extensions"))
        .noneMatch(header -> header.startsWith("path: ") && header.contains("key-1"));
  }

  @Test
  void whatIsSaidWhileTheSocketOpensIsSentWhenItIsOpen() throws Exception {
    serve(HELLO);
    CompletableFuture<Void> held = server.holdReplies();
    CompletableFuture<ChatStream> stream = CompletableFuture.supplyAsync(() -> ask("Hi"));
    server.awaitRequest();

    tell("context_update", "It is night.", Map.of());
    CompletableFuture<Void> any =
        CompletableFuture.runAsync(() -> tell("dance", Map.of("steps", 2), Map.of()));
    held.complete(null);

    any.get(10, TimeUnit.SECONDS);
    assertThat(List.of(server.nextFrame().getString("type"), server.nextFrame().getString("type")))
        .containsExactlyInAnyOrder("context_update", "dance");
    assertThat(stream.get(10, TimeUnit.SECONDS).text()).isEqualTo("Hello");
  }

  @Test
  void aModelMayBeSilentAsLongAsItsServerAnswersToPings() throws Exception {
    // A socket that is open has nothing to do with the time to connect any more.
    context.removeComponent("holysheep");
    HolySheepComponent impatient = new HolySheepComponent();
    impatient.setConnectTimeout(1000);
    context.addComponent("holysheep", impatient);
    serve((messages, speaker) -> speaker.token("Hm"));
    ChatStream stream = ask("Hi", "pingInterval=10", "silenceTimeout=10000", "idleTimeout=50");
    assertThat(stream.next().getBody()).isEqualTo("Hm");
    CompletableFuture<Message> next = CompletableFuture.supplyAsync(stream::next);

    server.awaitPings(150);

    server.say("{\"type\":\"token\",\"content\":\"yes\"}");
    assertThat(next.get(10, TimeUnit.SECONDS).getBody()).isEqualTo("yes");
    server.say("{\"type\":\"done\",\"finish_reason\":\"stop\"}");
    assertThat(types(take(stream))).containsExactly("usage");
  }

  @Test
  void whatIsNoMessageDoesNotUseUpWhatMayCome() throws Exception {
    serve(
        (messages, speaker) -> {
          for (int i = 0; i < 10; i++) {
            // The server cuts that into four frames.
            speaker.token("x".repeat(200_000));
          }
          speaker.end();
        });
    for (int turn = 0; turn < 10; turn++) {
      assertThat(ask("Hi", "pingInterval=1").text()).hasSize(2_000_000);
      server.awaitPings(30);
    }
  }

  @Test
  void aSocketThatDoesNotOpenInTimeIsGivenUp() throws Exception {
    context.removeComponent("holysheep");
    HolySheepComponent impatient = new HolySheepComponent();
    impatient.setConnectTimeout(300);
    context.addComponent("holysheep", impatient);
    serve(HELLO);
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String there = "127.0.0.1:" + silent.getLocalPort();
      server.name("ws://" + there + "/");
      assertThatThrownBy(() -> ask("Hi", "maxReconnects=0", "allowedSocketHosts=" + there))
          .cause()
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessageContaining("connectTimeout");
    }
  }

  @Test
  void noSocketIsAskedForWhereEventStreamsAreWanted() throws Exception {
    serve(HELLO);
    assertThat(ask("Hi", "transport=sse").text()).isEqualTo("Hello");
    assertThat(server.requests().get(0).containsKey("agent_mode")).isFalse();
    assertThat(server.sessionCount()).isZero();
  }

  @Test
  void aSocketThatIsKnownIsOpenedWithoutARequest() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token(roles(messages));
          speaker.end();
        });
    String direct = "socketUrl=ws://127.0.0.1:" + server.port() + "/v1/ws";
    assertThat(ask("one", direct).text()).isEqualTo("user");
    assertThat(ask("two", direct).text()).isEqualTo("user assistant user");
    assertThat(server.requests()).isEmpty();
    JsonObject first = server.nextFrame().getJsonObject("payload");
    assertThat(first.getString("content")).isEqualTo("one");
    assertThat(first.getString("model")).isEqualTo("test-model");
    assertThat(server.authorizations()).containsExactly("Bearer key-1");
  }

  @Test
  void anInterruptionThatTheServerDoesNotHeedClosesTheSocket() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token(roles(messages));
          if (messages.size() > 1) {
            speaker.end();
          }
        });
    ChatStream stream = ask("one", "frameType.interrupt=stop_it", "interruptTimeout=50");
    stream.next();

    tell("interrupt", null, Map.of());

    assertThat(stream.next().getHeader(HolySheepConstants.FINISH_REASON)).isEqualTo("interrupted");
    assertThat(server.nextFrame().getString("type")).isEqualTo("stop_it");
    assertThat(server.nextEnd()).isEqualTo("socket closed with 1000");
    assertThat(ask("two").text()).isEqualTo("user assistant user");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void tokensAfterAnInterruptionAreDroppedAndCounted() throws Exception {
    serve(
        (messages, speaker) -> {
          for (int i = 0; i < 50; i++) {
            speaker.token("t" + i);
          }
        });
    ChatStream stream = ask("Hi");
    assertThat(stream.next().getBody()).isEqualTo("t0");
    tell("interrupt", null, Map.of());

    List<Message> rest = take(stream);

    Message last = rest.get(rest.size() - 1);
    assertThat(last.getHeader(HolySheepConstants.FINISH_REASON)).isEqualTo("interrupted");
    assertThat(last.getHeader(HolySheepConstants.COMPLETION_TOKENS)).isEqualTo(50L);
    assertThat(last.getHeader(HolySheepConstants.INDEX)).isEqualTo((long) rest.size());
    assertThat(rest).hasSizeLessThan(50);
    assertThat(last.getHeader(HolySheepConstants.SKIPPED_EVENT_COUNT)).isEqualTo(50L - rest.size());
  }

  @Test
  void aToolThatDoesNotAnswerInTimeFailsTheTurn() throws Exception {
    serve((messages, speaker) -> speaker.toolCall("c1", "weather", "{}"));
    ChatStream stream = ask("Hi", "toolTimeout=50", "transport=sse");
    stream.next();
    assertThatThrownBy(stream::next)
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("weather (c1)")
        .hasMessageContaining("toolTimeout");
  }

  @Test
  void aServerMayEndItsAnswerToWaitForTools() throws Exception {
    serve(
        (messages, speaker) -> {
          if (last(messages).equals("tool")) {
            speaker.token("It is " + contents(messages, "tool"));
            speaker.end();
          } else {
            speaker.token("Let me look. ");
            speaker.toolCall("c1", "weather", "{}");
            speaker.other("{\"type\":\"usage\",\"usage\":{\"completion_tokens\":7}}");
            speaker.other("{\"type\":\"done\",\"finish_reason\":\"tool_calls\"}");
          }
        });
    for (int i = 0; i < 20; i++) {
      ChatStream stream = ask("What is the weather?");
      stream.next();
      stream.next();
      tell("tool_result", "sunny", Map.of());
      List<Message> rest = take(stream);
      assertThat(types(rest)).containsExactly("token", "usage");
      assertThat(text(rest)).startsWith("It is sunny");
      assertThat(indexes(rest)).containsExactly(2L, 3L);
      assertThat(rest.get(1).getHeader(HolySheepConstants.COMPLETION_TOKENS, Long.class))
          .isGreaterThan(7L);
    }
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void usageThatComesTooLateIsPassedOn() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token("Hi");
          speaker.other("{\"type\":\"done\",\"finish_reason\":\"stop\"}");
          speaker.other("{\"type\":\"usage\",\"usage\":{\"completion_tokens\":7}}");
        });
    routes(
        r ->
            r.from(agent())
                .filter(r.header(HolySheepConstants.EVENT_TYPE).isEqualTo("other"))
                .to("mock:parts"));
    List<Message> parts = take(ask("Hi"));
    assertThat(parts.get(1).getHeader(HolySheepConstants.USAGE_SOURCE)).isEqualTo("estimated");
    assertThat(parts(1).get(0).getBody(String.class)).contains("\"completion_tokens\":7");
  }

  @Test
  void theRouteIsToldWhatHappensToTheConnection() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    serve(
        (messages, speaker) -> {
          if (tries.getAndIncrement() == 0) {
            speaker.close(1011);
          } else {
            speaker.token("Hello");
            speaker.end();
          }
        });
    routes(
        r ->
            r.from(agent("sessionEvents=true"))
                .filter(r.header(HolySheepConstants.EVENT_TYPE).isEqualTo("session"))
                .to("mock:parts"));
    template.send("direct:ask", ExchangePattern.InOnly, e -> e.getMessage().setBody("Hi"));

    List<Message> told = parts(4);
    assertThat(told.stream().map(m -> m.getHeader(HolySheepConstants.SESSION_STATE)))
        .containsExactly("connected", "closed", "reconnecting", "connected");
    assertThat(told.get(1).getBody(String.class)).isEqualTo("code 1011, the test");
  }

  @Test
  void whatTheServerSaysBetweenTurnsGoesToTheRoute() throws Exception {
    serve(HELLO);
    routes(
        r ->
            r.from(agent())
                .filter(r.header(HolySheepConstants.EVENT_TYPE).isEqualTo("other"))
                .to("mock:parts"));
    ask("Hi").text();
    server.say("{\"type\":\"reminder\",\"content\":\"tea\"}");

    Message said = parts(1).get(0);
    assertThat(said.getHeader(HolySheepConstants.FRAME_TYPE)).isEqualTo("reminder");
    assertThat(said.getBody(String.class)).contains("tea");
    assertThat(ask("Hi").text()).isEqualTo("Hello");
  }

  @Test
  void theEndOfTheContextClosesTheSocketWithItsCode() throws Exception {
    serve(HELLO);
    ask("Hi").text();
    context.stop();
    assertThat(server.nextEnd()).isEqualTo("socket closed with 1001");
  }

  @Test
  void theEndOfTheContextInTheMiddleOfATurnDoesSoToo() throws Exception {
    serve((messages, speaker) -> speaker.token("I think"));
    ask("Hi").next();
    context.stop();
    assertThat(server.nextEnd()).isEqualTo("socket closed with 1001");
  }

  @Test
  void aSessionWithoutTurnsIsForgotten() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token(roles(messages));
          speaker.end();
        });
    assertThat(ask("Hi", "sessionIdleTimeout=20").text()).isEqualTo("user");
    assertThat(server.nextEnd()).isEqualTo("socket closed with 1000");
    assertThat(ask("Hi").text()).isEqualTo("user");
  }

  @Test
  void aNetworkThatIsCutInTheMiddleOfATurnIsAnError() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token("Half of");
          if (messages.size() > 1) {
            speaker.end();
          }
        });
    try (TcpProxy proxy = new TcpProxy(server.port())) {
      String through = "baseUrl=http://127.0.0.1:" + proxy.port() + "/v1";
      ChatStream stream = ask("Hi", through);
      assertThat(stream.next().getBody()).isEqualTo("Half of");

      proxy.cut();

      assertThatThrownBy(stream::next)
          .isInstanceOfSatisfying(
              TransportFailedException.class,
              e -> assertThat(e.getPartialText()).isEqualTo("Half of"));
      tell("context_update", "The network was cut.", Map.of());
      assertThat(ask("Hi", through).text()).isEqualTo("Half of");
    }
  }

  @Test
  void aThousandSessionsLeaveNothingBehind() throws Exception {
    serve(HELLO);
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      String user = "user-" + i;
      answers.add(
          template
              .asyncSend(
                  agent(),
                  e -> {
                    e.setPattern(ExchangePattern.InOut);
                    e.getMessage().setBody("Hi");
                    e.getMessage().setHeader(HolySheepConstants.SESSION_ID, user);
                  })
              .thenApply(e -> e.getMessage().getBody(ChatStream.class).text()));
    }
    for (CompletableFuture<String> answer : answers) {
      assertThat(answer.get(40, TimeUnit.SECONDS)).isEqualTo("Hello");
    }
    assertThat(server.openSockets()).isEqualTo(1000);

    for (int i = 0; i < 1000; i++) {
      tell("close", null, Map.of(HolySheepConstants.SESSION_ID, "user-" + i));
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(server.nextEnd()).isEqualTo("socket closed with 1000");
    }
    assertThat(server.openSockets()).isZero();
  }

  @Test
  void moreSessionsThanAllowedAreRefused() throws Exception {
    context.removeComponent("holysheep");
    HolySheepComponent few = new HolySheepComponent();
    few.setMaxSessions(1);
    context.addComponent("holysheep", few);
    serve(HELLO);
    ask("Hi").text();

    Message refused = askIn("s2", "Hi");

    assertThat(refused.getExchange().getException())
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("maxSessions")
        .hasMessageContaining("'s2'");
    tell("close", null, Map.of());
    assertThat(askIn("s2", "Hi").getBody(ChatStream.class).text()).isEqualTo("Hello");
  }
}
