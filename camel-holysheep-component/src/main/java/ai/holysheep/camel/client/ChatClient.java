package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.EventEncoder;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.recovery.RetryBudget;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.Transport;
import ai.holysheep.camel.wire.EventWriter;
import ai.holysheep.camel.wire.RequestWriter;
import ai.holysheep.camel.wire.WrittenRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks models. Thread-safe; each call runs on its caller's thread. The transport and the timers are
 * borrowed: whoever made them closes them, after this.
 */
public final class ChatClient {

  private final Transport transport;
  private final Timers timers;
  private final Duration connectTimeout;
  private final Duration connectionRequestTimeout;
  private final RequestWriter requests = new RequestWriter();
  private final EventWriter encoder = new EventWriter();
  private final Map<String, PullStream> active = new ConcurrentHashMap<>();
  private final RetryBudgets budgets;
  private final DoubleSupplier chance;

  /**
   * @param transport carries the calls
   * @param timers watches them
   * @param connectTimeout what the transport was told, to name it in errors
   * @param connectionRequestTimeout what the transport was told, to name it in errors
   * @param retryBudget how many further tries all calls to one server share; 0 for no limit
   * @param chance random numbers from 0 to 1, from any thread
   */
  public ChatClient(
      Transport transport,
      Timers timers,
      Duration connectTimeout,
      Duration connectionRequestTimeout,
      int retryBudget,
      DoubleSupplier chance) {
    this.transport = transport;
    this.timers = timers;
    this.connectTimeout = connectTimeout;
    this.connectionRequestTimeout = connectionRequestTimeout;
    this.budgets = new RetryBudgets(retryBudget);
    this.chance = chance;
  }

  /**
   * Sends a request and waits for the head of the reply; the events are taken from the result.
   *
   * @param owner in whose name the call is made, see {@link #cancelAllOf}; null for nobody's
   * @throws ai.holysheep.camel.error.HolySheepException when the request cannot be sent or is
   *     refused
   */
  public EventStream stream(ChatRequest request, CallSettings settings, @Nullable String owner) {
    return open(request, settings, owner);
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @param owner in whose name the call is made, see {@link #cancelAllOf}; null for nobody's
   * @throws ai.holysheep.camel.error.HolySheepException when there is no whole answer
   */
  public ChatAnswer ask(ChatRequest request, CallSettings settings, @Nullable String owner) {
    try (PullStream stream = open(request, settings, owner)) {
      return stream.whole();
    }
  }

  /** Writes events as JSON. */
  public EventEncoder encoder() {
    return encoder;
  }

  /** How many calls are under way. */
  public int activeCount() {
    return active.size();
  }

  /** Cancels every call that is under way; those who take its events get an exception. */
  public void cancelAll(String reason) {
    active.values().forEach(stream -> stream.cancel(reason));
  }

  /** Cancels those calls that were made in the name of this owner. */
  public void cancelAllOf(String owner, String reason) {
    active.values().stream()
        .filter(stream -> stream.isOf(owner))
        .forEach(stream -> stream.cancel(reason));
  }

  /**
   * Cancels one call; who takes its events gets an exception.
   *
   * @return whether it was under way
   */
  public boolean cancel(String streamId, String reason) {
    PullStream stream = active.get(streamId);
    if (stream != null) {
      stream.cancel(reason);
    }
    return stream != null;
  }

  private PullStream open(ChatRequest request, CallSettings settings, @Nullable String owner) {
    WrittenRequest written = requests.write(request);
    CallSettings own = request.stream() ? settings : settings.forWholeAnswer();
    CallPlan plan = new CallPlan(transport, requests, written, own, request.stream());
    Failures failures = new Failures(plan.uri(), connectTimeout, connectionRequestTimeout);
    RetryBudget budget = budgets.of(plan.uri());
    Reconnection reconnection = new Reconnection(own.retries(), budget, chance);
    PullStream stream = new PullStream(plan, owner, reconnection, timers, failures, active);
    stream.open();
    return stream;
  }
}
