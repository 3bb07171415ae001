package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.testing.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Deadlines on a clock that the test moves. */
class WatchTest {

  private final ManualTimers timers = new ManualTimers();
  private int alarms;

  @Test
  void firstTokenDeadlineRunsFromTheRequest() {
    Watch watch = watch(10, 2, 0);
    watch.beginWait();
    pass(9);
    assertThat(alarms).isZero();
    pass(1);
    assertThat(alarms).isOne();
    assertThat(watch.expired()).isEqualTo(Deadline.FIRST_TOKEN);
  }

  @Test
  void waitsBeforeTheFirstTokenAddUp() {
    Watch watch = watch(10, 0, 0);
    wait(watch, 6);
    watch.beginWait();
    pass(4);
    assertThat(watch.expired()).isEqualTo(Deadline.FIRST_TOKEN);
  }

  @Test
  void idleDeadlineBeginsAnewWithEachPiece() {
    Watch watch = watch(10, 3, 0);
    wait(watch, 1);
    watch.pieceCame();
    for (int i = 0; i < 20; i++) {
      wait(watch, 2);
      watch.pieceCame();
    }
    assertThat(alarms).isZero();
    watch.beginWait();
    pass(3);
    assertThat(watch.expired()).isEqualTo(Deadline.IDLE);
  }

  @Test
  void waitsWithoutContentAddUp() {
    Watch watch = watch(10, 5, 0);
    wait(watch, 9);
    watch.pieceCame();
    wait(watch, 2);
    pass(100);
    wait(watch, 2);
    assertThat(alarms).isZero();
    watch.beginWait();
    pass(1);
    assertThat(watch.expired()).isEqualTo(Deadline.IDLE);
  }

  @Test
  void timeOfTheRouteItselfIsNotCounted() {
    Watch watch = watch(10, 3, 10);
    wait(watch, 1);
    watch.pieceCame();
    pass(1000);
    wait(watch, 2);
    pass(1000);
    assertThat(alarms).isZero();
    assertThat(watch.expired()).isNull();
  }

  @Test
  void totalDeadlineAddsUpTheWaits() {
    Watch watch = watch(0, 4, 10);
    wait(watch, 3);
    watch.pieceCame();
    pass(100);
    wait(watch, 3);
    watch.pieceCame();
    wait(watch, 3);
    watch.pieceCame();
    assertThat(alarms).isZero();
    watch.beginWait();
    pass(1);
    assertThat(watch.expired()).isEqualTo(Deadline.TOTAL);
  }

  @Test
  void manyShortWaitsSetFewTimers() {
    Watch watch = watch(60, 30, 0);
    watch.pieceCame();
    for (int i = 0; i < 10_000; i++) {
      watch.beginWait();
      timers.advance(Duration.ofMillis(1));
      watch.endWait();
      watch.pieceCame();
    }
    assertThat(timers.scheduledCount()).isOne();
    assertThat(timers.waitingCount()).isOne();
  }

  @Test
  void whatIsToBeEndedIsAskedForBeforeAnotherTryCanBeginAndEndedWithoutTheLock() {
    List<Boolean> locked = new ArrayList<>();
    AtomicReference<Watch> watch = new AtomicReference<>();
    Deadlines deadlines = CallTestSupport.deadlines(10, 0, 0, 0);
    Supplier<Runnable> alarm =
        () -> {
          locked.add(Thread.holdsLock(watch.get()));
          return () -> locked.add(Thread.holdsLock(watch.get()));
        };
    watch.set(new Watch(timers, deadlines, alarm));
    watch.get().beginWait();
    pass(10);
    assertThat(locked).containsExactly(true, false);
  }

  @Test
  void alarmIsRaisedOnce() {
    Watch watch = watch(10, 10, 10);
    watch.beginWait();
    pass(100);
    watch.endWait();
    watch.beginWait();
    pass(100);
    assertThat(alarms).isOne();
  }

  @Test
  void closedWatchHasNoTimerAndRaisesNoAlarm() {
    Watch watch = watch(10, 10, 10);
    watch.beginWait();
    watch.close();
    watch.beginWait();
    pass(100);
    assertThat(alarms).isZero();
    assertThat(timers.waitingCount()).isZero();
  }

  @Test
  void zeroSwitchesEachDeadlineOff() {
    Watch watch = watch(0, 0, 0);
    watch.beginWait();
    pass(1_000_000);
    assertThat(timers.scheduledCount()).isZero();
    assertThat(alarms).isZero();
  }

  @Test
  void earlierDeadlineReplacesALaterTimer() {
    Watch watch = watch(60, 2, 0);
    wait(watch, 1);
    watch.pieceCame();
    watch.beginWait();
    pass(2);
    assertThat(watch.expired()).isEqualTo(Deadline.IDLE);
    assertThat(timers.waitingCount()).isZero();
  }

  @Test
  void streamThatNobodyReadsIsAbandoned() {
    Watch watch = watch(10, 3, 0, 60);
    wait(watch, 1);
    pass(59);
    assertThat(alarms).isZero();
    pass(1);
    assertThat(watch.expired()).isEqualTo(Deadline.ABANDONED);
  }

  @Test
  void slowReaderIsNotAbandonedAsLongAsItComesBack() {
    Watch watch = watch(10, 3, 0, 60);
    for (int i = 0; i < 20; i++) {
      wait(watch, 1);
      watch.pieceCame();
      pass(50);
    }
    assertThat(alarms).isZero();
  }

  @Test
  void waitForTheServerIsNotTakenForAnAbsentReader() {
    Watch watch = watch(0, 0, 0, 60);
    wait(watch, 1);
    watch.beginWait();
    pass(1000);
    assertThat(alarms).isZero();
  }

  private Watch watch(int firstToken, int idle, int total) {
    return watch(firstToken, idle, total, 0);
  }

  private Watch watch(int firstToken, int idle, int total, int abandoned) {
    Deadlines deadlines =
        new Deadlines(seconds(firstToken), seconds(idle), seconds(total), seconds(abandoned));
    return new Watch(timers, deadlines, () -> () -> alarms++);
  }

  private void wait(Watch watch, int seconds) {
    watch.beginWait();
    pass(seconds);
    watch.endWait();
  }

  private void pass(int seconds) {
    timers.advance(seconds(seconds));
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }
}
