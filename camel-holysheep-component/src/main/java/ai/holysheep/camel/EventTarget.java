package ai.holysheep.camel;

import java.util.Objects;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.spi.ProducerCache;
import org.apache.camel.spi.SharedInternalProcessor;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.cache.DefaultProducerCache;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where the events of streams go: the endpoint that the option {@code streamTo} names, or for each
 * stream the one that its expression names.
 */
final class EventTarget extends ServiceSupport {

  private final CamelContext context;
  private final String uri;
  private final ProducerCache producers;
  private final SharedInternalProcessor unitOfWork;
  private @Nullable Expression expression;
  private @Nullable Endpoint endpoint;

  EventTarget(Object source, CamelContext context, String uri) {
    this.context = context;
    this.uri = uri;
    this.producers = new DefaultProducerCache(source, context, 0);
    this.unitOfWork =
        PluginHelper.getInternalProcessorFactory(context)
            .createSharedCamelInternalProcessor(context);
  }

  /**
   * The endpoint for the stream of one exchange.
   *
   * @throws IllegalArgumentException when there is none
   */
  Endpoint endpoint(Exchange asking) {
    Expression named = expression;
    if (endpoint != null || named == null) {
      return Objects.requireNonNull(endpoint, "started");
    }
    return resolve(named.evaluate(asking, String.class));
  }

  /** Sends an exchange there; the callback is told when that is done, as with any processor. */
  void send(Endpoint to, Exchange part, AsyncCallback callback) {
    producers.doInAsyncProducer(
        to,
        part,
        callback,
        (producer, exchange, done) -> unitOfWork.process(exchange, done, producer, null));
  }

  /** What went wrong with an exchange that was sent; null where nothing did. */
  static @Nullable Exception failure(Exchange part) {
    Exception exception = part.getException();
    boolean rollback = part.isRollbackOnly() || part.isRollbackOnlyLast();
    return exception == null && rollback ? new RollbackExchangeException(part) : exception;
  }

  @Override
  protected void doStart() {
    ServiceHelper.startService(producers);
    if (uri.contains("${")) {
      expression = context.resolveLanguage("simple").createExpression(uri);
      expression.init(context);
    } else {
      endpoint = resolve(uri);
    }
  }

  @Override
  protected void doStop() {
    ServiceHelper.stopService(producers);
  }

  @Override
  protected void doShutdown() {
    ServiceHelper.stopAndShutdownService(producers);
  }

  private Endpoint resolve(@Nullable String name) {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException(
          "The option 'streamTo' is '" + uri + "', which names no endpoint for this message.");
    }
    try {
      return CamelContextHelper.getMandatoryEndpoint(context, name);
    } catch (ResolveEndpointFailedException | NoSuchEndpointException e) {
      throw new IllegalArgumentException(
          "The option 'streamTo' names an endpoint that there is not: " + e.getMessage(), e);
    }
  }
}
