package ai.holysheep.camel.examples.pipeline;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConfiguration;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.springframework.jms.connection.CachingConnectionFactory;

/**
 * The routes of {@code routes/asking.xml} and {@code routes/joining.xml}, until they are closed.
 */
final class Pipeline implements AutoCloseable {

  private static final List<String> ROUTES = List.of("routes/asking.xml", "routes/joining.xml");
  private static final int MANY = 100_000;
  private static final long MEGABYTES = 64L * 1024 * 1024;

  private final DefaultCamelContext camel = new DefaultCamelContext();

  private Pipeline() {}

  /**
   * Starts it, and makes the topics that are not there.
   *
   * @param settings with the addresses of both brokers
   * @throws IllegalStateException when one of them cannot be reached
   */
  static Pipeline start(Settings settings) throws Exception {
    Topics.create(Objects.requireNonNull(settings.kafka(), "kafka"));
    lookForJms(Objects.requireNonNull(settings.jms(), "jms"));
    Pipeline pipeline = new Pipeline();
    try {
      pipeline.configure(settings);
      pipeline.camel.start();
    } catch (Exception e) {
      pipeline.close();
      throw e;
    }
    return pipeline;
  }

  /** Camel would try again and again. */
  private static void lookForJms(String address) {
    try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(address);
        JMSContext connection = factory.createContext()) {
      connection.start();
    } catch (JMSRuntimeException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "Artemis cannot be reached at " + address + ": " + Words.of(e));
    }
  }

  private void configure(Settings settings) throws Exception {
    Properties properties = new Properties();
    properties.putAll(settings.properties());
    camel.getPropertiesComponent().setInitialProperties(properties);
    HolySheepConfiguration holySheep =
        camel.getComponent("holysheep", HolySheepComponent.class).getConfiguration();
    holySheep.setApiKey(settings.apiKey());
    if (settings.baseUrl() != null) {
      holySheep.setBaseUrl(settings.baseUrl());
    }
    camel.addComponent("jms", jms(settings));
    camel.getRegistry().bind("offsets", new Offsets());
    camel.getRegistry().bind("openStreams", new OpenStreams());
    camel
        .getRegistry()
        .bind(
            "answered",
            FileIdempotentRepository.fileIdempotentRepository(
                settings.folder().resolve(".answered").toFile(), MANY, MEGABYTES));
    for (String routes : ROUTES) {
      Resource resource =
          PluginHelper.getResourceLoader(camel).resolveResource("classpath:" + routes);
      PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
    }
  }

  private static JmsComponent jms(Settings settings) {
    return JmsComponent.jmsComponentAutoAcknowledge(
        new CachingConnectionFactory(new ActiveMQConnectionFactory(settings.jms())));
  }

  /** Ends a stream; its prompt is asked again. */
  void cancel(String streamId) {
    camel.getComponent("holysheep", HolySheepComponent.class).cancelStream(streamId);
  }

  @Override
  public void close() {
    camel.stop();
  }
}
