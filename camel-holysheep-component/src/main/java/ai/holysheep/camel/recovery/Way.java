package ai.holysheep.camel.recovery;

/** How a call is tried again. */
public enum Way {
  /** Nothing had been handed on: the route does not notice. */
  SEND_AGAIN,
  /** What had been handed on is void, and the route is told. */
  START_OVER,
  /** The model goes on after what had been handed on. */
  GO_ON
}
