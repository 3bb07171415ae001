package ai.holysheep.camel.examples.servers;

/** The routes of {@code routes/platform-http.yaml}. */
class PlatformHttpInYamlTest extends PlatformHttpContract {

  PlatformHttpInYamlTest() {
    super("classpath:routes/platform-http.yaml");
  }
}
