package ai.holysheep.camel.benchmarks.scaling;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What the model is given.
 *
 * @param cores cores of a node
 * @param cpuMicrosPerToken CPU of a token in one core, at a pace
 * @param cpuMicrosPerCall CPU of a call beside that of its tokens
 * @param heapKilobytesPerStream what an open stream keeps
 * @param baseMegabytes memory of a process without streams
 * @param tokensPerSecond of each stream
 * @param tokensPerAnswer how many tokens an answer has, on average
 * @param bytesPerToken on the wire, with the framing of events and of HTTP
 * @param mostUtilisation how much of its cores a node may have to do
 * @param tokensPerSecondOfPartition what a partition of Kafka takes
 * @param connectionsOfAddress how many connections one address can have to one server
 * @param pricePerCoreHour in dollars
 */
record Figures(
    int cores,
    double cpuMicrosPerToken,
    double cpuMicrosPerCall,
    double heapKilobytesPerStream,
    double baseMegabytes,
    double tokensPerSecond,
    double tokensPerAnswer,
    double bytesPerToken,
    double mostUtilisation,
    double tokensPerSecondOfPartition,
    int connectionsOfAddress,
    double pricePerCoreHour) {

  /** Those of the file beside this class, which says where each comes from. */
  static Figures ofFile() {
    Properties properties = new Properties();
    try (InputStream in = Figures.class.getResourceAsStream("figures.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(properties);
  }

  private static Figures of(Properties from) {
    return new Figures(
        (int) number(from, "cores"),
        number(from, "cpuMicrosPerToken"),
        number(from, "cpuMicrosPerCall"),
        number(from, "heapKilobytesPerStream"),
        number(from, "baseMegabytes"),
        number(from, "tokensPerSecond"),
        number(from, "tokensPerAnswer"),
        number(from, "bytesPerToken"),
        number(from, "mostUtilisation"),
        number(from, "tokensPerSecondOfPartition"),
        (int) number(from, "connectionsOfAddress"),
        number(from, "pricePerCoreHour"));
  }

  private static double number(Properties from, String name) {
    String value = from.getProperty(name);
    if (value == null) {
      throw new IllegalArgumentException("figures.properties says no " + name);
    }
    return Double.parseDouble(value);
  }

  /** How many calls begin per second, so that so many streams are always open. */
  double callsPerSecond(int streams) {
    return streams * tokensPerSecond / tokensPerAnswer;
  }

  /** How much of its cores a node has to do for so many streams; 1 for all of them. */
  double utilisation(int streams) {
    double micros =
        streams * tokensPerSecond * cpuMicrosPerToken + callsPerSecond(streams) * cpuMicrosPerCall;
    return micros / 1e6 / cores;
  }

  /** How many streams a node may have. */
  int streamsOfNode() {
    return (int) (mostUtilisation / utilisation(1));
  }
}
