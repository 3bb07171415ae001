package ai.holysheep.camel.stream;

import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.EventType;
import java.util.function.BiConsumer;

/**
 * The text or the reasoning of one answer that is held back until it makes a part. One of the two
 * at a time: what is held of the one is handed on before the other.
 */
final class HeldText {

  private final Coalescer coalescer;
  private EventType kind = EventType.TOKEN;
  private boolean counting;
  private long sinceNanos;

  /**
   * @param parts takes the parts, and whether they are tokens or reasoning
   */
  HeldText(Coalescing coalescing, BiConsumer<EventType, String> parts) {
    coalescer =
        new Coalescer(
            coalescing,
            part -> {
              counting = false;
              parts.accept(kind, part);
            });
  }

  void accept(EventType kind, String piece) {
    if (kind != this.kind) {
      coalescer.finish();
      this.kind = kind;
    }
    coalescer.accept(piece);
  }

  boolean isHolding() {
    return coalescer.isHolding();
  }

  void release() {
    coalescer.release();
  }

  void finish() {
    coalescer.finish();
  }

  /** How long what is held has been held; what has begun to be held counts from now. */
  long heldNanos(long nowNanos) {
    if (!counting) {
      counting = true;
      sinceNanos = nowNanos;
    }
    return nowNanos - sinceNanos;
  }
}
