package ai.holysheep.camel.examples.servers;

/** The routes of {@code routes/platform-http.xml}. */
class PlatformHttpInXmlTest extends PlatformHttpContract {

  PlatformHttpInXmlTest() {
    super("classpath:routes/platform-http.xml");
  }
}
