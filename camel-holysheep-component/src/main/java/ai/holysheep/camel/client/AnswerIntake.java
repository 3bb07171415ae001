package ai.holysheep.camel.client;

import ai.holysheep.camel.accounting.BudgetCheck;
import ai.holysheep.camel.accounting.UsageTally;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.FrameNames;
import ai.holysheep.camel.chat.Latency;
import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Received;
import ai.holysheep.camel.recovery.Way;
import ai.holysheep.camel.stream.EventSequence;
import ai.holysheep.camel.stream.ThinkTags;
import ai.holysheep.camel.wire.ChunkDecoder;
import ai.holysheep.camel.wire.MessageDecoder;
import ai.holysheep.camel.wire.SessionDecoder;
import ai.holysheep.camel.wire.UnreadableException;
import ai.holysheep.camel.wire.WrittenRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has been received of one answer: decodes the server's messages and keeps the events, the
 * usage and the counts that follow from them. Thread-safe and never waits, so that others can look
 * at an answer while its reader waits for the network.
 */
final class AnswerIntake {

  /** What has come, from the least to the most. */
  enum News {
    /** Nothing that takes the answer further. */
    NOTHING,
    /** Something that does, but is no piece of it, such as its end. */
    PROGRESS,
    /** A piece of the answer. */
    PIECE
  }

  // Guarded by this.
  private final EventSequence events;
  private final @Nullable ThinkTags thinkTags;
  private final int maxJsonDepth;
  private MessageDecoder decoder;
  private final UsageTally tally;
  private final BudgetCheck budget;
  private long skippedEventCount;
  private News news = News.NOTHING;
  // Read by any thread.
  private volatile boolean saidToBeWhole;

  AnswerIntake(StreamStart start, WrittenRequest request, CallSettings settings) {
    this.maxJsonDepth = settings.limits().maxJsonDepth();
    this.decoder = new ChunkDecoder(maxJsonDepth);
    this.events =
        new EventSequence(
            start.streamId(),
            start.index(),
            request.choiceCount(),
            settings.maxKeptCharacters(),
            settings.coalescing());
    this.thinkTags = settings.splitThinkTags() ? new ThinkTags(request.choiceCount()) : null;
    this.tally = new UsageTally(settings.pricing(), request.model(), request.promptCharacters());
    this.budget = new BudgetCheck(settings.budget(), tally);
  }

  /** What comes from now on are messages of a session, and not chunks of a chat completion. */
  synchronized void readSession(FrameNames names) {
    decoder = new SessionDecoder(names, maxJsonDepth);
  }

  /**
   * Takes one message of a stream; counts one that cannot be read.
   *
   * @return the server's complaint; null where it is none
   * @throws ai.holysheep.camel.error.LimitExceededException when it holds more than is allowed
   * @throws OverBudgetException when the call has used more than it may
   */
  synchronized @Nullable ProviderError message(byte[] data, int offset, int length) {
    try {
      ProviderError error = accept(decoder.decode(data, offset, length));
      if (error == null) {
        refuseOverBudget();
      }
      return error;
    } catch (UnreadableException e) {
      skippedEventCount++;
      return null;
    }
  }

  /**
   * Takes a whole answer.
   *
   * @return the server's complaint; null where it is none
   * @throws UnreadableException when it is no answer
   * @throws ai.holysheep.camel.error.LimitExceededException when it holds more than is allowed
   */
  synchronized @Nullable ProviderError document(byte[] data) throws UnreadableException {
    Chunk chunk = decoder.decode(data, 0, data.length);
    if (chunk.error() == null && chunk.choices().isEmpty()) {
      throw new UnreadableException("an answer without choices");
    }
    return accept(chunk);
  }

  private @Nullable ProviderError accept(Chunk chunk) {
    if (chunk.last()) {
      saidToBeWhole = true;
    }
    if (chunk.error() == null) {
      take(thinkTags == null ? chunk : thinkTags.split(chunk));
      List<ChoiceDelta> choices = chunk.choices();
      for (int i = 0; i < choices.size(); i++) {
        // What is held back has come all the same.
        note(news(choices.get(i)));
      }
      if (chunk.other() != null) {
        note(News.PROGRESS);
      }
    }
    return chunk.error();
  }

  /** Of an answer that is there, the cost is known too late. */
  private void refuseOverBudget() {
    Usage used = budget.afterChunk();
    if (used != null && !events.isFinished()) {
      throw new OverBudgetException(used);
    }
  }

  /** What the next try would have used when it begins; null where that is allowed. */
  synchronized @Nullable Usage overBudget() {
    return budget.beforeTry();
  }

  private static News news(ChoiceDelta delta) {
    if (delta.isPiece()) {
      return News.PIECE;
    }
    return delta.hasContent() ? News.PROGRESS : News.NOTHING;
  }

  private void note(News more) {
    news = more.compareTo(news) > 0 ? more : news;
  }

  private void take(Chunk chunk) {
    tally.accept(chunk);
    events.accept(chunk);
  }

  /** No more comes in this try: what may have been the beginning of a tag was none. */
  private void takeRest() {
    Chunk rest = thinkTags == null ? null : thinkTags.rest();
    if (rest != null) {
      take(rest);
    }
  }

  /** Whether the server has said that the answer is whole, in a message and not by its end. */
  boolean isSaidToBeWhole() {
    return saidToBeWhole;
  }

  /**
   * What has come since this was asked last. Fragments of a tool call are pieces long before the
   * call is an event.
   */
  synchronized News takeNews() {
    News taken = news;
    news = News.NOTHING;
    return taken;
  }

  /**
   * The call is tried again.
   *
   * @param request what is sent now
   * @param cause why the try before failed
   */
  synchronized void tryAgain(Way way, WrittenRequest request, HolySheepException cause) {
    decoder = new ChunkDecoder(maxJsonDepth);
    news = News.NOTHING;
    saidToBeWhole = false;
    tally.nextAttempt(request.model(), request.promptCharacters());
    if (thinkTags != null) {
      thinkTags.nextAttempt();
    }
    switch (way) {
      case SEND_AGAIN -> events.sendAgain();
      case START_OVER -> events.startOver(cause);
      case GO_ON -> events.goOn();
    }
  }

  /**
   * Whether a model could go on after what has come. Between thoughts and text stand blanks, which
   * alone are no beginning; and half a tag is none that a model would go on after.
   */
  synchronized boolean isContinuable() {
    boolean begun =
        thinkTags == null || !thinkTags.hasEndedWithinTag() && !events.answer().text().isBlank();
    return begun && events.isContinuable();
  }

  /**
   * The answer is whole.
   *
   * @param watch knows how long it took
   */
  synchronized void end(@Nullable String requestId, Watch watch) {
    takeRest();
    Usage usage = tally.usage();
    Latency latency = watch.latency(usage.completionTokens());
    events.end(usage, skippedEventCount, requestId, latency);
  }

  synchronized void fail(RuntimeException exception) {
    takeRest();
    events.fail(exception);
  }

  synchronized void breakOff() {
    takeRest();
    events.breakOff();
  }

  synchronized @Nullable ChatEvent poll() {
    return events.poll();
  }

  synchronized boolean hasWaiting() {
    return events.hasWaiting();
  }

  /** Whether text is held back that {@link #releaseHeld} would make events of. */
  synchronized boolean isHolding() {
    return events.isHolding();
  }

  /**
   * How long the oldest text that is held back has been so; -1 where nothing is. What has come
   * since this was asked before counts from now on, so it is asked after each message.
   */
  synchronized long heldNanos(long nowNanos) {
    return events.heldNanos(nowNanos);
  }

  /**
   * Makes events of what is held back, because its time is up.
   *
   * @return whether there is an event now that was not there before
   */
  synchronized boolean releaseHeld() {
    return events.releaseHeld();
  }

  synchronized boolean isOpen() {
    return events.isOpen();
  }

  synchronized boolean isFinished() {
    return events.isFinished();
  }

  synchronized long takenCount() {
    return events.takenCount();
  }

  synchronized ChatAnswer answer() {
    return events.answer();
  }

  /** The server's id of the answer; null where it gave none. */
  synchronized @Nullable String responseId() {
    return events.responseId();
  }

  /** The model that answered, as the server says; null where it does not. */
  synchronized @Nullable String responseModel() {
    return events.model();
  }

  /** Why each of the answers ended, as far as there are any. */
  synchronized List<FinishReason> finishReasons() {
    return events.finishReasons();
  }

  synchronized boolean isCut() {
    return events.isCut();
  }

  /** What has been used up to now, in all tries together; null where nothing has come. */
  synchronized @Nullable Usage usage() {
    return tally.isUsed() ? tally.usage() : null;
  }

  /** What a failure, with which the try is over, tells about the answer. */
  synchronized Received received() {
    takeRest();
    boolean nothing = events.takenCount() == 0 && !tally.isUsed();
    return nothing
        ? Received.NOTHING
        : new Received(events.answer(), events.takenCount(), tally.usage());
  }
}
