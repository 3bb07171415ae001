package ai.holysheep.camel;

import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.client.ServerLook;
import ai.holysheep.camel.client.ServerProbe;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;

/**
 * Whether an endpoint could ask its model: its options are valid, there is a key where one is
 * needed, and the server answers. Never waits: it tells what the last look at the server has shown.
 */
final class HolySheepHealthCheck extends AbstractHealthCheck {

  private final HolySheepEndpoint endpoint;
  private @Nullable ServerProbe probe;

  HolySheepHealthCheck(HolySheepEndpoint endpoint) {
    super("camel", id(endpoint));
    this.endpoint = endpoint;
  }

  /** Endpoints that differ in options alone are told apart. */
  private static String id(HolySheepEndpoint endpoint) {
    String model = endpoint.getConfiguration().getModel();
    return "producer:holysheep-"
        + endpoint.getOperation()
        + (model == null ? "" : "-" + model)
        + "-"
        + Integer.toHexString(endpoint.getEndpointUri().hashCode());
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    builder.detail("baseUrl", String.valueOf(endpoint.getConfiguration().getBaseUrl()));
    builder.detail("model", String.valueOf(endpoint.getConfiguration().getModel()));
    try {
      tell(builder, probe());
    } catch (RuntimeException e) {
      builder.down().message(e.getMessage()).error(e);
    }
  }

  /** Made when it is asked for first, because options that are not valid have no server. */
  private synchronized ServerProbe probe() {
    ServerProbe known = probe;
    if (known == null) {
      ChatCalls calls = ChatCalls.of(endpoint);
      CallSettings settings = calls.options().settingsOfEndpoint();
      known = calls.client().probe(settings, endpoint.getComponent().isHealthCheckWithKey());
      probe = known;
    }
    return known;
  }

  private static void tell(HealthCheckResultBuilder builder, ServerProbe probe) {
    ServerLook look = probe.look();
    if (look == null) {
      builder.unknown().message("The first look at the server is under way.");
      return;
    }
    builder.detail("ageMillis", probe.age(look).toMillis());
    if (look.status() != 0) {
      builder.detail(SERVICE_STATUS_CODE, look.status());
    }
    if (look.failure() == null) {
      builder.up();
    } else {
      builder.down().message(look.failure());
    }
  }
}
