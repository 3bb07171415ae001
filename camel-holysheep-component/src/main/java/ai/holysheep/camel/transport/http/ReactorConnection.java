package ai.holysheep.camel.transport.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.nio.ClientHttp1IOEventHandler;
import org.apache.hc.core5.http.impl.nio.ClientHttp1StreamDuplexer;
import org.apache.hc.core5.http.impl.nio.DefaultHttpRequestWriterFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the reactor that logs nothing of what goes over it, whose heads are read by
 * {@link AwaitedHeads}, and that each attempt knows which sends over it. The library's own one
 * would be made for HTTP/2 as well, and offers no way to bring a parser. Belongs to the reactor's
 * thread; any thread may close the session. The pool closes it.
 */
final class ReactorConnection implements HttpProcessor {

  private final ProtocolIOSession session;
  private final AwaitedHeads heads;
  private boolean forTunnel;

  private ReactorConnection(ProtocolIOSession session, Http1Config limits) {
    this.session = session;
    this.heads = new AwaitedHeads(limits);
  }

  /** Takes a new connection over, before anything is sent. */
  static void over(ProtocolIOSession session, Http1Config limits) {
    session.upgrade(new Events(new ReactorConnection(session, limits).duplexer(limits)));
  }

  private ClientHttp1StreamDuplexer duplexer(Http1Config limits) {
    return new ClientHttp1StreamDuplexer(
        session,
        this,
        limits,
        null,
        DefaultClientConnectionReuseStrategy.INSTANCE,
        heads,
        DefaultHttpRequestWriterFactory.INSTANCE.create(),
        null,
        null,
        null);
  }

  @Override
  public void process(HttpRequest request, EntityDetails entity, HttpContext context)
      throws IOException {
    forTunnel = Method.CONNECT.isSame(request.getMethod());
    heads.await(forTunnel);
    Exchange.of(context).sending(session, forTunnel);
  }

  @Override
  public void process(HttpResponse response, EntityDetails entity, HttpContext context)
      throws IOException {
    heads.answered();
    if (forTunnel) {
      Exchange.of(context).tunnelAnswered(response.getCode());
    }
  }

  private static final class Events extends ClientHttp1IOEventHandler {

    Events(ClientHttp1StreamDuplexer duplexer) {
      super(duplexer);
    }

    @Override
    public void inputReady(IOSession from, @Nullable ByteBuffer decrypted) throws IOException {
      if (from instanceof QuietSession quiet) {
        quiet.beginEvent(decrypted != null && decrypted.hasRemaining());
      }
      super.inputReady(from, decrypted);
    }
  }
}
