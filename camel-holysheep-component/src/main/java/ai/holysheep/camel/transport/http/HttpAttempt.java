package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.TransportFault;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * One request of the blocking HttpClient. One thread sends and reads; {@link #abort} comes from any
 * thread, because HttpClient allows a request to be aborted at any time.
 */
final class HttpAttempt implements Attempt {

  /** How long a server may take to end its reply after its last message. */
  static final Duration END_OF_REPLY = Duration.ofMillis(20);

  /** What a server may send after the last message, before it is not listened to any longer. */
  static final int LEFTOVER_BYTES = 64 * 1024;

  /**
   * Whom an attempt works with.
   *
   * @param client sends
   * @param proxy what requests go through; null for the direct way
   * @param over told when an attempt has ended, and a connection may have become idle
   */
  record Peers(CloseableHttpClient client, @Nullable HttpProxy proxy, Runnable over) {}

  private final Peers peers;
  private final HttpUriRequestBase request;
  private final Limits limits;
  private final Timers timers;
  private final AtomicBoolean over = new AtomicBoolean();

  // Owned by the thread that sends and reads.
  private @Nullable ClassicHttpResponse response;
  private @Nullable HttpReply reply;

  HttpAttempt(Peers peers, HttpUriRequestBase request, Limits limits, Timers timers) {
    this.peers = peers;
    this.request = request;
    this.limits = limits;
    this.timers = timers;
  }

  @Override
  public Reply send() throws TransportFault {
    HttpClientContext context = HttpClientContext.create();
    HttpProxy proxy = null;
    try {
      HttpHost target = RoutingSupport.determineHost(request);
      proxy = ProxyRoutes.way(peers.proxy(), target);
      ClassicHttpResponse head = peers.client().executeOpen(target, request, context);
      response = head;
      if (proxy != null) {
        ProxyRoutes.refuseWordsOf(proxy, target, head.getCode(), isSecured(context));
      }
      HttpEntity entity = head.getEntity();
      InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
      HttpReply begun = new HttpReply(head, body, limits);
      reply = begun;
      return begun;
    } catch (TransportFault e) {
      abort();
      throw e;
    } catch (IOException | HttpException | IllegalStateException e) {
      abort();
      throw Faults.beforeTheReply(e, isSecured(context), proxy);
    }
  }

  /** A handshake has succeeded; from then on the request may be on its way. */
  private static boolean isSecured(HttpClientContext context) {
    return context.getSSLSession() != null;
  }

  @Override
  public void abort() {
    if (over.compareAndSet(false, true)) {
      request.abort();
      // A reply that was read to its end has given its connection back all the same.
      peers.over().run();
    }
  }

  @Override
  public void release() {
    boolean ended = reply != null && reply.hasEnded();
    if (!ended && (response == null || !hasEnded(response))) {
      abort();
    }
    over.set(true);
    peers.over().run();
  }

  /** A connection whose reply was read to its end goes back to the pool by itself. */
  private boolean hasEnded(ClassicHttpResponse head) {
    HttpEntity entity = head.getEntity();
    if (entity == null) {
      return true;
    }
    Runnable withdraw = () -> {};
    try {
      withdraw = timers.schedule(END_OF_REPLY, this::abort);
      InputStream rest = entity.getContent();
      byte[] leftover = new byte[1024];
      for (int total = 0; total < LEFTOVER_BYTES; ) {
        int read = rest.read(leftover);
        if (read < 0) {
          return true;
        }
        total += read;
      }
      return false;
    } catch (IOException | RejectedExecutionException e) {
      return false;
    } finally {
      withdraw.run();
    }
  }
}
