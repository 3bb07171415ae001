package ai.holysheep.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the endpoints of a component share. */
@Timeout(60)
class ChatEngineTest {

  @Test
  void streamsThatFindNoThreadOfThePoolWaitForOneAndTakeNoOther() throws Exception {
    Queue<String> threads = new ConcurrentLinkedQueue<>();
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch both = new CountDownLatch(2);
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      HolySheepComponent component = new HolySheepComponent();
      component.setWorkerPoolSize(1);
      context.addComponent("holysheep", component);
      context.start();
      Executor pool = component.engine().threads(true).turns();
      for (int i = 0; i < 2; i++) {
        pool.execute(
            () -> {
              threads.add(Thread.currentThread().getName());
              awaitUninterruptibly(gate);
              both.countDown();
            });
      }
      gate.countDown();
      both.await();
    }
    assertThat(threads).hasSize(2).allSatisfy(name -> assertThat(name).contains("HolySheepWorker"));
  }

  private static void awaitUninterruptibly(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
