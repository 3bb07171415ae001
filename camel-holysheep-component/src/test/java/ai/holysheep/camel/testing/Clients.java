package ai.holysheep.camel.testing;

import ai.holysheep.camel.accounting.WindowBudget;
import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.Continuation;
import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.client.ChatClient;
import ai.holysheep.camel.client.ClientLimits;
import ai.holysheep.camel.client.Deadlines;
import ai.holysheep.camel.client.Transports;
import ai.holysheep.camel.observe.CallObserver;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Clients without chance, and calls that are made once. */
public final class Clients {

  private Clients() {}

  /** One whose calls are taken by those who wait for them. */
  public static ChatClient client(Transport transport, Timers timers) {
    Duration patience = Duration.ofSeconds(10);
    return new ChatClient(
        new Transports(transport, new FakeTransport()),
        timers,
        Runnable::run,
        new ClientLimits(patience, patience, 0, WindowBudget.NONE),
        () -> 0.5,
        CallObserver.NONE);
  }

  /** One whose calls all go over a fake. */
  public static ChatClient client(FakeTransport transport, Timers timers) {
    return client(transport, timers, 0);
  }

  public static ChatClient client(FakeTransport transport, Timers timers, int retryBudget) {
    return client(transport, timers, retryBudget, CallObserver.NONE);
  }

  public static ChatClient client(
      FakeTransport transport, Timers timers, int retryBudget, CallObserver observer) {
    Duration patience = Duration.ofSeconds(10);
    return new ChatClient(
        new Transports(transport, transport),
        timers,
        Runnable::run,
        new ClientLimits(patience, patience, retryBudget, WindowBudget.NONE),
        () -> 0.5,
        observer);
  }

  /** A call that is not tried again. */
  public static CallSettings once(URI uri, Deadlines deadlines, Limits limits) {
    return new CallSettings(
        uri,
        null,
        Map.of(),
        deadlines,
        RetryPolicy.NEVER,
        Continuation.PLAIN,
        limits,
        1 << 20,
        true,
        false,
        Coalescing.NONE,
        false);
  }
}
