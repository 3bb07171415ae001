package ai.holysheep.camel.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What prompts let go wrong over a socket. */
@Timeout(60)
class AgentFaultsTest {

  private final Simulator simulator =
      Simulator.start(SimulatorOptions.defaults().withPaceFactor(0));
  private final AgentClient client = new AgentClient(simulator);

  @AfterEach
  void close() {
    client.close();
    simulator.close();
  }

  @ParameterizedTest
  @CsvSource({
    "[[close=0:1011]], 1011, 0",
    "[[close=2:4000]], 4000, 2",
    "[[close=1]], 1011, 1",
    "[[cut=2]], 1006, 2",
    "[[drop=1]], 1006, 1",
    "[[drop]], 1006, 0",
    "[[tokens=3]][[drop=9]], 1006, 3"
  })
  void theSocketEndsAfterSoManyTokens(String prompt, int code, int tokens) throws Exception {
    assertThat(client.open(prompt).closeCode()).isEqualTo(code);
    assertThat(client.waiting()).isEqualTo(tokens);
    await(() -> simulator.closedSockets() == 1);
    assertThat(simulator.openSockets()).isZero();
  }

  @Test
  void faultsStrikeSoManyTimesOnly() throws Exception {
    String prompt = "[[times=2]][[close=0:1013]][[echo]]well";
    assertThat(client.open(prompt).closeCode()).isEqualTo(1013);
    assertThat(client.open(prompt).closeCode()).isEqualTo(1013);
    assertThat(Agents.text(client.open(prompt).until("done"))).isEqualTo("well");
  }

  @Test
  void silenceStillAnswersPings() throws Exception {
    client.open("[[stall=1]]");
    client.next();
    client.ping("there?");
    assertThat(client.nextPong()).isEqualTo("there?");
    assertThat(client.waiting()).isZero();
  }

  @Test
  void aMuteSocketHearsNothingUntilTheClientLeaves() throws Exception {
    client.open("[[mute=1]]");
    client.next();
    client.ping("there?");
    client.say("dance", new JsonObject());
    // Another socket of the same event loop is served, after what this one has been sent.
    try (AgentClient other = new AgentClient(simulator)) {
      other.open("[[echo]]still here").until("done");
      other.ping("there?");
      assertThat(other.nextPong()).isEqualTo("there?");
    }
    assertThat(client.waiting()).isZero();
    assertThat(simulator.clientFrames()).isEmpty();
    await(() -> simulator.openSockets() == 1);
    client.leave();
    await(() -> simulator.openSockets() == 0);
  }

  @Test
  void messagesComeInFragmentsOfTheSameSize() throws Exception {
    String text = "a\u00e9b\ud83d\udc11";
    assertThat(Agents.text(client.open("[[fragments=7]][[echo]]" + text).until("done")))
        .isEqualTo(text);
    assertThat(client.frameSizes()).contains(7).allMatch(size -> size <= 7);
  }

  @Test
  void otherMessagesComeInBetween() throws Exception {
    List<JsonObject> odd = client.open("[[unknown]][[binary]][[echo]]a b").until("done");
    assertThat(Agents.types(odd)).containsExactly("mood", "token", "token", "usage", "done");
    assertThat(client.nextBinary().length()).isEqualTo(4);
  }

  @Test
  void usageMayComeLateOrNot() throws Exception {
    assertThat(Agents.types(client.open("[[lateusage]][[echo]]a").until("usage")))
        .containsExactly("token", "done", "usage");
    assertThat(Agents.types(client.open("[[nousage]][[echo]]a").until("done")))
        .containsExactly("token", "done");
  }

  @Test
  void anErrorEndsTheTurnAndNotTheSession() throws Exception {
    List<JsonObject> frames = client.open("[[error=1]][[tokens=5]]").until("error");
    assertThat(Agents.types(frames)).containsExactly("token", "error");
    client.say("user_input", new JsonObject().put("content", "[[status=429]]"));
    assertThat(Agents.code(client.next())).isEqualTo("rate_limit_exceeded");
    client.say("user_input", new JsonObject().put("content", "[[echo]]on"));
    assertThat(Agents.text(client.until("done"))).isEqualTo("on");
  }

  private static void await(BooleanSupplier condition) {
    long deadlineNanos = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadlineNanos);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
