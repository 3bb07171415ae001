package ai.holysheep.camel.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Observers that are made with the first call. */
class LateObserverTest {

  private static final ObservedCall CALL =
      new ObservedCall(
          "s-1", "m", URI.create("http://test/v1"), true, null, CallerContext.NONE, () -> "");

  private final List<String> told = new ArrayList<>();

  @Test
  void isMadeOnceAndNotBefore() {
    CallObserver late =
        new LateObserver(
            () -> {
              told.add("made");
              return call -> {
                told.add("begun");
                return CallObservation.NONE;
              };
            });
    assertThat(told).isEmpty();
    late.callerContext();
    late.begun(CALL);
    late.begun(CALL);
    assertThat(told).containsExactly("made", "begun", "begun");
  }

  @Test
  void whatCannotBeMadeIsTriedOnce() {
    CallObserver late =
        new LateObserver(
            () -> {
              told.add("tried");
              throw new NoSuchMethodError("another version");
            });
    assertThatThrownBy(() -> late.begun(CALL)).isInstanceOf(NoSuchMethodError.class);
    assertThat(late.begun(CALL)).isSameAs(CallObservation.NONE);
    assertThat(late.callerContext()).isSameAs(CallerContext.NONE);
    assertThat(told).containsExactly("tried");
  }
}
