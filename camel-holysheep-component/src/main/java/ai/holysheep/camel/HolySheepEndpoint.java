package ai.holysheep.camel;

import java.util.Map;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Ask language models and stream their answers: one exchange per token, and the usage at the end.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = HolySheepConstants.SCHEME,
    title = "HolySheep",
    syntax = "holysheep:operation",
    category = {Category.AI},
    headersClass = HolySheepConstants.class)
@ManagedResource(description = "HolySheep endpoint")
public class HolySheepEndpoint extends ScheduledPollEndpoint
    implements EndpointServiceLocation, ManagedCalls {

  @UriPath(
      description =
          "What to do: chat asks a model, agent speaks in a session with one, cancel ends a stream that is under way, respond writes the"
              + " stream in the body as the reply to a request of platform-http, piece by piece.")
  @Metadata(required = true)
  private final HolySheepOperation operation;

  @UriParam private HolySheepConfiguration configuration;

  @UriParam private HolySheepSessionConfiguration sessionConfiguration;

  private final EndpointCounters counters = new EndpointCounters();
  private @Nullable HealthCheck healthCheck;

  public HolySheepEndpoint(
      String uri,
      HolySheepComponent component,
      HolySheepOperation operation,
      HolySheepConfiguration configuration,
      HolySheepSessionConfiguration sessionConfiguration) {
    super(uri, component);
    this.operation = operation;
    this.configuration = configuration;
    this.sessionConfiguration = sessionConfiguration;
  }

  @Override
  public HolySheepComponent getComponent() {
    return (HolySheepComponent) super.getComponent();
  }

  @Override
  public Producer createProducer() {
    return switch (operation) {
      case chat ->
          configuration.getStreamTo() == null
              ? new HolySheepProducer(this)
              : new HolySheepPushProducer(this);
      case agent -> new HolySheepAgentProducer(this);
      case cancel -> new HolySheepCancelProducer(this);
      case respond -> new HolySheepRespondProducer(this);
    };
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    if (operation == HolySheepOperation.agent) {
      return new HolySheepAgentConsumer(this, processor);
    }
    if (operation != HolySheepOperation.chat) {
      throw new UnsupportedOperationException(
          "holysheep:"
              + operation
              + " cannot be the start of a route: send it a message with 'to'.");
    }
    HolySheepConsumer consumer = new HolySheepConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    boolean asks = operation == HolySheepOperation.chat || operation == HolySheepOperation.agent;
    WritableHealthCheckRepository checks = healthChecks();
    if (asks && checks != null && getComponent().isHealthCheckProducerEnabled()) {
      HealthCheck check = new HolySheepHealthCheck(this);
      checks.addHealthCheck(check);
      healthCheck = check;
    }
  }

  @Override
  protected void doStop() throws Exception {
    WritableHealthCheckRepository checks = healthChecks();
    if (healthCheck != null && checks != null) {
      checks.removeHealthCheck(healthCheck);
      healthCheck = null;
    }
    super.doStop();
  }

  private @Nullable WritableHealthCheckRepository healthChecks() {
    return HealthCheckHelper.getHealthCheckRepository(
        getCamelContext(), "producers", WritableHealthCheckRepository.class);
  }

  @Override
  public String getServiceUrl() {
    return configuration.getBaseUrl();
  }

  @Override
  public String getServiceProtocol() {
    return "http";
  }

  @Override
  public @Nullable Map<String, String> getServiceMetadata() {
    String model = configuration.getModel();
    return model == null ? null : Map.of("model", model);
  }

  /** Is told of the calls of this endpoint. */
  EndpointCounters counters() {
    return counters;
  }

  @Override
  public HolySheepEndpoint callingEndpoint() {
    return this;
  }

  public HolySheepOperation getOperation() {
    return operation;
  }

  public HolySheepSessionConfiguration getSessionConfiguration() {
    return sessionConfiguration;
  }

  /** The options of agent sessions. */
  public void setSessionConfiguration(HolySheepSessionConfiguration sessionConfiguration) {
    this.sessionConfiguration = sessionConfiguration;
  }

  public HolySheepConfiguration getConfiguration() {
    return configuration;
  }

  /** The options of this endpoint. */
  public void setConfiguration(HolySheepConfiguration configuration) {
    this.configuration = configuration;
  }
}
