package ai.holysheep.camel.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.testing.FakeTransport.FakeAttempt;
import ai.holysheep.camel.testing.FakeTransport.Gate;
import ai.holysheep.camel.testing.FakeTransport.Outcome;
import ai.holysheep.camel.testing.FakeTransport.Script;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.TransportFault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FakeTransportTest {

  private static final Call CALL =
      new Call(URI.create("http://test/"), Map.of(), null, new Limits(1, 1, 1));

  @Test
  void scriptIsGivenInItsOrderAndThenTheBodyEnds() throws Exception {
    Script script = new Script().head().keepAlive().event("a").bytes("data: ").bytes("b\n\n");
    Reply reply = attempt(script).send();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-TYPE")).isEqualTo("text/event-stream");
    assertThat(reply.isEventStream()).isTrue();
    assertThat(reply.next()).extracting(Frame::text).isEqualTo("a");
    assertThat(reply.next()).extracting(Frame::text).isEqualTo("b");
    assertThat(reply.next()).isNull();
  }

  @Test
  void documentIsGivenWhole() throws Exception {
    Script script = new Script().head(503, "text/plain").header("X-A", "1").bytes("b").bytes("c");
    Reply reply = attempt(script).send();
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("x-a")).isEqualTo("1");
    assertThat(reply.isEventStream()).isFalse();
    assertThat(new String(reply.document(), StandardCharsets.UTF_8)).isEqualTo("bc");
  }

  @Test
  void eachAttemptRunsTheNextScript() throws Exception {
    FakeTransport transport =
        new FakeTransport(new Script().head(201, "a"), new Script().head(202, "a"));
    assertThat(transport.attempt(CALL).send().status()).isEqualTo(201);
    assertThat(transport.attempt(CALL).send().status()).isEqualTo(202);
    assertThat(transport.attempted(1).call()).isSameAs(CALL);
  }

  @Test
  void faultsAndBugsComeWhereTheScriptHasThem() throws Exception {
    FakeAttempt refused = attempt(new Script().fault(TransportFault.Kind.REFUSED));
    assertThatExceptionOfType(TransportFault.class)
        .isThrownBy(refused::send)
        .returns(TransportFault.Kind.REFUSED, TransportFault::kind);
    Script script = new Script().head().event("a").bug(new IllegalStateException("bug"));
    Reply reply = attempt(script).send();
    reply.next();
    assertThatThrownBy(reply::next).hasMessage("bug");
  }

  @Test
  void readerWaitsAtAGate() throws Exception {
    Gate gate = new Gate();
    Reply reply = attempt(new Script().head().await(gate).event("a")).send();
    CompletableFuture<String> text = CompletableFuture.supplyAsync(() -> text(reply));
    gate.awaitReader();
    assertThat(text).isNotDone();
    gate.open();
    assertThat(text.get(10, TimeUnit.SECONDS)).isEqualTo("a");
  }

  @Test
  void abortWakesTheReaderAndLeavesWhatHadCome() throws Exception {
    FakeAttempt attempt = attempt(new Script().head().bytes("data: a\n\ndata: b\n\n").event("c"));
    Reply reply = attempt.send();
    reply.next();
    attempt.abort();
    assertThat(reply.isReady()).isTrue();
    assertThat(reply.next().text()).isEqualTo("b");
    assertThat(reply.isReady()).isFalse();
    assertThatExceptionOfType(TransportFault.class).isThrownBy(reply::next);
    Gate gate = new Gate();
    FakeAttempt silent = attempt(new Script().await(gate));
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(
            () ->
                assertThatExceptionOfType(TransportFault.class)
                    .isThrownBy(silent::send)
                    .returns(TransportFault.Kind.BROKEN, TransportFault::kind));
    gate.awaitReader();
    silent.abort();
    sent.get(10, TimeUnit.SECONDS);
  }

  @Test
  void stepAfterWorkComesEvenIfTheWorkAborts() throws Exception {
    FakeTransport transport = new FakeTransport();
    Script script = new Script().head().run(transport::close).event("a").event("b");
    transport.then(script);
    Reply reply = transport.attempt(CALL).send();
    assertThat(reply.next().text()).isEqualTo("a");
    assertThatExceptionOfType(TransportFault.class).isThrownBy(reply::next);
  }

  @Test
  void abortedBeforeItIsSentItIsNotSent() {
    FakeAttempt attempt = attempt(new Script().head());
    attempt.abort();
    assertThatExceptionOfType(TransportFault.class).isThrownBy(attempt::send);
  }

  @Test
  void firstOfAbortAndReleaseCounts() {
    FakeAttempt attempt = attempt(new Script().head());
    assertThat(attempt.outcome()).isEqualTo(Outcome.UNDER_WAY);
    attempt.release();
    attempt.abort();
    assertThat(attempt.outcome()).isEqualTo(Outcome.RELEASED);
    FakeTransport transport = new FakeTransport(new Script());
    FakeAttempt other = transport.attempt(CALL);
    transport.close();
    other.release();
    assertThat(other.outcome()).isEqualTo(Outcome.ABORTED);
  }

  private static FakeAttempt attempt(Script script) {
    return new FakeTransport(script).attempt(CALL);
  }

  private static String text(Reply reply) {
    try {
      return reply.next().text();
    } catch (TransportFault e) {
      throw new IllegalStateException(e);
    }
  }
}
