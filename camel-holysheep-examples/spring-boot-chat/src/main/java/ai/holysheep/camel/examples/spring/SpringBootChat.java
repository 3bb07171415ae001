package ai.holysheep.camel.examples.spring;

import ai.holysheep.camel.simulator.Simulator;
import ai.holysheep.camel.simulator.SimulatorOptions;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the application: against the simulator in the same process, unless there is a key. */
@SpringBootApplication
public class SpringBootChat {

  private static final String OPTIONS = "camel.component.holysheep.";

  /**
   * @param arguments Spring Boot's, such as {@code --server.port=8081}
   */
  public static void main(String[] arguments) throws Exception {
    SpringApplication application = new SpringApplication(SpringBootChat.class);
    if (System.getenv("HOLYSHEEP_API_KEY") == null) {
      Simulator simulator = Simulator.start(SimulatorOptions.defaults());
      Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
      application.setDefaultProperties(
          Map.of(OPTIONS + "base-url", simulator.baseUrl(), OPTIONS + "api-key", "any-key"));
    }
    application.run(arguments);
  }
}
