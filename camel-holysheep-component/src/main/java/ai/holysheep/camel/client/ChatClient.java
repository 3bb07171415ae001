package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.EventEncoder;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.Transport;
import ai.holysheep.camel.wire.EventWriter;
import ai.holysheep.camel.wire.RequestWriter;
import ai.holysheep.camel.wire.WrittenRequest;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks models. Thread-safe; each call runs on its caller's thread. The transport and the timers are
 * borrowed: whoever made them closes them, after this.
 */
public final class ChatClient {

  private final Transport transport;
  private final Timers timers;
  private final Duration connectTimeout;
  private final Duration connectionRequestTimeout;
  private final RequestWriter requests = new RequestWriter();
  private final EventWriter encoder = new EventWriter();
  private final Set<PullStream> active = ConcurrentHashMap.newKeySet();

  /**
   * @param transport carries the calls
   * @param timers watches them
   * @param connectTimeout what the transport was told, to name it in errors
   * @param connectionRequestTimeout what the transport was told, to name it in errors
   */
  public ChatClient(
      Transport transport,
      Timers timers,
      Duration connectTimeout,
      Duration connectionRequestTimeout) {
    this.transport = transport;
    this.timers = timers;
    this.connectTimeout = connectTimeout;
    this.connectionRequestTimeout = connectionRequestTimeout;
  }

  /**
   * Sends a request and waits for the head of the reply; the events are taken from the result.
   *
   * @throws ai.holysheep.camel.error.HolySheepException when the request cannot be sent or is
   *     refused
   */
  public EventStream stream(ChatRequest request, CallSettings settings) {
    return open(request, settings);
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @throws ai.holysheep.camel.error.HolySheepException when there is no whole answer
   */
  public ChatAnswer ask(ChatRequest request, CallSettings settings) {
    try (PullStream stream = open(request, settings)) {
      while (stream.hasNext()) {
        if (stream.next() instanceof CallFailed failed) {
          throw failed.exception();
        }
      }
      return stream.answer();
    }
  }

  /** Writes events as JSON. */
  public EventEncoder encoder() {
    return encoder;
  }

  /** How many calls are under way. */
  public int activeCount() {
    return active.size();
  }

  /** Cancels every call that is under way; those who take its events get an exception. */
  public void cancelAll(String reason) {
    active.forEach(stream -> stream.cancel(reason));
  }

  private PullStream open(ChatRequest request, CallSettings settings) {
    WrittenRequest written = requests.write(request);
    Call call = call(written, settings, request.stream());
    Failures failures = new Failures(call.uri(), connectTimeout, connectionRequestTimeout);
    PullStream stream =
        new PullStream(
            transport.attempt(call),
            written,
            request.stream() ? settings : settings.forWholeAnswer(),
            timers,
            failures,
            active);
    stream.open();
    return stream;
  }

  private static Call call(WrittenRequest request, CallSettings settings, boolean stream) {
    Map<String, String> headers = new LinkedHashMap<>(settings.headers());
    headers.put("Accept", stream ? "text/event-stream, application/json" : "application/json");
    if (settings.apiKey() != null) {
      headers.put("Authorization", settings.apiKey().authorization());
    }
    URI uri = URI.create(settings.baseUrl() + "/chat/completions");
    return new Call(uri, headers, request.body(), settings.limits());
  }
}
