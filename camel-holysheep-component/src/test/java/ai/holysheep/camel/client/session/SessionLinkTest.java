package ai.holysheep.camel.client.session;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.testing.ManualTimers;
import ai.holysheep.camel.transport.Socket;
import ai.holysheep.camel.transport.SocketListener.End;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionLinkTest {

  private static final Duration PING = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration AGE = Duration.ofMinutes(55);

  private final ManualTimers timers = new ManualTimers();
  private final Sent socket = new Sent();
  private final Told reader = new Told();
  private final Told outside = new Told();
  private final List<SocketLoss> losses = new ArrayList<>();
  private final SessionLink link =
      new SessionLink(timers, settings(), reader, outside, losses::add);

  @Test
  void aServerThatAnswersToPingsMayBeSilentForHours() {
    link.opened(socket);
    for (int i = 0; i < 1000; i++) {
      timers.advance(PING);
      link.pong();
    }
    assertThat(socket.pings).isEqualTo(1000);
    assertThat(socket.closings).isEmpty();
  }

  @Test
  void aServerWithoutASignOfLifeIsTakenForGone() {
    link.opened(socket);
    timers.advance(PING);
    link.message("{}");
    timers.advance(PING);
    timers.advance(PING);
    assertThat(socket.closings).isEmpty();

    timers.advance(PING);

    assertThat(socket.closings).containsExactly(Socket.GOING_AWAY);
    link.ended(new End(null, Socket.GOING_AWAY, "no sign of life"));
    assertThat(reader.ends).hasSize(1);
    TransportFault fault = reader.ends.get(0).fault();
    assertThat(fault)
        .isNotNull()
        .hasMessageContaining("30000 ms")
        .hasMessageContaining("silenceTimeout");
    assertThat(fault.kind()).isEqualTo(Kind.BROKEN);
    assertThat(losses).hasSize(1);
  }

  @Test
  void aServerThatIsKeptFromSendingIsNotTakenForGone() {
    link.opened(socket);
    for (int i = 0; i < socket.requested; i++) {
      link.message("{}");
    }
    timers.advance(Duration.ofMinutes(5));
    assertThat(socket.closings).isEmpty();
  }

  @Test
  void messagesAreAskedForAsTheyAreDealtWith() {
    link.opened(socket);
    int window = socket.requested;
    link.message("one");
    assertThat(socket.requested).isEqualTo(window);
    assertThat(link.hasUnread()).isTrue();

    link.request();

    assertThat(socket.requested).isEqualTo(window + 1);
    assertThat(link.hasUnread()).isFalse();
  }

  @Test
  void whatAServerDoesNotReadHasALimit() {
    socket.reads = false;
    link.opened(socket);
    List<@Nullable TransportFault> faults = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      link.send("x", faults::add);
    }
    assertThat(faults).isEmpty();

    link.send("one too many", faults::add);

    assertThat(faults).hasSize(1).doesNotContainNull();
    assertThat(socket.sent).hasSize(1000).doesNotContain("one too many");
  }

  @Test
  void messagesGoToWhoeverReads() {
    link.opened(socket);
    link.message("one");
    link.detach(outside);
    link.message("two");
    link.detach(reader);
    link.message("three");
    link.attach(reader);
    link.message("four");

    assertThat(reader.messages).containsExactly("one", "two", "four");
    assertThat(outside.messages).containsExactly("three");
  }

  @Test
  void anOldSocketIsNotFitForAnotherTurn() {
    link.opened(socket);
    timers.advance(AGE.minusMillis(1));
    link.pong();
    assertThat(link.isFit()).isTrue();
    timers.advance(Duration.ofMillis(1));
    assertThat(link.isFit()).isFalse();
    assertThat(link.isOpen()).isTrue();
  }

  @Test
  void aSocketThatIsNotWantedAnyMoreIsClosedWhenItOpens() {
    link.close(Socket.NORMAL, "cancelled");
    link.opened(socket);
    assertThat(socket.closings).containsExactly(Socket.NORMAL);
    assertThat(reader.openings).isZero();
    assertThat(link.isOpen()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1001, 1005, 1006, 1011, 1012, 1013, 1015})
  void afterSomeCodesANewConnectionMayBeBetter(int code) {
    link.opened(socket);
    link.ended(new End(null, code, null));
    assertThat(kind()).isEqualTo(Kind.BROKEN);
  }

  @ParameterizedTest
  @ValueSource(ints = {1002, 1003, 1007, 1008, 1009, 1010, 4000})
  void afterOthersItIsNot(int code) {
    link.opened(socket);
    link.ended(new End(null, code, "the server's words"));
    assertThat(kind()).isEqualTo(Kind.SESSION_REFUSED);
    assertThat(reader.ends.get(0).words()).isEqualTo("code " + code + ", the server's words");
  }

  @Test
  void theNormalEndIsNoFault() {
    link.opened(socket);
    link.ended(new End(null, Socket.NORMAL, null));
    assertThat(reader.ends.get(0).fault()).isNull();
  }

  @Test
  void afterTheEndNothingIsSentAndNobodyIsPinged() {
    link.opened(socket);
    link.ended(new End(null, Socket.NORMAL, null));
    List<@Nullable TransportFault> faults = new ArrayList<>();
    link.send("late", faults::add);
    timers.advance(Duration.ofHours(1));

    assertThat(faults).hasSize(1).doesNotContainNull();
    assertThat(socket.sent).isEmpty();
    assertThat(socket.pings).isZero();
    assertThat(timers.waitingCount()).isZero();
  }

  private Kind kind() {
    TransportFault fault = reader.ends.get(0).fault();
    assertThat(fault).isNotNull();
    return fault.kind();
  }

  private static SessionSettings settings() {
    return new SessionSettings(
        SessionTransport.auto,
        null,
        "/chat/completions",
        "agent_mode",
        List.of("Sec-WebSocket-URL"),
        Set.of(),
        PING,
        SILENCE,
        AGE,
        Duration.ZERO,
        Duration.ofSeconds(2),
        Duration.ZERO,
        10,
        10);
  }

  private static final class Told implements SessionLink.Reader {

    private final List<String> messages = new ArrayList<>();
    private final List<SocketLoss> ends = new ArrayList<>();
    private int openings;

    @Override
    public void opened(SessionLink link) {
      openings++;
    }

    @Override
    public void message(String text) {
      messages.add(text);
    }

    @Override
    public void ended(SocketLoss loss) {
      ends.add(loss);
    }
  }

  private static final class Sent implements Socket {

    private final List<String> sent = new ArrayList<>();
    private final List<Integer> closings = new ArrayList<>();
    private boolean reads = true;
    private int requested;
    private int pings;

    @Override
    public void send(String text, Consumer<@Nullable TransportFault> told) {
      sent.add(text);
      if (reads) {
        told.accept(null);
      }
    }

    @Override
    public void request(int messages) {
      requested += messages;
    }

    @Override
    public void ping() {
      pings++;
    }

    @Override
    public void close(int code, String reason) {
      closings.add(code);
    }
  }
}
