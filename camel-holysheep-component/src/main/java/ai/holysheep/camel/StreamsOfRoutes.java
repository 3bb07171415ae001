package ai.holysheep.camel;

import ai.holysheep.camel.client.ChatClient;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.ShutdownPrepared;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Ends the streams of a route with it. Producers cannot: Camel stops those of dynamic endpoints
 * after each message, and does not tell any that their route is about to stop. So each route gets a
 * service that is told.
 */
final class StreamsOfRoutes extends LifecycleStrategySupport {

  private static final String ROUTE_STOPS = "the route that asked stops";

  private final ChatClient client;
  private final BooleanSupplier cancelOnShutdown;

  /**
   * @param cancelOnShutdown whether not to wait for streams while Camel waits for exchanges
   */
  StreamsOfRoutes(ChatClient client, BooleanSupplier cancelOnShutdown) {
    this.client = client;
    this.cancelOnShutdown = cancelOnShutdown;
  }

  /** To be called once; routes that come later are told by Camel. */
  void watch(CamelContext context) {
    context.addLifecycleStrategy(this);
    onRoutesAdd(context.getRoutes());
  }

  void leave(CamelContext context) {
    context.getLifecycleStrategies().remove(this);
  }

  @Override
  public void onRoutesAdd(Collection<Route> routes) {
    for (Route route : routes) {
      RouteEnd end = new RouteEnd(route.getRouteId());
      ServiceHelper.startService(end);
      route.addService(end);
    }
  }

  private final class RouteEnd extends ServiceSupport implements ShutdownPrepared {

    private final String routeId;

    RouteEnd(String routeId) {
      this.routeId = routeId;
    }

    /**
     * Camel says first that the route is to stop, then waits for its exchanges as long as the
     * shutdown strategy allows, and then says that it must stop.
     */
    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
      if (forced || !suspendOnly && cancelOnShutdown.getAsBoolean()) {
        client.cancelAllOf(routeId, ROUTE_STOPS);
      }
    }

    @Override
    protected void doStop() {
      client.cancelAllOf(routeId, ROUTE_STOPS);
    }
  }
}
