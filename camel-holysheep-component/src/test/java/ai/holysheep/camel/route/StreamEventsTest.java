package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.HolySheepStreamEvent;
import ai.holysheep.camel.HolySheepStreamEvent.Kind;
import ai.holysheep.camel.observe.CallOutcome.Ending;
import ai.holysheep.camel.testing.RecordingObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Camel's event notifiers, and observers in the registry, are told of calls. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamEventsTest extends StreamRouteTestSupport {

  private final List<HolySheepStreamEvent> events = new CopyOnWriteArrayList<>();
  private final RecordingObserver observer = new RecordingObserver();

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext camel = super.createCamelContext();
    camel.getManagementStrategy().addEventNotifier(new BrokenNotifier());
    camel.getManagementStrategy().addEventNotifier(new Notifier());
    camel.getRegistry().bind("observer", observer);
    return camel;
  }

  @Test
  void streamIsToldOf() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    split(ask());
    assertKinds(Kind.STARTED, Kind.FIRST_TOKEN, Kind.ENDED);
    HolySheepStreamEvent end = events.get(2);
    assertThat(end.getSource()).isSameAs(context);
    assertThat(end.getStreamId()).isEqualTo(events.get(0).getStreamId());
    assertThat(end.getCall().model()).isEqualTo("test-model");
    assertThat(end.getOutcome().ending()).isEqualTo(Ending.COMPLETE);
    assertThat(end.getFailure()).isNull();
    assertThat(end).hasToString("Stream " + end.getStreamId() + " of test-model: ENDED COMPLETE");
  }

  @Test
  void furtherTriesAreToldOf() throws Exception {
    server.then(peer -> peer.head().token("Hel").reset());
    server.then(peer -> peer.head().token("lo").finish());
    split(askAgain(1, "recovery=continue"));
    assertKinds(Kind.STARTED, Kind.FIRST_TOKEN, Kind.RECOVERED, Kind.ENDED);
    assertThat(events.get(2).getFailure()).hasMessageContaining("connection");
  }

  @Test
  void failureIsToldOf() throws Exception {
    server.then(peer -> peer.document(401, "application/json", "{}"));
    assertThatThrownBy(() -> split(ask())).isNotNull();
    assertKinds(Kind.STARTED, Kind.ENDED);
    assertThat(events.get(1).getFailure()).hasMessageContaining("401");
    assertThat(events.get(1).toString()).contains("FAILED").contains("401");
  }

  @Test
  void budgetThatIsUsedUpIsToldOf() throws Exception {
    server.then(peer -> peer.head().token("Hel").token("x".repeat(400)).silence());
    assertThatThrownBy(() -> split(ask("maxTotalTokens=50"))).isNotNull();
    assertKinds(Kind.STARTED, Kind.FIRST_TOKEN, Kind.BUDGET_EXCEEDED, Kind.ENDED);
    assertThat(events.get(2).getFailure()).hasMessageContaining("maxTotalTokens");
  }

  @Test
  void observerInTheRegistryIsToldToo() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    split(ask());
    assertThat(observer.told()).startsWith("begun", "first piece").endsWith("ended COMPLETE");
  }

  private void split(String endpoint) throws Exception {
    routes(
        rb -> rb.from("direct:ask").to(endpoint).split(body()).streaming().to("mock:parts").end());
    template.requestBody("direct:ask", "Hi");
  }

  private void assertKinds(Kind... kinds) {
    assertThat(events).extracting(HolySheepStreamEvent::getKind).containsExactly(kinds);
  }

  private final class Notifier extends EventNotifierSupport {

    @Override
    public void notify(CamelEvent event) {
      events.add((HolySheepStreamEvent) event);
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
      return event instanceof HolySheepStreamEvent;
    }
  }

  private static final class BrokenNotifier extends EventNotifierSupport {

    @Override
    public void notify(CamelEvent event) {
      throw new IllegalStateException("broken by the test");
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
      return event instanceof HolySheepStreamEvent;
    }
  }
}
