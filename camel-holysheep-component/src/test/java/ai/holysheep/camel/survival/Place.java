package ai.holysheep.camel.survival;

/** Where in a route a step stands, seen from the stream. */
enum Place {
  BETWEEN("pull: between endpoint and split"),
  INSIDE("pull: inside the split"),
  TARGET("push: within the target"),
  BEHIND("push: behind the endpoint"),
  CONSUMER("consumer: in its route"),
  SPLIT("pull: what happens"),
  ASKS_PULL("pull: it asks, the split is behind it"),
  ASKS_PUSH("push: it asks, with `streamTo`");

  private final String title;

  Place(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Whether the parts are sent by the threads that read. */
  boolean isPush() {
    return this == TARGET || this == BEHIND || this == CONSUMER || this == ASKS_PUSH;
  }
}
