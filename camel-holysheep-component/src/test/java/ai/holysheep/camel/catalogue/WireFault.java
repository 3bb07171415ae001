package ai.holysheep.camel.catalogue;

/**
 * One case of the catalogue: a rule, what arrives, and the verdict on it.
 *
 * @param rule the rule in words
 * @param arrives what arrives, for people
 * @param fragment what the failure's message must hold; null where there is no failure
 * @param verdict what the route must see
 * @param call makes the call and tells what was seen
 */
record WireFault(String rule, String arrives, String fragment, String verdict, Observed call) {

  /** A call whose reply comes in these pieces. */
  @FunctionalInterface
  interface Observed {
    Verdict make(Delivery delivery, String fragment) throws Exception;
  }

  String seen(Delivery delivery) throws Exception {
    return call.make(delivery, fragment).toString();
  }
}
