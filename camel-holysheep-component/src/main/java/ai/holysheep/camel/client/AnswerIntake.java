package ai.holysheep.camel.client;

import ai.holysheep.camel.accounting.UsageTally;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.FrameNames;
import ai.holysheep.camel.chat.ProviderError;
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

  // Guarded by this.
  private final EventSequence events;
  private final @Nullable ThinkTags thinkTags;
  private final int maxJsonDepth;
  private MessageDecoder decoder;
  private final UsageTally tally;
  private long skippedEventCount;
  private boolean contentCame;
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
   */
  synchronized @Nullable ProviderError message(byte[] data, int offset, int length) {
    try {
      return accept(decoder.decode(data, offset, length));
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
        contentCame |= choices.get(i).hasContent();
      }
      contentCame |= chunk.other() != null;
    }
    return chunk.error();
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
   * Whether content has come since this was asked last. Fragments of a tool call are content long
   * before the call is an event.
   */
  synchronized boolean takeContentCame() {
    boolean came = contentCame;
    contentCame = false;
    return came;
  }

  /**
   * The call is tried again.
   *
   * @param request what is sent now
   * @param cause why the try before failed
   */
  synchronized void tryAgain(Way way, WrittenRequest request, HolySheepException cause) {
    decoder = new ChunkDecoder(maxJsonDepth);
    contentCame = false;
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

  synchronized void end(@Nullable String requestId) {
    takeRest();
    events.end(tally.usage(), skippedEventCount, requestId);
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

  synchronized boolean isCut() {
    return events.isCut();
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
