package ai.holysheep.camel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.ActiveSession;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.testing.AgentServer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a route can count on in a session, whatever carries it. */
@Timeout(60)
abstract class AgentSessionContract extends AgentSessionTestSupport {

  @Test
  void aTurnIsOneStreamWithOneEnd() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token("Hello");
          speaker.token(" there");
          speaker.end();
        });

    List<Message> parts = take(ask("Hi"));

    assertThat(types(parts)).containsExactly("token", "token", "usage");
    assertThat(indexes(parts)).containsExactly(0L, 1L, 2L);
    assertThat(text(parts)).isEqualTo("Hello there");
    Message last = parts.get(2);
    assertThat(last.getHeader(HolySheepConstants.FINISH_REASON)).isEqualTo("stop");
    assertThat(last.getHeader(HolySheepConstants.COMPLETION_TOKENS)).isEqualTo(2L);
    assertThat(last.getHeader(HolySheepConstants.SESSION_ID)).isEqualTo("s1");
    assertThat(server.authorizations()).isNotEmpty().containsOnly("Bearer key-1");
  }

  @Test
  void theModelKnowsWhatWasSaidBefore() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token(roles(messages));
          speaker.end();
        });

    assertThat(ask("one").text()).isEqualTo("user");
    assertThat(ask("two").text()).isEqualTo("user assistant user");
    assertThat(ask("three").text()).isEqualTo("user assistant user assistant user");
  }

  @Test
  void sessionsDoNotKnowEachOther() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token(roles(messages));
          speaker.end();
        });

    assertThat(ask("one").text()).isEqualTo("user");
    Message other = askIn("s2", "one");
    assertThat(other.getBody(ChatStream.class).text()).isEqualTo("user");
  }

  @Test
  void aToolAnswersWhileTheStreamIsTaken() throws Exception {
    serve(AgentSessionContract::weather);
    routes(
        r ->
            r.from("direct:dialogue")
                .to(agent())
                .split(r.body())
                .streaming()
                .choice()
                .when(r.header(HolySheepConstants.EVENT_TYPE).isEqualTo("tool_call"))
                .setBody(
                    e ->
                        "sunny in "
                            + e.getMessage().getBody(ToolCall.class).arguments().replace("\"", ""))
                .to(agent("clientEvent=tool_result"))
                .otherwise()
                .to("mock:parts"));

    template.requestBody("direct:dialogue", "What is the weather?");

    List<Message> parts = parts(3);
    assertThat(types(parts)).containsExactly("token", "token", "usage");
    assertThat(indexes(parts)).containsExactly(0L, 2L, 3L);
    assertThat(text(parts)).isEqualTo("Let me look.It is sunny in {city:Oslo}");
    assertThat(parts.get(2).getHeader(HolySheepConstants.FINISH_REASON)).isEqualTo("stop");
  }

  @Test
  void manyDialoguesWithToolsGoOnAtOnce() throws Exception {
    serve(AgentSessionContract::weather);
    routes(
        r ->
            r.from("direct:dialogue")
                .to(agent())
                .split(r.body())
                .streaming()
                .filter(r.header(HolySheepConstants.EVENT_TYPE).isEqualTo("tool_call"))
                .setBody(r.constant("sunny"))
                .to(agent("clientEvent=tool_result")));
    int count = 60;
    List<CompletableFuture<Exchange>> dialogues = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String user = "user-" + i;
      dialogues.add(
          template.asyncSend(
              "direct:dialogue",
              e -> {
                e.setPattern(ExchangePattern.InOut);
                e.getMessage().setBody("What is the weather?");
                e.getMessage().setHeader(HolySheepConstants.SESSION_ID, user);
              }));
    }
    for (CompletableFuture<Exchange> dialogue : dialogues) {
      assertThat(dialogue.get(30, TimeUnit.SECONDS).getException()).isNull();
    }
  }

  @Test
  void severalToolsMayAnswerInAnyOrder() throws Exception {
    serve(
        (messages, speaker) -> {
          if (last(messages).equals("tool")) {
            speaker.token(contents(messages, "tool"));
            speaker.end();
          } else {
            speaker.toolCall("a", "first", "{}");
            speaker.toolCall("b", "second", "{}");
          }
        });
    ChatStream stream = ask("Go");
    assertThat(stream.next().getHeader(HolySheepConstants.TOOL_CALL_ID)).isEqualTo("a");
    assertThat(stream.next().getHeader(HolySheepConstants.TOOL_NAME)).isEqualTo("second");

    tell("tool_result", "B", Map.of(HolySheepConstants.TOOL_NAME, "second"));
    tell("tool_result", "A", Map.of(HolySheepConstants.TOOL_CALL_ID, "a"));

    assertThat(List.of(stream.next().getBody(String.class).split(" ")))
        .containsExactlyInAnyOrder("A", "B");
    assertThat(stream.next().getHeader(HolySheepConstants.EVENT_TYPE)).isEqualTo("usage");
  }

  @Test
  void aTurnThatWaitsForItsToolsIsSeenAndCanBeCancelled() throws Exception {
    serve(AgentSessionContract::weather);
    ChatStream stream = ask("What is the weather?");
    stream.next();
    Message called = stream.next();
    String streamId = called.getHeader(HolySheepConstants.STREAM_ID, String.class);
    HolySheepComponent component = context.getComponent("holysheep", HolySheepComponent.class);

    ActiveSession session = component.activeSessions().get(0);
    assertThat(session.sessionId()).isEqualTo("s1");
    assertThat(session.streamId()).isEqualTo(streamId);
    assertThat(session.turn()).isIn("answering", "waiting_for_tools");
    assertThat(component.listSessions().get(0)).contains("s1");
    assertThat(component.getSessionCount()).isOne();
    Object cancelled =
        template
            .request(
                "holysheep:cancel",
                e -> e.getMessage().setHeader(HolySheepConstants.STREAM_ID, streamId))
            .getMessage()
            .getHeader(HolySheepConstants.CANCELLED);

    assertThat(cancelled).isEqualTo(true);
    assertThatThrownBy(stream::next).isInstanceOf(CallCancelledException.class);
    assertThat(component.cancelStream(streamId)).isFalse();
  }

  @Test
  void aResultThatNobodyWaitsForIsRefused() throws Exception {
    serve(AgentSessionContract::weather);
    ChatStream stream = ask("What is the weather?");
    stream.next();
    stream.next();

    assertThatThrownBy(
            () -> tell("tool_result", "rain", Map.of(HolySheepConstants.TOOL_CALL_ID, "other")))
        .rootCause()
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("with the id 'other'")
        .hasMessageContaining("weather (call_1)");
    tell("tool_result", "rain", Map.of());
    assertThat(stream.text()).endsWith("It is rain");
    assertThatThrownBy(() -> tell("tool_result", "rain", Map.of()))
        .rootCause()
        .isInstanceOf(RequestRejectedException.class);
  }

  @Test
  void anInterruptionEndsTheAnswerAndKeepsWhatWasHeard() throws Exception {
    serve(
        (messages, speaker) -> {
          if (messages.size() == 1) {
            speaker.token("Once upon");
            speaker.token(" a time");
          } else {
            speaker.token(contents(messages, "assistant"));
            speaker.end();
          }
        });
    ChatStream stream = ask("Tell me a story");
    assertThat(stream.next().getBody(String.class)).isEqualTo("Once upon");
    assertThat(stream.next().getBody(String.class)).isEqualTo(" a time");

    tell("interrupt", null, Map.of());

    Message last = stream.next();
    assertThat(last.getHeader(HolySheepConstants.EVENT_TYPE)).isEqualTo("usage");
    assertThat(last.getHeader(HolySheepConstants.FINISH_REASON)).isEqualTo("interrupted");
    assertThat(last.getHeader(HolySheepConstants.INDEX)).isEqualTo(2L);
    assertThat(last.getHeader(HolySheepConstants.COMPLETION_TOKENS, Long.class)).isPositive();
    assertThat(stream.hasNext()).isFalse();
    assertThat(stream.answerSoFar().text()).isEqualTo("Once upon a time");
    assertThat(ask("What did you say?").text()).isEqualTo("Once upon a time");
  }

  @Test
  void anInterruptionBeforeTheFirstTokenEndsTheTurn() throws Exception {
    CountDownLatch thinking = new CountDownLatch(1);
    serve((messages, speaker) -> thinking.countDown());
    CompletableFuture<ChatStream> stream = CompletableFuture.supplyAsync(() -> ask("Hm?"));
    assertThat(thinking.await(10, TimeUnit.SECONDS)).isTrue();

    tell("interrupt", null, Map.of());

    List<Message> parts = take(stream.get(10, TimeUnit.SECONDS));
    assertThat(types(parts)).containsExactly("usage");
    assertThat(parts.get(0).getHeader(HolySheepConstants.FINISH_REASON)).isEqualTo("interrupted");
  }

  @Test
  void anInterruptionWhileToolsWorkEndsTheTurn() throws Exception {
    serve(AgentSessionContract::weather);
    ChatStream stream = ask("What is the weather?");
    stream.next();
    stream.next();
    CompletableFuture<Message> next = CompletableFuture.supplyAsync(stream::next);

    tell("interrupt", null, Map.of());

    assertThat(next.get(10, TimeUnit.SECONDS).getHeader(HolySheepConstants.FINISH_REASON))
        .isEqualTo(FinishReason.INTERRUPTED.word());
  }

  @Test
  void anInterruptionWithoutAnAnswerUnderWayDoesNothing() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token("Hi");
          speaker.end();
        });
    tell("interrupt", null, Map.of());

    assertThat(ask("Hi").text()).isEqualTo("Hi");
    tell("interrupt", null, Map.of());
    assertThat(ask("Hi").text()).isEqualTo("Hi");
  }

  @Test
  void newsAreKnownToTheNextAnswer() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token(contents(messages, "system"));
          speaker.end();
        });
    tell("context_update", "The user is in Oslo.", Map.of());
    assertThat(ask("Where am I?").text()).isEqualTo("The user is in Oslo.");

    tell("context_update", Map.of("content", "It is night."), Map.of());
    assertThat(ask("And now?").text()).isEqualTo("The user is in Oslo. It is night.");
  }

  @Test
  void turnsThatComeTogetherAreAnsweredOneAfterTheOther() throws Exception {
    AtomicInteger speaking = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    serve(
        (messages, speaker) -> {
          most.accumulateAndGet(speaking.incrementAndGet(), Math::max);
          speaker.token("Answer to ");
          speaker.token(messages.get(messages.size() - 1).getString("content"));
          speaking.decrementAndGet();
          speaker.end();
        });
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String question = "question " + i;
      answers.add(CompletableFuture.supplyAsync(() -> ask(question).text()));
    }
    for (int i = 0; i < 20; i++) {
      assertThat(answers.get(i).get(20, TimeUnit.SECONDS)).isEqualTo("Answer to question " + i);
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void moreTurnsThanMayWaitAreRefused() throws Exception {
    serve((messages, speaker) -> speaker.token("I think"));
    ChatStream first = ask("one", "maxQueuedTurns=1");
    ask("two", "maxQueuedTurns=1");

    assertThatThrownBy(() -> ask("three", "maxQueuedTurns=1"))
        .rootCause()
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("maxQueuedTurns");
    first.close();
  }

  @Test
  void theRouteOfTheSessionHasTheEventsThatNobodyElseWants() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token("Hi");
          speaker.end();
        });
    routes(r -> r.from(agent()).to("mock:parts"));

    template.send(
        "direct:ask",
        ExchangePattern.InOnly,
        e -> {
          e.getMessage().setBody("Hello");
          e.getMessage().setHeader("connection", "browser-7");
        });

    List<Message> parts = parts(2);
    assertThat(types(parts)).containsExactly("token", "usage");
    assertThat(parts).allMatch(part -> "browser-7".equals(part.getHeader("connection")));
    assertThat(parts).allMatch(part -> "s1".equals(part.getHeader(HolySheepConstants.SESSION_ID)));
  }

  @Test
  void oneRouteServesAllSessions() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token("Hi");
          speaker.end();
        });
    routes(r -> r.from(agent("session=")).to("mock:parts"));
    for (int i = 0; i < 5; i++) {
      String user = "user-" + i;
      template.send(
          "direct:ask",
          ExchangePattern.InOnly,
          e -> {
            e.getMessage().setBody("Hello");
            e.getMessage().setHeader(HolySheepConstants.SESSION_ID, user);
          });
    }
    assertThat(parts(10).stream().map(p -> p.getHeader(HolySheepConstants.SESSION_ID)).distinct())
        .containsExactlyInAnyOrder("user-0", "user-1", "user-2", "user-3", "user-4");
  }

  @Test
  void aTurnThatNobodyWouldHaveIsRefused() throws Exception {
    serve((messages, speaker) -> speaker.end());

    Exchange exchange =
        template.send("direct:ask", ExchangePattern.InOnly, e -> e.getMessage().setBody("Hello"));

    assertThat(exchange.getException())
        .isInstanceOf(RequestRejectedException.class)
        .hasMessageContaining("no route begins with holysheep:agent?session=s1");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aTurnCanBePushed() throws Exception {
    serve(AgentSessionContract::weather);
    routes(
        r ->
            r.from("direct:part")
                .choice()
                .when(r.header(HolySheepConstants.EVENT_TYPE).isEqualTo("tool_call"))
                .setBody(r.constant("sunny"))
                .to(agent("clientEvent=tool_result"))
                .otherwise()
                .to("mock:parts"));
    routes(r -> r.from("direct:push").to(agent("streamTo=direct:part")));

    Exchange answer =
        template.request("direct:push", e -> e.getMessage().setBody("What is the weather?"));

    assertThat(answer.getMessage().getBody(String.class)).isEqualTo("Let me look.It is sunny");
    assertThat(types(parts(3))).containsExactly("token", "token", "usage");
  }

  @Test
  void aFaultBeforeTheFirstTokenIsTriedAgain() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    serve(
        (messages, speaker) -> {
          if (tries.getAndIncrement() == 1) {
            speaker.breakOff();
          } else {
            speaker.token(roles(messages));
            speaker.end();
          }
        });
    assertThat(ask("one").text()).isEqualTo("user");

    ChatStream second = ask("two");

    List<Message> parts = take(second);
    assertThat(text(parts)).isEqualTo("user assistant user");
    assertThat(parts.get(1).getHeader(HolySheepConstants.RECONNECT_COUNT)).isEqualTo(1);
  }

  @Test
  void aFaultAfterTheFirstTokenIsAnErrorWithWhatHadCome() throws Exception {
    serve(
        (messages, speaker) -> {
          if (messages.get(messages.size() - 1).getString("content").equals("break")) {
            speaker.token("Half of");
            speaker.breakOff();
          } else {
            speaker.token(roles(messages));
            speaker.end();
          }
        });
    ChatStream stream = ask("break");
    assertThat(stream.next().getBody(String.class)).isEqualTo("Half of");

    assertThatThrownBy(stream::next)
        .isInstanceOfSatisfying(
            HolySheepException.class, e -> assertThat(e.getPartialText()).isEqualTo("Half of"));

    // What failed was not said.
    assertThat(ask("again").text()).isEqualTo("user");
  }

  @Test
  void aKeyThatIsRefusedFailsTheExchange() throws Exception {
    serve((messages, speaker) -> speaker.end());
    server.refuseWith(401);

    assertThatThrownBy(() -> ask("Hi"))
        .cause()
        .isInstanceOf(AuthenticationFailedException.class)
        .hasMessageNotContaining("key-1");
  }

  @Test
  void aStreamThatIsClosedLeavesTheSessionUsable() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token("I think");
          if (messages.size() > 1) {
            speaker.end();
          }
        });
    ChatStream stream = ask("one");
    stream.next();
    stream.close();
    server.nextEnd();

    tell("context_update", "hurry", Map.of());
    assertThat(ask("two").text()).isEqualTo("I think");
  }

  @Test
  void aTurnThatIsCancelledSaysSo() throws Exception {
    serve((messages, speaker) -> speaker.token("I think"));
    ChatStream stream = ask("one");
    stream.next();

    stream.cancel("enough");

    assertThatThrownBy(stream::next)
        .isInstanceOf(CallCancelledException.class)
        .hasMessageContaining("enough");
  }

  @Test
  void aServerThatSaysNothingIsGivenUp() throws Exception {
    serve((messages, speaker) -> {});

    // Whether the request was accepted before depends on what carries the session.
    assertThatThrownBy(() -> ask("one", "firstTokenTimeout=50", "maxReconnects=0").next())
        .extracting(e -> e instanceof CamelExecutionException ? e.getCause() : e)
        .isInstanceOfSatisfying(
            DeadlineExceededException.class,
            e -> assertThat(e.getDeadline()).isEqualTo(Deadline.FIRST_TOKEN));
  }

  @Test
  void aSessionThatIsClosedBeginsAnew() throws Exception {
    serve(
        (messages, speaker) -> {
          speaker.token(roles(messages));
          speaker.end();
        });
    assertThat(ask("one").text()).isEqualTo("user");

    tell("close", null, Map.of());

    assertThat(ask("two").text()).isEqualTo("user");
  }

  @Test
  void theEndOfTheContextEndsTurnsUnderWay() throws Exception {
    serve((messages, speaker) -> speaker.token("I think"));
    ChatStream stream = ask("one");
    stream.next();
    BlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                stream.next();
              } catch (RuntimeException e) {
                ends.add(e);
              }
            });
    reader.start();

    context.stop();

    assertThat(ends.poll(10, TimeUnit.SECONDS)).isInstanceOf(CallCancelledException.class);
    server.nextEnd();
  }

  @Test
  void aMessageMayNotDecideWhereTheKeyGoes() throws Exception {
    serve((messages, speaker) -> speaker.end());
    for (String event : List.of("user_input", "tool_result", "interrupt", "context_update")) {
      assertThatThrownBy(
              () -> tell(event, "Hi", Map.of(HolySheepConstants.BASE_URL, "http://127.0.0.1:9/v1")))
          .rootCause()
          .isInstanceOf(RequestRejectedException.class)
          .hasMessageContaining("allowConnectionHeaders");
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void withoutASessionNothingIsSent() throws Exception {
    serve((messages, speaker) -> speaker.end());

    assertThatThrownBy(
            () -> template.requestBody("holysheep:agent?model=m&apiKey=k&baseUrl=" + url(), "Hi"))
        .isInstanceOf(CamelExecutionException.class)
        .rootCause()
        .hasMessageContaining("option 'session'");
  }

  private static void weather(List<JsonObject> messages, AgentServer.Speaker speaker) {
    if (last(messages).equals("tool")) {
      speaker.token("It is " + contents(messages, "tool"));
      speaker.end();
    } else {
      speaker.token("Let me look.");
      speaker.toolCall("call_1", "weather", "{\"city\":\"Oslo\"}");
    }
  }
}
