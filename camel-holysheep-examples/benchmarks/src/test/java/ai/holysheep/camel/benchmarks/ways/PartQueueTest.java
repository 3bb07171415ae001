package ai.holysheep.camel.benchmarks.ways;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.benchmarks.reading.Measured;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultAsyncProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartQueueTest {

  private static final String END = "end";

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final List<Object> seen = new ArrayList<>();
  private final Deque<AsyncCallback> unanswered = new ArrayDeque<>();

  @AfterEach
  void stopContext() {
    context.stop();
  }

  @Test
  void partsThatAreDoneAtOnceAreSentAtOnce() {
    PartQueue queue = queue(false);
    queue.add("a");
    queue.add("b");
    queue.end();

    assertThat(seen).containsExactly("a", "b", END);
  }

  @Test
  void nextPartWaitsForTheOneBefore() {
    PartQueue queue = queue(true);
    queue.add("a");
    queue.add("b");
    queue.end();
    assertThat(seen).containsExactly("a");

    unanswered.remove().done(false);
    assertThat(seen).containsExactly("a", "b");

    unanswered.remove().done(false);
    assertThat(seen).containsExactly("a", "b", END);
  }

  @Test
  void queueThatWasEmptyGoesOn() {
    PartQueue queue = queue(true);
    queue.add("a");
    unanswered.remove().done(false);
    queue.add("b");
    unanswered.remove().done(false);
    queue.end();

    assertThat(seen).containsExactly("a", "b", END);
  }

  /**
   * @param later whether parts are done only when the test says so
   */
  private PartQueue queue(boolean later) {
    DefaultAsyncProducer parts =
        new DefaultAsyncProducer(context.getEndpoint("direct:part")) {
          @Override
          public boolean process(Exchange part, AsyncCallback callback) {
            seen.add(part.getMessage().getBody());
            if (later) {
              unanswered.add(callback);
            } else {
              callback.done(false);
            }
            return false;
          }
        };
    return new PartQueue(parts, new Measured().check(1), () -> seen.add(END));
  }
}
