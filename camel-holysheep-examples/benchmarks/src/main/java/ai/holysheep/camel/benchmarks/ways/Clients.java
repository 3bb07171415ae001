package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.Target;
import java.io.IOException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.reactor.IOReactorConfig;

/** HttpClient 5 for the ways by hand: a connection for each stream, and nothing done twice. */
final class Clients {

  private static final int REACTOR_THREADS = 2;
  private static final String AUTHORIZATION = "Bearer " + Target.API_KEY;

  private Clients() {}

  /** One that blocks. */
  static CloseableHttpClient classic(Target target) {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(target.streams())
                .setMaxConnPerRoute(target.streams())
                .build())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  /** One that calls back, already started. */
  static CloseableHttpAsyncClient async(Target target) {
    CloseableHttpAsyncClient client =
        HttpAsyncClients.custom()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(target.streams())
                    .setMaxConnPerRoute(target.streams())
                    .build())
            .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(REACTOR_THREADS).build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .build();
    client.start();
    return client;
  }

  /** A request for a stream, for the client that blocks. */
  static ClassicHttpRequest classicRequest(Target target) {
    return ClassicRequestBuilder.post(target.completions())
        .setHeader(HttpHeaders.AUTHORIZATION, AUTHORIZATION)
        .setEntity(target.request(true), ContentType.APPLICATION_JSON)
        .build();
  }

  /** A request for a stream, for the client that calls back. */
  static SimpleHttpRequest asyncRequest(Target target) {
    return SimpleRequestBuilder.post(target.completions())
        .setHeader(HttpHeaders.AUTHORIZATION, AUTHORIZATION)
        .setBody(target.request(true), ContentType.APPLICATION_JSON)
        .build();
  }

  /**
   * Lets a good reply pass.
   *
   * @throws IOException when it is none
   */
  static void requireOk(HttpResponse response) throws IOException {
    if (response.getCode() != HttpStatus.SC_OK) {
      throw new IOException("HTTP status " + response.getCode());
    }
  }
}
