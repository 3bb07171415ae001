package ai.holysheep.camel.client.session;

import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Events that are sent when the socket opens that a turn has asked for. Thread-safe. */
final class LaterEvents {

  private static final int MOST = 1000;

  private record Later(String frame, Consumer<@Nullable TransportFault> sent) {}

  private final List<Later> events = new ArrayList<>();

  /** Keeps an event; one too many is told so at once. */
  void add(String frame, Consumer<@Nullable TransportFault> sent) {
    synchronized (this) {
      if (events.size() < MOST) {
        events.add(new Later(frame, sent));
        return;
      }
    }
    sent.accept(
        new TransportFault(Kind.BROKEN, MOST + " events wait for the socket already", null));
  }

  void sendOver(SessionLink link) {
    take().forEach(event -> link.send(event.frame(), event.sent()));
  }

  /** There will be no socket for them. */
  void giveUp(String why) {
    take().forEach(event -> event.sent().accept(new TransportFault(Kind.BROKEN, why, null)));
  }

  private synchronized List<Later> take() {
    List<Later> taken = List.copyOf(events);
    events.clear();
    return taken;
  }
}
