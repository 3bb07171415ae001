package ai.holysheep.camel.simulator;

/** One message of a request; the text of several parts is joined, pictures are left out. */
record ChatMessage(String role, String text) {

  boolean isFrom(String aRole) {
    return role.equals(aRole);
  }

  /** Whether it tells the model how to answer, as the operator of a service does. */
  boolean isInstruction() {
    return isFrom("system") || isFrom("developer");
  }
}
