package ai.holysheep.camel.chat;

/** A call whose events go to an {@link EventReceiver}. Thread-safe. */
public interface PushedCall {

  /** The stream's id, the same as in every event's origin. */
  String id();

  /**
   * Sends the request. Does not wait; the receiver is told of all that follows, perhaps before this
   * returns. To be called once.
   */
  void begin();

  /** What has been received up to now, or its beginning where the answer is cut. */
  ChatAnswer answer();

  /** Whether more has been received than a call keeps. Cheap, unlike {@link #answer}. */
  boolean isCut();

  /**
   * Ends the call from outside: its receiver is given what had been received before, and the
   * component's failure for a cancelled call. Does not throw, may be repeated, does nothing after
   * the end.
   *
   * @param reason who cancels and why, for the exception's message
   */
  void cancel(String reason);
}
