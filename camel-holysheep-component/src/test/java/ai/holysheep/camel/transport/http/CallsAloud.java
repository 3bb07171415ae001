package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.testing.Certificates;
import ai.holysheep.camel.testing.ScriptedProxy;
import ai.holysheep.camel.testing.ScriptedServer;
import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.SystemTimers;
import ai.holysheep.camel.transport.Transport;
import ai.holysheep.camel.transport.TransportFault;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * Calls in many ways with a transport, and prints what it throws. A process of its own, because
 * loggers cannot be switched to TRACE once they are there.
 */
final class CallsAloud {

  static final String KEY = "sk-aloud-0123456789";
  static final String PROMPT = "pr0mpt-0123456789";
  static final String PASSWORD = "pr0xy-s3cret-0123456789";
  static final String END = "These were all calls.";

  private static final Limits LIMITS = new Limits(1000, 2000, 3000);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final PrintStream OUT = System.out;

  private CallsAloud() {}

  public static void main(String[] arguments) throws Exception {
    SSLContext tls = new Certificates(Path.of(arguments[0])).of("ip:127.0.0.1");
    ScriptedServer.Script hello = peer -> peer.head().event("a").end();
    ScriptedServer.Script asking =
        peer -> peer.document(401, "text/plain", "", "WWW-Authenticate: Basic realm=\"s\"");
    ScriptedServer plain = new ScriptedServer(hello, asking, hello);
    ScriptedServer secure = ScriptedServer.secure(tls, hello);
    ScriptedProxy proxy = new ScriptedProxy().asking("joe", PASSWORD);
    HttpProxy way = new HttpProxy("127.0.0.1", proxy.port(), "joe", PASSWORD, null);
    for (HttpProxy through : new HttpProxy[] {null, way}) {
      try (Transport transport = transport(arguments[1], tls, through)) {
        call(transport, plain.baseUrl());
        call(transport, plain.baseUrl());
        call(transport, secure.baseUrl());
        call(transport, new ScriptedServer(ScriptedServer.Peer::reset).baseUrl());
        call(transport, new ScriptedServer(peer -> peer.bytes("HTTP/1.1 2").close()).baseUrl());
      }
    }
    try (Transport transport = transport(arguments[1], null, null)) {
      call(transport, "http://nowhere.invalid/v1");
      call(transport, secure.baseUrl());
    }
    OUT.println(END);
    System.exit(0);
  }

  private static Transport transport(String name, SSLContext tls, HttpProxy proxy) {
    HttpSettings settings = new HttpSettings(10, PATIENCE, PATIENCE, PATIENCE, tls, proxy);
    SystemTimers timers = new SystemTimers(Executors.newSingleThreadScheduledExecutor());
    return name.equals("blocking")
        ? new HttpTransport(settings, timers)
        : new WaitingTransport(new SignallingHttpTransport(settings, timers));
  }

  private static void call(Transport transport, String uri) {
    byte[] body = ("{\"prompt\":\"" + PROMPT + "\"}").getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = Map.of("Authorization", "Bearer " + KEY);
    Attempt attempt = transport.attempt(new Call(URI.create(uri), headers, body, LIMITS));
    try {
      Reply reply = attempt.send();
      OUT.println(attempt + " " + reply.status());
      while (reply.status() == 200 && reply.next() != null) {
        OUT.println("an event");
      }
    } catch (TransportFault e) {
      e.printStackTrace(OUT);
    } finally {
      attempt.release();
    }
  }
}
