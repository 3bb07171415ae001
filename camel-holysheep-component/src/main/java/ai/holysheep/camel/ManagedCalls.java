package ai.holysheep.camel;

import ai.holysheep.camel.observe.CallOutcome.Ending;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;

/**
 * What JMX shows of the calls of an endpoint: by the endpoint itself and by each of its producers,
 * which share the figures. Any thread may ask.
 */
public interface ManagedCalls {

  /** The endpoint whose calls they are. */
  HolySheepEndpoint callingEndpoint();

  /** How many calls of this endpoint are under way. */
  @ManagedAttribute(description = "Calls of this endpoint that are under way")
  default int getActiveCallCount() {
    return callingEndpoint().counters().active();
  }

  /** How many calls of this endpoint have brought a whole answer. */
  @ManagedAttribute(description = "Calls that have brought a whole answer")
  default long getCompletedCallCount() {
    return callingEndpoint().counters().ended(Ending.COMPLETE);
  }

  /** How many calls of this endpoint have failed. */
  @ManagedAttribute(description = "Calls that have failed")
  default long getFailedCallCount() {
    return callingEndpoint().counters().ended(Ending.FAILED);
  }

  /** How many calls of this endpoint were given up before their answer was whole. */
  @ManagedAttribute(description = "Calls that were given up before their answer was whole")
  default long getCancelledCallCount() {
    EndpointCounters counters = callingEndpoint().counters();
    return counters.ended(Ending.CANCELLED) + counters.ended(Ending.ABANDONED);
  }

  /** How many tries of this endpoint have failed and were followed by another. */
  @ManagedAttribute(description = "Tries that have failed and were followed by another")
  default long getReconnectCount() {
    return callingEndpoint().counters().retries();
  }

  /** How many tokens the calls of this endpoint have taken that are over. */
  @ManagedAttribute(description = "Tokens of the calls that are over")
  default long getTokenCount() {
    return callingEndpoint().counters().tokens();
  }

  /**
   * Ends a stream that is under way, of whatever endpoint of the component.
   *
   * @return whether there was one
   */
  @ManagedOperation(description = "End a stream that is under way, by its id")
  default boolean cancelStream(String streamId) {
    return callingEndpoint().getComponent().cancelStream(streamId);
  }
}
