package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
  private final AgentSockets agents;
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();

  ChatHandler(Vertx vertx, SimulatorOptions options, AgentSockets agents, Traffic traffic) {
    this.vertx = vertx;
    this.options = options;
    this.traffic = traffic;
    this.agents = agents;
  }

  /**
   * Opens the socket of an agent session.
   *
   * @throws ApiError.RefusedException if there is none at this path
   */
  void openSocket(HttpServerRequest http) {
    agents.open(http, this);
  }

  /** How fast a model is. */
  Pace pace(SimulatedModel model) {
    return Pace.of(model, options.paceFactor());
  }

  /**
   * Answers one request, now or over time.
   *
   * @throws ApiError.RefusedException if the API would not accept it
   */
  void handle(HttpServerRequest http, byte[] body) {
    long startNanos = System.nanoTime();
    ObjectNode json = ChatRequestReader.parse(body);
    ChatRequest request = ChatRequestReader.read(json);
    Directives directives = Directives.parse(request.prompt());
    boolean socket = agents.isOfferedTo(http, request, directives);
    // What else goes wrong over a socket is counted when it does.
    boolean counts = !socket || directives.refuses();
    boolean well = counts && isOverFailing(request.prompt(), directives.times());
    if (!well && answeredWithStatus(http, directives)) {
      return;
    }
    Completion completion = completion(request, directives);
    if (socket) {
      agents.offer(http, json);
      return;
    }
    Fault fault = well ? Fault.NONE : directives.fault();
    Pace pace = pace(request.model());
    if (request.stream()) {
      ResponseOutlet outlet = new ResponseOutlet(http, traffic, directives.pieceBytes());
      StreamScript script = new StreamScript(completion);
      outlet.play(new Playback(vertx, script, outlet, pace, fault, startNanos));
    } else {
      sendWhole(http, completion, fault, pace);
    }
  }

  /** Whether a prompt has struck as often as it should. Counts. */
  boolean isOverFailing(String prompt, int times) {
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
      default -> {
        // A stall: the client shall wait until it gives up.
      }
    }
  }
}
