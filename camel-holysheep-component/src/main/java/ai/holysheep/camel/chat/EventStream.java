package ai.holysheep.camel.chat;

import java.io.Closeable;
import java.util.Iterator;

/**
 * The events of one call, taken one by one on the caller's own thread. One thread at a time takes
 * events; any thread may close. Whoever takes the stream closes it, unless he has taken the last
 * event.
 */
public interface EventStream extends Iterator<ChatEvent>, Closeable {

  /** The stream's id, the same as in every event's origin. */
  String id();

  /** Whether another event will come. Never waits: true until the last event was taken. */
  @Override
  boolean hasNext();

  /**
   * The next event; waits until it is there.
   *
   * @throws RuntimeException one of the component's exception family when the call failed, once;
   *     the stream is closed then
   * @throws java.util.NoSuchElementException after the last event
   */
  @Override
  ChatEvent next();

  /** Whether {@link #next} would answer without waiting. */
  boolean isReady();

  /**
   * What has been received up to now, or its beginning where it {@link #isCut}; whole after the
   * last event otherwise.
   */
  ChatAnswer answer();

  /** Whether more has been received than a call keeps. Cheap, unlike {@link #answer}. */
  boolean isCut();

  /**
   * Ends the call from outside: whoever takes the events gets the component's exception for a
   * cancelled call, so that it cannot take the cut answer for a whole one. Does not throw, may be
   * repeated, does nothing after the last event.
   *
   * @param reason who cancels and why, for the exception's message
   */
  void cancel(String reason);

  /**
   * Ends the call because the caller wants no more events: {@link #hasNext} is false from then on.
   * Does not throw, may be repeated.
   */
  @Override
  void close();
}
