package ai.holysheep.camel.error;

/** The clocks that a call can run out of. */
public enum Deadline {
  /** Waiting for a free place among the concurrent streams. */
  PLACE("connectionRequestTimeout"),
  /** Connecting to the server, TLS included. */
  CONNECT("connectTimeout"),
  /** From sending the request to the first piece of the answer. */
  FIRST_TOKEN("firstTokenTimeout"),
  /** Between two pieces of the answer. */
  IDLE("idleTimeout"),
  /** The whole call, without the time that the route itself takes. */
  TOTAL("requestTimeout"),
  /** The route's own: from taking one part of a stream to asking for the next. */
  ABANDONED("abandonedTimeout"),
  /** In an agent session, from the model's call of a tool to the tool's result. */
  TOOL_RESULT("toolTimeout");

  private final String option;

  Deadline(String option) {
    this.option = option;
  }

  /** The endpoint or component option that sets it. */
  public String option() {
    return option;
  }
}
