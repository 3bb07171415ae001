package ai.holysheep.camel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualTimersTest {

  private final ManualTimers timers = new ManualTimers();
  private final List<String> ran = new ArrayList<>();

  @Test
  void timePassesOnlyWhenItIsMoved() {
    long before = timers.nanoTime();
    assertThat(timers.nanoTime()).isEqualTo(before);
    timers.advance(Duration.ofSeconds(3));
    assertThat(timers.nanoTime() - before).isEqualTo(3_000_000_000L);
  }

  @Test
  void taskRunsOnceAtItsMoment() {
    schedule("a", 2);
    advance(1);
    assertThat(ran).isEmpty();
    assertThat(timers.waitingCount()).isOne();
    advance(1);
    advance(5);
    assertThat(ran).containsExactly("a");
    assertThat(timers.waitingCount()).isZero();
    assertThat(timers.scheduledCount()).isOne();
  }

  @Test
  void tasksRunInTheOrderOfTheirMoments() {
    schedule("late", 3);
    schedule("early", 1);
    schedule("middle", 2);
    advance(10);
    assertThat(ran).containsExactly("early", "middle", "late");
  }

  @Test
  void taskSeesTheMomentItWasSetFor() {
    long before = timers.nanoTime();
    List<Long> seen = new ArrayList<>();
    timers.schedule(seconds(2), () -> seen.add(timers.nanoTime() - before));
    advance(10);
    assertThat(seen).containsExactly(2_000_000_000L);
  }

  @Test
  void taskThatATaskSetsRunsInTheSameMoveWhenItIsDue() {
    timers.schedule(
        seconds(1),
        () -> {
          schedule("due", 1);
          schedule("not due", 9);
        });
    advance(3);
    assertThat(ran).containsExactly("due");
    assertThat(timers.waitingCount()).isOne();
  }

  @Test
  void withdrawnTaskDoesNotRunAndWithdrawingLateDoesNothing() {
    Runnable first = schedule("first", 1);
    Runnable second = schedule("second", 1);
    first.run();
    advance(1);
    second.run();
    first.run();
    assertThat(ran).containsExactly("second");
    assertThat(timers.waitingCount()).isZero();
  }

  @Test
  void clockRunsPastTheEndOfItsRange() {
    schedule("a", 5);
    advance(4);
    assertThat(ran).isEmpty();
    assertThat(timers.nanoTime()).isNegative();
    advance(1);
    assertThat(ran).containsExactly("a");
  }

  private Runnable schedule(String name, int seconds) {
    return timers.schedule(seconds(seconds), () -> ran.add(name));
  }

  private void advance(int seconds) {
    timers.advance(seconds(seconds));
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
