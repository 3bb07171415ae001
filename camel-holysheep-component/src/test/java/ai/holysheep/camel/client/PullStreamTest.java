package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.recovery.Recovery;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.testing.FakeTransport.Script;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only calls have that a thread waits for. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PullStreamTest extends CallTestSupport {

  private static final RetryPolicy IN_TEN_SECONDS =
      new RetryPolicy(3, Duration.ofSeconds(10), Duration.ofSeconds(60), Recovery.FAIL);

  @Test
  void interruptEndsTheWaitForTheNextTry() throws Exception {
    script(new Script().head(503, "application/json"));
    CallSettings settings = settings(NO_DEADLINES, IN_TEN_SECONDS, false);
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread taker =
        new Thread(
            () -> {
              HolySheepException thrown =
                  catchThrowableOfType(
                      HolySheepException.class, () -> open(request(true), settings, null));
              failure.complete(Thread.currentThread().isInterrupted() ? thrown : null);
            });
    taker.start();
    awaitWaitForTheNextTry();
    taker.interrupt();
    assertThat(await(failure))
        .isInstanceOf(CallCancelledException.class)
        .hasMessageContaining("interrupted");
  }

  @Test
  void closeEndsTheWaitForTheNextTry() throws Exception {
    script(new Script().head().fault(Kind.BROKEN));
    EventStream stream = open(request(true), settings(NO_DEADLINES, IN_TEN_SECONDS, false), null);
    CompletableFuture<Throwable> failure = failureElsewhere(stream::next);
    awaitWaitForTheNextTry();
    stream.close();
    assertThat(await(failure)).isInstanceOf(CallCancelledException.class);
    assertThat(timers.waitingCount()).isZero();
  }

  private void awaitWaitForTheNextTry() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (timers.waitingCount() == 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
