package ai.holysheep.camel.benchmarks.ways;

import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.jspecify.annotations.Nullable;

/**
 * The end of a response.
 *
 * @param told of its cause; null where it was a good one
 */
record Ending(Consumer<@Nullable Exception> told) implements FutureCallback<Boolean> {

  @Override
  public void completed(Boolean result) {
    told.accept(null);
  }

  @Override
  public void failed(Exception cause) {
    told.accept(cause);
  }

  @Override
  public void cancelled() {
    told.accept(new CancellationException());
  }
}
