package ai.holysheep.camel.stream;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.CoalescingUnit;
import ai.holysheep.camel.chat.EventType;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.Latency;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.OtherMessage;
import ai.holysheep.camel.chat.OtherReceived;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallReceived;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.error.LimitExceededException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns the chunks of one call into its events: numbers them without gaps, joins tool calls, and
 * ends with exactly one last event. What comes after that is dropped. Knows neither bytes nor
 * clocks; not thread-safe, the caller guards it.
 */
public final class EventSequence {

  /** Far more than any server makes of one request. */
  private static final int MAX_CHOICES = 1024;

  private final String streamId;
  private final int choiceCount;
  private final int maxKeptCharacters;
  private final Coalescing coalescing;
  private final long firstIndex;
  private final Queue<ChatEvent> events = new ArrayDeque<>();
  private final List<ChoiceDraft> choices = new ArrayList<>(1);
  private Allowance allowance;
  private CallState state = CallState.OPEN;
  private int attempt = 1;
  private long nextIndex;
  private @Nullable String responseId;
  private @Nullable String model;
  private @Nullable Report report;

  /** One that makes an event of each piece of text. */
  public EventSequence(String streamId, int choiceCount, int maxKeptCharacters) {
    this(streamId, 0, choiceCount, maxKeptCharacters, Coalescing.NONE);
  }

  /**
   * @param streamId the id that all events carry
   * @param firstIndex the index of the first event: more than 0 where the stream goes on that
   *     another call has begun
   * @param choiceCount how many answers were asked for
   * @param maxKeptCharacters how much is kept of the texts for {@link #answer}, and how much of the
   *     tool calls, of all answers together; events of texts are made all the same
   * @param coalescing how pieces of text are joined before they are events; what is held back for
   *     that has been received, but has no number yet
   */
  public EventSequence(
      String streamId,
      long firstIndex,
      int choiceCount,
      int maxKeptCharacters,
      Coalescing coalescing) {
    this.streamId = streamId;
    this.firstIndex = firstIndex;
    this.nextIndex = firstIndex;
    this.choiceCount = choiceCount;
    this.maxKeptCharacters = maxKeptCharacters;
    this.coalescing = coalescing;
    this.allowance = new Allowance(maxKeptCharacters);
  }

  /**
   * Adds the events of one chunk.
   *
   * @throws LimitExceededException when there are more answers, or tool calls in one, than anybody
   *     asks for, or the tool calls are longer than what may be kept
   */
  public void accept(Chunk chunk) {
    if (state != CallState.OPEN) {
      return;
    }
    if (responseId == null) {
      responseId = known(chunk.responseId());
    }
    if (model == null) {
      model = known(chunk.model());
    }
    // By number, because an iterator would be one more object for each token.
    List<ChoiceDelta> deltas = chunk.choices();
    for (int i = 0; i < deltas.size(); i++) {
      accept(deltas.get(i));
    }
    OtherMessage other = chunk.other();
    if (other != null) {
      events.add(new OtherReceived(origin(null), other));
    } else if (chunk.choices().isEmpty()) {
      choices.stream().filter(ChoiceDraft::isFinished).forEach(this::handOutToolCalls);
    }
  }

  private void accept(ChoiceDelta delta) {
    ChoiceDraft choice = choice(delta.index());
    choice.accept(delta);
    String reasoning = delta.reasoning();
    if (reasoning != null && !reasoning.isEmpty()) {
      take(choice, EventType.REASONING, reasoning);
    }
    String text = delta.text();
    if (text != null && !text.isEmpty()) {
      take(choice, EventType.TOKEN, text);
    }
    if (choice.isFinished() || !delta.toolCalls().isEmpty()) {
      // No more of this text is to be expected, so what there is of it is its last part.
      handOutHeld(choice);
    }
    // Some servers give a finish reason with every fragment, so a call may still grow.
    boolean mayGrow = !delta.toolCalls().isEmpty() && !delta.isWholeToolCall();
    if ((choice.isFinished() || delta.isWholeToolCall()) && !mayGrow) {
      handOutToolCalls(choice);
    }
  }

  private void take(ChoiceDraft choice, EventType kind, String text) {
    HeldText held = choice.held();
    if (held == null) {
      add(choice.index(), kind, text);
    } else {
      held.accept(kind, text);
    }
  }

  private void add(int choiceIndex, EventType kind, String text) {
    Origin origin = origin(label(choiceIndex));
    events.add(
        kind == EventType.REASONING
            ? new ReasoningReceived(origin, text)
            : new TextReceived(origin, text));
  }

  private void handOutHeld(ChoiceDraft choice) {
    HeldText held = choice.held();
    if (held != null) {
      held.finish();
    }
  }

  /** Whether text is held back that {@link #releaseHeld} would make events of. */
  public boolean isHolding() {
    return isOpen() && holding().findAny().isPresent();
  }

  /**
   * How long the oldest text that is held back has been so, or -1 where {@link #isHolding nothing}
   * is. Text that has come since this was asked before counts from now on, so that whoever has the
   * clock asks after each chunk.
   *
   * @param nowNanos the time by a clock that only has differences
   */
  public long heldNanos(long nowNanos) {
    return isOpen() ? holding().mapToLong(held -> held.heldNanos(nowNanos)).max().orElse(-1) : -1;
  }

  /**
   * Makes events of all that is held back, though it is no complete part, but for half of a
   * character.
   *
   * @return whether there was anything
   */
  public boolean releaseHeld() {
    boolean holding = isHolding();
    if (holding) {
      holding().forEach(HeldText::release);
    }
    return holding;
  }

  private Stream<HeldText> holding() {
    return choices.stream()
        .map(ChoiceDraft::held)
        .filter(Objects::nonNull)
        .filter(HeldText::isHolding);
  }

  /** Ends the call; the last event carries the figures. */
  public void end(
      Usage usage, long skippedEventCount, @Nullable String requestId, @Nullable Latency latency) {
    if (!transition(CallState.ENDED)) {
      return;
    }
    for (ChoiceDraft choice : choices) {
      handOutHeld(choice);
      handOutToolCalls(choice);
    }
    ChoiceDraft first = choices.isEmpty() ? null : choices.get(0);
    report =
        new Report(
            first == null ? FinishReason.UNKNOWN : first.finishReason(),
            first == null ? null : first.rawFinishReason(),
            usage,
            nextIndex,
            skippedEventCount,
            attempt - 1,
            requestId,
            latency);
    events.add(
        new CallEnded(origin(null), report, choices.stream().map(ChoiceDraft::end).toList()));
  }

  /** Begins the answer anew, as long as none of its events has been taken. */
  public void sendAgain() {
    nextAttempt();
    forget();
  }

  /** Begins the answer anew, and tells those who have taken events of it. */
  public void startOver(RuntimeException cause) {
    nextAttempt();
    forget();
    events.add(new AnswerRestarted(origin(null), attempt, cause));
  }

  /**
   * Goes on after the text that has come, see {@link #isContinuable}. What nobody has taken of it
   * yet, or is held back, is still to be handed on, because the model does not say it again.
   */
  public void goOn() {
    nextAttempt();
    choices.forEach(ChoiceDraft::dropToolCalls);
  }

  private void nextAttempt() {
    attempt++;
    responseId = null;
    model = null;
  }

  private void forget() {
    nextIndex -= events.size();
    events.clear();
    choices.clear();
    allowance = new Allowance(maxKeptCharacters);
  }

  /**
   * Whether a model could go on after what has come: one answer, with text, of which nothing is
   * missing, that has not come to its end.
   */
  public boolean isContinuable() {
    return choiceCount == 1 && choices.size() == 1 && choices.get(0).isContinuable();
  }

  /** Ends the call with a failure, as an event. */
  public void fail(RuntimeException exception) {
    if (transition(CallState.FAILED)) {
      choices.forEach(this::handOutHeld);
      events.add(new CallFailed(origin(null), exception, answer()));
    }
  }

  /**
   * Ends the call with a failure that is told in another way: no event follows, and what is held
   * back is not handed on.
   */
  public void breakOff() {
    transition(CallState.FAILED);
  }

  /** The next event; null where none is waiting. */
  public @Nullable ChatEvent poll() {
    return events.poll();
  }

  /** Whether an event is waiting. */
  public boolean hasWaiting() {
    return !events.isEmpty();
  }

  /** Whether chunks may still come. */
  public boolean isOpen() {
    return state == CallState.OPEN;
  }

  /** Whether every answer that was asked for has been given a reason to end. */
  public boolean isFinished() {
    return choices.size() >= choiceCount && choices.stream().allMatch(ChoiceDraft::isFinished);
  }

  /** How many events have been taken. */
  public long takenCount() {
    return nextIndex - firstIndex - events.size();
  }

  /** All that has been received, or its beginning where it {@link #isCut}. */
  public ChatAnswer answer() {
    return new ChatAnswer(
        streamId, responseId, model, choices.stream().map(ChoiceDraft::choice).toList(), report);
  }

  /** The server's id of the answer; null where it gave none. */
  public @Nullable String responseId() {
    return responseId;
  }

  /** The model that answered, as the server says; null where it does not. */
  public @Nullable String model() {
    return model;
  }

  /** Why each of the answers ended, as far as there are any. */
  public List<FinishReason> finishReasons() {
    return choices.stream().map(ChoiceDraft::finishReason).toList();
  }

  /** Whether more has been received than {@link #answer} has. */
  public boolean isCut() {
    return allowance.isExceeded();
  }

  private boolean transition(CallState next) {
    if (state != CallState.OPEN) {
      return false;
    }
    state = next;
    return true;
  }

  private void handOutToolCalls(ChoiceDraft choice) {
    for (ToolCall call : choice.takeToolCalls()) {
      events.add(new ToolCallReceived(origin(label(choice.index())), call));
    }
  }

  private ChoiceDraft choice(int index) {
    int at = 0;
    while (at < choices.size() && choices.get(at).index() < index) {
      at++;
    }
    if (at == choices.size() || choices.get(at).index() != index) {
      int most = maxChoices(choiceCount);
      if (choices.size() == most) {
        throw new LimitExceededException("there are more than " + most + " answers");
      }
      choices.add(at, new ChoiceDraft(index, allowance, held(index)));
    }
    return choices.get(at);
  }

  private @Nullable HeldText held(int choiceIndex) {
    return coalescing.unit() == CoalescingUnit.NONE
        ? null
        : new HeldText(coalescing, (kind, text) -> add(choiceIndex, kind, text));
  }

  /** How many answers a call may have for which so many were asked. */
  static int maxChoices(int choiceCount) {
    return Math.max(MAX_CHOICES, choiceCount);
  }

  private @Nullable Integer label(int choiceIndex) {
    boolean theOnlyOne = choiceCount == 1 && choiceIndex == 0;
    return theOnlyOne ? null : choiceIndex;
  }

  private Origin origin(@Nullable Integer choiceIndex) {
    return new Origin(streamId, nextIndex++, responseId, model, choiceIndex);
  }

  private static @Nullable String known(@Nullable String offered) {
    return offered == null || offered.isEmpty() ? null : offered;
  }
}
