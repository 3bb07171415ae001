package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.io.CloseMode;

/**
 * An iterator of tokens in a streaming split, as one would write it by hand for this server: no
 * headers, no limits of time, no second try.
 */
final class MinimalPull implements Way {

  private final CloseableHttpClient client;
  private final Routes routes;

  MinimalPull(Target target) throws Exception {
    client = Clients.classic(target);
    routes =
        new Routes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:ask")
                    .process(asked -> asked.getMessage().setBody(answer(target)))
                    .split(body())
                    .streaming()
                    .process(part -> tell(part));
              }
            });
  }

  private ChunkIterator answer(Target target) throws HttpException, IOException {
    ClassicHttpRequest request = Clients.classicRequest(target);
    ClassicHttpResponse response =
        client.executeOpen(RoutingSupport.determineHost(request), request, null);
    Clients.requireOk(response);
    return new ChunkIterator(response);
  }

  /** Tells the check of an answer what one of its parts holds. */
  static void tell(Exchange part) {
    Object body = part.getMessage().getBody();
    if (body instanceof String token) {
      Routes.check(part).token(token);
    } else if (body instanceof Long completionTokens) {
      Routes.check(part).usage(completionTokens);
    }
  }

  @Override
  public void read(StreamCheck check) throws Exception {
    routes.ask(check);
  }

  @Override
  public boolean isWaiting() {
    return true;
  }

  @Override
  public void close() {
    routes.close();
    client.close(CloseMode.IMMEDIATE);
  }
}
