package ai.holysheep.camel.observe;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An observer that is made with the first call, because what it needs may not be there while a
 * component starts.
 */
final class LateObserver implements CallObserver {

  private final Supplier<CallObserver> maker;
  private final AtomicReference<@Nullable CallObserver> made = new AtomicReference<>();

  LateObserver(Supplier<CallObserver> maker) {
    this.maker = maker;
  }

  private CallObserver observer() {
    CallObserver known = made.get();
    if (known == null) {
      synchronized (this) {
        known = made.get();
        if (known == null) {
          // If that fails, it is not tried again with each call.
          made.set(CallObserver.NONE);
          known = maker.get();
          made.set(known);
        }
      }
    }
    return known;
  }

  @Override
  public CallerContext callerContext() {
    return observer().callerContext();
  }

  @Override
  public CallObservation begun(ObservedCall call) {
    return observer().begun(call);
  }
}
