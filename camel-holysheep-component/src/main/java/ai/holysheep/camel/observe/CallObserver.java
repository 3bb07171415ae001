package ai.holysheep.camel.observe;

/**
 * Is told of calls to models. Every bean of this type in Camel's registry is. Thread-safe; what it
 * throws is logged and changes nothing.
 */
public interface CallObserver {

  /** Is interested in nothing. */
  CallObserver NONE = call -> CallObservation.NONE;

  /**
   * What has to be known of the thread that asks, because a call may begin on another one; such as
   * the span that is current.
   *
   * @return what {@link ObservedCall#caller} of the call is to be
   */
  default CallerContext callerContext() {
    return CallerContext.NONE;
  }

  /**
   * A call begins: nothing of it has been sent.
   *
   * @return is told what comes of it; {@link CallObservation#NONE} where that does not matter
   */
  CallObservation begun(ObservedCall call);
}
