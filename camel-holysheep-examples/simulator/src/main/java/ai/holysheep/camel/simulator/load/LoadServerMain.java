package ai.holysheep.camel.simulator.load;

import java.io.IOException;
import java.io.OutputStream;

/** Runs a load server alone, until its standard input ends. */
public final class LoadServerMain {

  private LoadServerMain() {}

  /**
   * Starts the server and prints its port.
   *
   * @param args none
   */
  public static void main(String[] args) throws IOException {
    try (LoadServer server = LoadServer.start(0)) {
      System.out.println(server.port());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
