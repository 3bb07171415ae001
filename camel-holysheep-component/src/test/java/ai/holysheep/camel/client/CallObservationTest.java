package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.observe.CallObservation;
import ai.holysheep.camel.observe.CallObserver;
import ai.holysheep.camel.observe.CallObservers;
import ai.holysheep.camel.observe.CallOutcome;
import ai.holysheep.camel.observe.CallOutcome.Ending;
import ai.holysheep.camel.observe.CallerContext;
import ai.holysheep.camel.observe.ObservedCall;
import ai.holysheep.camel.recovery.Recovery;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.testing.Clients;
import ai.holysheep.camel.testing.FakeTransport;
import ai.holysheep.camel.testing.FakeTransport.Script;
import ai.holysheep.camel.testing.RecordingObserver;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What observers are told of calls. */
class CallObservationTest extends CallTestSupport {

  private static final RetryPolicy ONCE_MORE =
      new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Recovery.FAIL);

  private final RecordingObserver observer = new RecordingObserver();

  @Test
  void wholeStreamIsToldOfInItsOrder() {
    observed(
        new Script()
            .run(() -> pass(1))
            .head()
            .run(() -> pass(2))
            .token("a")
            .run(() -> pass(1))
            .token("b")
            .finish());
    rest(stream());
    assertThat(observer.told())
        .containsExactly("begun", "first piece", "piece after 1000", "ended COMPLETE");
    CallOutcome outcome = outcome();
    assertThat(outcome.errorType()).isNull();
    assertThat(outcome.answer().get().text()).isEqualTo("ab");
    assertThat(Objects.requireNonNull(outcome.usage()).completionTokens()).isEqualTo(3);
    assertThat(outcome.latency().firstToken()).isEqualTo(Duration.ofSeconds(3));
    assertThat(outcome.latency().duration()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void callIsNamed() {
    observed(new Script().head().token("a").finish());
    EventStream stream = open(request(true), settings(NO_DEADLINES, false), "route-1");
    ObservedCall call = observer.calls().get(0);
    assertThat(call.streamId()).isEqualTo(stream.id());
    assertThat(call.model()).isEqualTo("test-model");
    assertThat(call.baseUrl()).hasToString("http://test/v1");
    assertThat(call.streaming()).isTrue();
    assertThat(call.routeId()).isEqualTo("route-1");
    assertThat(call.inputMessages().get())
        .isEqualTo("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Hi\"}]}]");
  }

  @Test
  void lastEventTellsTheSameTimes() {
    observed(new Script().head().run(() -> pass(2)).token("a").finish());
    List<ChatEvent> events = rest(stream());
    CallEnded end = (CallEnded) events.get(1);
    assertThat(end.report().latency()).isEqualTo(outcome().latency());
  }

  @Test
  void timeInTheRouteIsToldApart() {
    observed(new Script().head().token("a").token("b").finish());
    EventStream stream = stream();
    stream.next();
    pass(7);
    rest(stream);
    assertThat(outcome().latency().inRoute()).isEqualTo(Duration.ofSeconds(7));
    assertThat(observer.told()).contains("piece after 0");
  }

  @Test
  void failureIsToldWithWhatWasReceived() {
    observed(new Script().head().token("Hel").fault(Kind.CUT));
    EventStream stream = stream();
    stream.next();
    assertThat(catchThrowable(stream::next)).isInstanceOf(StreamTruncatedException.class);
    assertThat(observer.told()).containsExactly("begun", "first piece", "ended FAILED");
    assertThat(outcome().errorType()).isEqualTo("StreamTruncatedException");
    assertThat(outcome().failure()).isInstanceOf(StreamTruncatedException.class);
    assertThat(outcome().answer().get().text()).isEqualTo("Hel");
    assertThat(outcome().usage()).extracting(Usage::completionTokens).isEqualTo(1L);
  }

  @Test
  void refusalIsTold() {
    observed(new Script().head(401, "application/json").bytes("{}"));
    assertThat(catchThrowable(this::stream)).isNotNull();
    assertThat(observer.told()).containsExactly("begun", "ended FAILED");
    assertThat(outcome().usage()).isNull();
  }

  @Test
  void cancelledStreamIsToldOfAtOnceAndOnlyOnce() {
    observed(new Script().head().token("Hel").silence());
    EventStream stream = stream();
    stream.next();
    client.cancel(stream.id(), "a test asked for it");
    assertThat(observer.told()).containsExactly("begun", "first piece", "ended CANCELLED");
    assertThat(catchThrowable(stream::next)).isInstanceOf(CallCancelledException.class);
    assertThat(observer.outcomes()).hasSize(1);
  }

  @Test
  void waitInWhichACallIsCancelledIsNotTheRoutes() {
    String[] id = new String[1];
    Runnable cancelling =
        () -> {
          pass(5);
          client.cancel(id[0], "a test asked for it");
        };
    observed(new Script().head().token("Hel").run(cancelling).silence());
    EventStream stream = stream();
    id[0] = stream.id();
    stream.next();
    pass(1);
    assertThat(catchThrowable(stream::next)).isInstanceOf(CallCancelledException.class);
    assertThat(outcome().latency().duration()).isEqualTo(Duration.ofSeconds(6));
    assertThat(outcome().latency().inRoute()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void streamThatItsReaderClosesIsCancelled() {
    observed(new Script().head().token("Hel").silence());
    EventStream stream = stream();
    stream.next();
    stream.close();
    assertThat(outcome().ending()).isEqualTo(Ending.CANCELLED);
    assertThat(outcome().failure()).isNull();
  }

  @Test
  void streamThatIsReadToItsEndAndThenClosedIsComplete() {
    observed(new Script().head().token("Hel").finish());
    EventStream stream = stream();
    rest(stream);
    stream.close();
    assertThat(outcome().ending()).isEqualTo(Ending.COMPLETE);
    assertThat(observer.outcomes()).hasSize(1);
  }

  @Test
  void abandonedStreamIsTold() {
    observed(new Script().head().token("Hel").silence());
    stream(deadlines(0, 0, 0, 9)).next();
    pass(9);
    assertThat(observer.told()).endsWith("ended ABANDONED");
  }

  @Test
  void furtherTryIsTold() {
    observed(new Script().fault(Kind.REFUSED));
    transport.then(new Script().head().run(() -> pass(1)).token("a").finish());
    rest(open(request(true), settings(NO_DEADLINES, ONCE_MORE, false), null));
    assertThat(observer.told())
        .containsExactly("begun", "again after 0", "first piece", "ended COMPLETE");
    assertThat(outcome().reconnectCount()).isOne();
    assertThat(outcome().latency().reconnecting()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void wholeAnswerHasNoPieces() {
    observed(
        new Script()
            .head(200, "application/json")
            .bytes(
                "{\"choices\":[{\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}"));
    client.ask(request(false), settings(NO_DEADLINES, false), null);
    assertThat(observer.told()).containsExactly("begun", "ended COMPLETE");
    assertThat(outcome().latency().firstToken()).isNull();
    assertThat(outcome().outputMessages().get())
        .isEqualTo(
            "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"Hello\"}],"
                + "\"finish_reason\":\"stop\"}]");
  }

  @Test
  void observerThatFailsChangesNothing() {
    CallObserver broken = new BrokenObserver();
    script(new Script().head().token("a").token("b").finish(), broken, observer);
    assertThat(rest(stream())).hasSize(3);
    assertThat(observer.told())
        .containsExactly("begun", "first piece", "piece after 0", "ended COMPLETE");
  }

  @Test
  void nothingIsToldOfCallsThatAreOfNoInterest() {
    CallObserver uninterested = call -> CallObservation.NONE;
    script(new Script().head().token("a").finish(), uninterested);
    assertThat(rest(stream())).hasSize(2);
  }

  private CallOutcome outcome() {
    return observer.outcomes().get(0);
  }

  private void observed(Script script) {
    observer.told().clear();
    script(script, observer);
  }

  private void script(Script script, CallObserver... observers) {
    transport = new FakeTransport(script);
    client = Clients.client(transport, timers, 0, CallObservers.of(List.of(observers)));
  }

  private static List<ChatEvent> rest(EventStream stream) {
    List<ChatEvent> events = new ArrayList<>();
    stream.forEachRemaining(events::add);
    return events;
  }

  /** Fails in all that it is told. */
  private static final class BrokenObserver implements CallObserver {

    @Override
    public CallerContext callerContext() {
      throw new IllegalStateException("broken");
    }

    @Override
    public CallObservation begun(ObservedCall call) {
      return new CallObservation() {
        @Override
        public void firstPiece() {
          throw new IllegalStateException("broken");
        }

        @Override
        public void piece(long gapNanos) {
          throw new NoClassDefFoundError("broken");
        }

        @Override
        public void ended(CallOutcome outcome) {
          throw new IllegalStateException("broken");
        }
      };
    }
  }
}
