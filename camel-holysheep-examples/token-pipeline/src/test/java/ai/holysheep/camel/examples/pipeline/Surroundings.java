package ai.holysheep.camel.examples.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.examples.brokers.JmsBroker;
import ai.holysheep.camel.examples.brokers.KafkaBroker;
import ai.holysheep.camel.simulator.Simulator;
import ai.holysheep.camel.simulator.SimulatorOptions;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Brokers, a model, and those who send prompts and read what comes of them. */
final class Surroundings implements AutoCloseable {

  static final Duration LONGEST = Duration.ofSeconds(60);

  private final KafkaBroker kafka;
  private final JmsBroker jms;
  private final Simulator simulator;
  private final Map<String, KafkaConsumer<String, String>> readers = new HashMap<>();
  private final Map<String, List<ConsumerRecord<String, String>>> read = new HashMap<>();

  Surroundings(double pace) throws Exception {
    kafka = new KafkaBroker();
    jms = new JmsBroker();
    simulator = Simulator.start(SimulatorOptions.defaults().withPaceFactor(pace));
    Topics.create(kafka.address());
  }

  Settings settings(Path folder) {
    return new Settings(
        kafka.address(), jms.address(), folder, "deepseek-v3.2", simulator.baseUrl(), "any-key", 1);
  }

  Simulator simulator() {
    return simulator;
  }

  /** Puts a prompt into a partition, and tells its id. */
  String prompt(int partition, String text) throws Exception {
    Map<String, Object> where = Map.of("bootstrap.servers", kafka.address());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(where, new StringSerializer(), new StringSerializer())) {
      RecordMetadata sent =
          producer.send(new ProducerRecord<>("prompts", partition, null, text)).get();
      return "prompts-%d-%d".formatted(partition, sent.offset());
    }
  }

  /** Puts the parts of a stream on the topic again, as those of another one for the same prompt. */
  void sendAgain(List<ConsumerRecord<String, String>> parts, String streamId) throws Exception {
    Map<String, Object> where = Map.of("bootstrap.servers", kafka.address());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(where, new StringSerializer(), new StringSerializer())) {
      for (ConsumerRecord<String, String> part : parts) {
        String value = part.value().replace(part.key(), streamId);
        producer
            .send(
                new ProducerRecord<>(
                    "tokens", part.partition(), null, streamId, value, part.headers()))
            .get();
      }
    }
  }

  /** All that has come to a topic up to now. */
  List<ConsumerRecord<String, String>> topic(String name) {
    KafkaConsumer<String, String> reader =
        readers.computeIfAbsent(
            name,
            topic -> {
              Map<String, Object> where =
                  Map.of(
                      "bootstrap.servers",
                      kafka.address(),
                      "group.id",
                      UUID.randomUUID().toString(),
                      "auto.offset.reset",
                      "earliest");
              KafkaConsumer<String, String> consumer =
                  new KafkaConsumer<>(where, new StringDeserializer(), new StringDeserializer());
              consumer.subscribe(List.of(topic));
              return consumer;
            });
    List<ConsumerRecord<String, String>> all =
        read.computeIfAbsent(name, topic -> new ArrayList<>());
    reader.poll(Duration.ofMillis(200)).forEach(all::add);
    return all;
  }

  /** The same of one prompt. */
  List<ConsumerRecord<String, String>> topic(String name, String promptId) {
    return topic(name).stream()
        .filter(entry -> promptId.equals(header(entry, "promptId")))
        .toList();
  }

  static String header(ConsumerRecord<String, String> entry, String name) {
    Header header = entry.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** So many messages of the queue, and no further one within two seconds. */
  List<String> queue(int count) throws Exception {
    ConnectionFactory connections = jms.connections();
    List<String> bodies = new ArrayList<>();
    try (JMSContext context = connections.createContext()) {
      JMSConsumer consumer = context.createConsumer(context.createQueue("answers"));
      for (int i = 0; i < count; i++) {
        Message message = consumer.receive(LONGEST.toMillis());
        assertThat(message).as("answer %d of the queue", i + 1).isNotNull();
        bodies.add(message.getBody(String.class));
      }
      assertThat(consumer.receive(2000)).as("another answer").isNull();
    }
    return bodies;
  }

  /** Waits until something holds. */
  static void until(String what, Callable<Boolean> holds) throws Exception {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!holds.call()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
    }
  }

  @Override
  public void close() {
    readers.values().forEach(KafkaConsumer::close);
    simulator.close();
    jms.close();
    kafka.close();
  }
}
