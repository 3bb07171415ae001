package ai.holysheep.camel.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Answers chat completions: checks the request, plans the answer and has it sent at the model's
 * pace.
 */
final class ChatHandler {

  /** Forgetting a count only makes a prompt fail again; the heap matters more. */
  private static final int COUNTED_PROMPTS = 10_000;

  private final Vertx vertx;
  private final SimulatorOptions options;
  private final Traffic traffic;
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();

  ChatHandler(Vertx vertx, SimulatorOptions options, Traffic traffic) {
    this.vertx = vertx;
    this.options = options;
    this.traffic = traffic;
  }

  /**
   * Answers one request, now or over time.
   *
   * @throws ApiError.RefusedException if the API would not accept it
   */
  void handle(HttpServerRequest http, byte[] body) {
    long startNanos = System.nanoTime();
    ChatRequest request = ChatRequestReader.read(body);
    Directives directives = Directives.parse(request.prompt());
    boolean well = isOverFailing(request.prompt(), directives.times());
    if (!well && answeredWithStatus(http, directives)) {
      return;
    }
    Completion completion = completion(request, directives);
    Fault fault = well ? Fault.NONE : directives.fault();
    Pace pace = Pace.of(request.model(), options.paceFactor());
    if (request.stream()) {
      StreamScript script = new StreamScript(completion, fault);
      int pieceBytes = directives.pieceBytes();
      new StreamPlayback(vertx, http, traffic, script, pace, pieceBytes, startNanos).start();
    } else {
      sendWhole(http, completion, fault, pace);
    }
  }

  private boolean isOverFailing(String prompt, int times) {
    if (times == Integer.MAX_VALUE) {
      return false;
    }
    if (failures.size() > COUNTED_PROMPTS) {
      failures.clear();
    }
    return failures.merge(prompt, 1, Integer::sum) > times;
  }

  private static boolean answeredWithStatus(HttpServerRequest http, Directives directives) {
    Directives.Status status = directives.status();
    if (status != null) {
      Replies.error(http, ApiError.asked(status.status(), status.code()));
      return true;
    }
    if (directives.htmlStatus() > 0) {
      Replies.html(http, directives.htmlStatus());
      return true;
    }
    return false;
  }

  private Completion completion(ChatRequest request, Directives directives) {
    List<Answer> answers = new AnswerPlanner(request, directives).plan();
    String id = "chatcmpl-" + traffic.nextId();
    long createdSeconds = Instant.now().getEpochSecond();
    return new Completion(id, createdSeconds, request, answers, Usage.of(request, answers));
  }

  private void sendWhole(HttpServerRequest http, Completion completion, Fault fault, Pace pace) {
    long waitNanos = pace.dueNanos(Math.max(0, completion.length() - 1));
    if (waitNanos == 0) {
      send(http, completion, fault);
      return;
    }
    long waitMillis = TimeUnit.NANOSECONDS.toMillis(waitNanos) + 1;
    long timer = vertx.setTimer(waitMillis, fired -> send(http, completion, fault));
    http.response().closeHandler(closed -> vertx.cancelTimer(timer));
  }

  private static void send(HttpServerRequest http, Completion completion, Fault fault) {
    String json = CompletionJson.write(completion);
    switch (fault.kind()) {
      case NONE -> Replies.json(http, 200, json);
      case MALFORMED -> Replies.json(http, 200, json.substring(0, json.length() / 2));
      case ERROR -> Replies.error(http, ApiError.asked(500, null));
      case CUT -> http.connection().close();
      case STALL -> {
        // The client shall wait until it gives up.
      }
    }
  }
}
