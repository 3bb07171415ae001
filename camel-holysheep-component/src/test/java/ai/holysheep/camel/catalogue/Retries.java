package ai.holysheep.camel.catalogue;

/**
 * What is tried again, and when. The component does not try again by itself, so there is no case.
 */
final class Retries {

  private Retries() {}

  static Group group() {
    return Group.group("Trying again");
  }
}
