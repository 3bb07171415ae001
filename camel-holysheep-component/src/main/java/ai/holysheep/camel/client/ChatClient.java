package ai.holysheep.camel.client;

import ai.holysheep.camel.accounting.Spent;
import ai.holysheep.camel.chat.ActiveStream;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.EventEncoder;
import ai.holysheep.camel.chat.EventReceiver;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.PushedCall;
import ai.holysheep.camel.chat.StreamEncoder;
import ai.holysheep.camel.chat.StreamFormat;
import ai.holysheep.camel.observe.CallObserver;
import ai.holysheep.camel.observe.CallerContext;
import ai.holysheep.camel.recovery.RetryBudget;
import ai.holysheep.camel.transport.SignallingTransport;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.wire.EventWriter;
import ai.holysheep.camel.wire.RequestWriter;
import ai.holysheep.camel.wire.StreamWriter;
import ai.holysheep.camel.wire.WrittenRequest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks models. Thread-safe; a call runs on its caller's thread, or on none while it waits. The
 * transports and the timers are borrowed: whoever made them closes them, after this.
 */
public final class ChatClient {

  private final Transports transports;
  private final Timers timers;
  private final PushThreads threads;
  private final ClientLimits limits;
  private final RequestWriter requests = new RequestWriter();
  private final EventWriter encoder = new EventWriter();
  private final ActiveCalls active = new ActiveCalls();
  private final RetryBudgets budgets;
  private final Spending spending;
  private final DoubleSupplier chance;
  private final CallObserver observer;

  /**
   * @param transports carries the calls
   * @param timers watches them
   * @param pool takes calls on whose readers wait while time goes on
   * @param limits what all calls have in common
   * @param chance random numbers from 0 to 1, from any thread
   * @param observer is told of all calls
   */
  public ChatClient(
      Transports transports,
      Timers timers,
      Executor pool,
      ClientLimits limits,
      DoubleSupplier chance,
      CallObserver observer) {
    this.transports = transports;
    this.timers = timers;
    this.threads = PushThreads.of(pool);
    this.limits = limits;
    this.budgets = new RetryBudgets(limits.retryBudget());
    this.spending = new Spending(limits.spending(), timers);
    this.chance = chance;
    this.observer = observer;
  }

  /**
   * Sends a request and waits for the head of the reply; the events are taken from the result.
   *
   * @param owner in whose name the call is made, see {@link #cancelAllOf}; null for nobody's
   * @throws ai.holysheep.camel.error.HolySheepException when the request cannot be sent or is
   *     refused
   */
  public EventStream stream(ChatRequest request, CallSettings settings, @Nullable String owner) {
    // Who waits for the network cannot be woken by a clock.
    return settings.coalescing().timeout().isZero()
        ? open(request, settings, owner)
        : await(request, settings, owner);
  }

  /**
   * Prepares a call whose events are handed to a receiver. It holds no thread while nothing
   * happens.
   *
   * @param owner in whose name the call is made, see {@link #cancelAllOf}; null for nobody's
   * @param receiver is told of all that comes, on the threads given here
   * @throws ai.holysheep.camel.error.HolySheepException when no request can be made of it
   */
  public PushedCall pushed(
      ChatRequest request,
      CallSettings settings,
      @Nullable String owner,
      EventReceiver receiver,
      PushThreads threads) {
    StreamStart start = newStream();
    return pushed(start, request, settings, owner, receiver, threads, transports.signalling());
  }

  /**
   * The same over a transport of one's own, for a stream that may have begun with another call.
   *
   * @param transport carries the tries of the call
   */
  public PushedCall pushed(
      StreamStart start,
      ChatRequest request,
      CallSettings settings,
      @Nullable String owner,
      EventReceiver receiver,
      PushThreads threads,
      SignallingTransport transport) {
    ModelCall call = call(start, request, settings, owner, threads.others());
    return new PushStream(call, transport, timers, receiver, threads);
  }

  /**
   * A pushed call whose events are taken from the result.
   *
   * @param failureAsEvent whether a failure in the middle of the stream is its last event
   * @param begun makes the call for the receiver that it is given
   */
  public EventStream awaited(boolean failureAsEvent, Function<EventReceiver, PushedCall> begun) {
    AwaitedStream stream = new AwaitedStream(failureAsEvent);
    stream.open(begun.apply(stream));
    return stream;
  }

  private StreamStart newStream() {
    return new StreamStart(UUID.randomUUID().toString(), 0, observer.callerContext());
  }

  /** What the observer of all calls knows of the thread that asks now. */
  public CallerContext callerContext() {
    return observer.callerContext();
  }

  /**
   * Looks whether a server answers.
   *
   * @param withKey whether to send the key, and to want it accepted; otherwise any reply will do
   */
  public ServerProbe probe(CallSettings settings, boolean withKey) {
    return new ServerProbe(transports.signalling(), timers, settings, withKey);
  }

  /** Carries calls that no thread waits for. */
  public SignallingTransport signallingTransport() {
    return transports.signalling();
  }

  /** The threads that give the events of streams whose readers wait for them. */
  public PushThreads threads() {
    return threads;
  }

  /** The clock and the timers of all calls. */
  public Timers timers() {
    return timers;
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

  /** Writes the events of one stream as bytes. */
  public StreamEncoder encoder(StreamFormat format, String streamId) {
    return StreamWriter.of(format, streamId, timers::now);
  }

  /** How many calls are under way. */
  public int activeCount() {
    return active.count();
  }

  /** Cancels every call that is under way; those who take its events get an exception. */
  public void cancelAll(String reason) {
    active.cancelAll(reason);
  }

  /** What all calls have used within the time of their common budget. Any thread. */
  public Spent spent() {
    return spending.spent();
  }

  /** The calls that are under way, in no order. Any thread; never waits. */
  public List<ActiveStream> activeStreams() {
    return active.states();
  }

  /** Cancels those calls that were made in the name of this owner. */
  public void cancelAllOf(String owner, String reason) {
    active.cancelAllOf(owner, reason);
  }

  /**
   * Cancels one call; who takes its events gets an exception.
   *
   * @return whether it was under way
   */
  public boolean cancel(String streamId, String reason) {
    return active.cancel(streamId, reason);
  }

  private PullStream open(ChatRequest request, CallSettings settings, @Nullable String owner) {
    ModelCall call = call(newStream(), request, settings, owner, Runnable::run);
    PullStream stream = new PullStream(call, transports.waiting(), timers);
    stream.open();
    return stream;
  }

  private EventStream await(ChatRequest request, CallSettings settings, @Nullable String owner) {
    return awaited(
        settings.failureAsEvent(), receiver -> pushed(request, settings, owner, receiver, threads));
  }

  private ModelCall call(
      StreamStart start,
      ChatRequest request,
      CallSettings settings,
      @Nullable String owner,
      Executor interruptions) {
    WrittenRequest written = requests.write(request);
    CallSettings own = request.stream() ? settings : settings.forWholeAnswer();
    CallPlan plan = new CallPlan(requests, written, own, request.stream());
    Failures failures =
        new Failures(plan.uri(), limits.connectTimeout(), limits.connectionRequestTimeout());
    RetryBudget budget = budgets.of(plan.uri());
    Reconnection reconnection = new Reconnection(own.retries(), budget, chance);
    return new ModelCall(
        start,
        plan,
        owner,
        reconnection,
        timers,
        failures,
        active,
        spending,
        observer,
        interruptions);
  }
}
