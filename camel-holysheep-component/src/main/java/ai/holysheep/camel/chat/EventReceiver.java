package ai.holysheep.camel.chat;

import org.jspecify.annotations.Nullable;

/**
 * Is given the events of one call, in order, the next one only after it has said that it took the
 * one before. Never called by two threads at once, and by none while it holds an event. Must not
 * throw.
 */
public interface EventReceiver {

  /** The request was accepted: events will come, the last one of them too. Called once at most. */
  default void accepted() {}

  /**
   * Takes one event.
   *
   * @param taken to be told when that is done, from any thread, also before this returns
   */
  void receive(ChatEvent event, Taken taken);

  /**
   * The call is over, and this has taken all its events. Called once.
   *
   * @param failure why it did not come to its end; null where it did. What had been received is in
   *     it.
   */
  void ended(@Nullable RuntimeException failure);

  /** What a receiver says of the event that it was given, once. */
  interface Taken {

    /** The event is dealt with; another one may come. */
    void done();

    /**
     * The event could not be dealt with, and no more are wanted: the call ends, and its failure has
     * this cause.
     *
     * @param target who was to deal with the event
     */
    void failed(String target, Throwable cause);
  }
}
