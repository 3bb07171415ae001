package ai.holysheep.camel.examples.brokers;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Kafka as it is, one node without ZooKeeper, in this process, on free ports of 127.0.0.1. What it
 * stores is deleted when it is closed.
 */
public final class KafkaBroker implements AutoCloseable {

  private final Path folder;
  private final String address;
  private final KafkaRaftServer server;

  /** Starts it; returns when it can be used. */
  public KafkaBroker() throws Exception {
    folder = Files.createTempDirectory("kafka");
    address = "127.0.0.1:" + freePort();
    String controller = "127.0.0.1:" + freePort();
    format();
    server = new KafkaRaftServer(new KafkaConfig(config(controller), false), Time.SYSTEM);
    server.startup();
  }

  /** Host and port, for clients. */
  public String address() {
    return address;
  }

  private void format() throws Exception {
    Formatter formatter =
        new Formatter()
            .setPrintStream(
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
            .setClusterId(Uuid.randomUuid().toString())
            .setNodeId(1)
            .setControllerListenerName("CONTROLLER")
            .setMetadataLogDirectory(folder.toString())
            .addDirectory(folder.toString());
    formatter.run();
  }

  private Map<String, String> config(String controller) {
    Map<String, String> config = new HashMap<>();
    config.put("process.roles", "broker,controller");
    config.put("node.id", "1");
    config.put("controller.quorum.voters", "1@" + controller);
    config.put("controller.listener.names", "CONTROLLER");
    config.put("listeners", "PLAINTEXT://" + address + ",CONTROLLER://" + controller);
    config.put("advertised.listeners", "PLAINTEXT://" + address);
    config.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    config.put("log.dirs", folder.toString());
    // There is nobody to hand over to.
    config.put("controlled.shutdown.enable", "false");
    // With one partition alone everything would be in order, whatever its key.
    config.put("num.partitions", "3");
    // One node is enough for everything, and nobody else joins the group.
    config.put("offsets.topic.num.partitions", "1");
    config.put("offsets.topic.replication.factor", "1");
    config.put("group.initial.rebalance.delay.ms", "0");
    return config;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    if (Files.notExists(folder)) {
      return;
    }
    server.shutdown();
    server.awaitShutdown();
    try (Stream<Path> files = Files.walk(folder)) {
      List<File> deepestFirst = files.sorted(Comparator.reverseOrder()).map(Path::toFile).toList();
      deepestFirst.forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
