package ai.holysheep.camel.examples.servers;

/** The routes in Java. */
class PlatformHttpTest extends PlatformHttpContract {

  PlatformHttpTest() {
    super("");
  }
}
