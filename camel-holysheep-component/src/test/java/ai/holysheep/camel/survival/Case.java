package ai.holysheep.camel.survival;

import ai.holysheep.camel.testing.Chunks;
import ai.holysheep.camel.testing.ScriptedServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * One step at one place, run against a server that sends two tokens. Between them it waits for the
 * first to come through, and before the end for the second, as long as the case has patience.
 */
final class Case {

  /** The text of the answer. */
  static final String ANSWER = "Hello";

  private static final long LIMIT_SECONDS = 20;

  /** A part may be held once before all is over. */
  private static final long SETTLING = 4;

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Step step;
  private final Place place;
  private final long patienceMillis;
  private final Sightings sightings;
  private final CompletableFuture<Boolean> live = new CompletableFuture<>();
  private final CompletableFuture<Void> sent = new CompletableFuture<>();

  private Case(Step step, Place place, long patienceMillis) {
    this.step = step;
    this.place = place;
    this.patienceMillis = patienceMillis;
    this.sightings = new Sightings(patienceMillis);
  }

  static Verdict run(Step step, Place place, long patienceMillis) {
    try {
      return new Case(step, place, patienceMillis).run();
    } catch (Exception e) {
      throw new IllegalStateException(step.name() + ", " + place.title(), e);
    }
  }

  private Verdict run() throws Exception {
    CamelContext context = new DefaultCamelContext();
    try (ScriptedServer server = new ScriptedServer(this::answer, Case::answerAgain)) {
      context.getShutdownStrategy().setTimeout(LIMIT_SECONDS);
      context.addRoutes(new CaseRoutes(step, place, ask(server), sightings));
      context.start();
      Exchange caller = place == Place.CONSUMER ? null : call(context);
      sent.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      settle(context);
      Verdict.Connection connection = connection(context, server);
      boolean answer = caller == null || hasAnswer(caller);
      boolean failed = caller != null && caller.getException() != null;
      context.stop();
      return new Verdict(place, sightings, live.getNow(false), connection, answer, failed);
    } finally {
      context.stop();
    }
  }

  private static boolean hasAnswer(Exchange caller) {
    try {
      return ANSWER.equals(caller.getMessage().getBody(String.class));
    } catch (TypeConversionException e) {
      return false;
    }
  }

  private void answer(ScriptedServer.Peer peer) throws Exception {
    try {
      peer.head().token("Hel");
      if (place != Place.BEHIND) {
        live.complete(sightings.awaitFirst());
      }
      peer.token("lo");
      if (place != Place.BEHIND) {
        sightings.awaitSecond();
      }
      finishAtOnce(peer);
    } finally {
      sent.complete(null);
    }
  }

  private static void answerAgain(ScriptedServer.Peer peer) throws Exception {
    peer.head().token("again").finish();
  }

  /** The end in one write: a client does not wait for the end of a body that comes later. */
  private static void finishAtOnce(ScriptedServer.Peer peer) throws Exception {
    String end =
        "data: %s\n\ndata: %s\n\ndata: [DONE]\n\n"
            .formatted(Chunks.finish("stop"), Chunks.usage(7, 3));
    peer.bytes(Integer.toHexString(end.length()) + "\r\n" + end + "\r\n0\r\n\r\n");
  }

  private static Exchange call(CamelContext context) throws Exception {
    try (var template = context.createProducerTemplate()) {
      return template
          .asyncSend(
              CaseRoutes.ASK,
              exchange -> {
                exchange.getMessage().setBody("Hi");
                exchange.getMessage().setHeader(CaseRoutes.HEADER, "c-7");
              })
          .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Waits until the last part was seen and no exchange is under way, or patience is at its end. */
  private void settle(CamelContext context) {
    until(
        () ->
            sightings.all().stream().anyMatch(Sightings.Sighting::isLast)
                && context.getInflightRepository().size() == 0,
        SETTLING * patienceMillis);
  }

  /** Asks once more: a connection that was given back is used again. */
  private Verdict.Connection connection(CamelContext context, ScriptedServer server)
      throws Exception {
    String way = place.isPush() ? "&streamTo=mock:again" : "";
    try (var template = context.createProducerTemplate()) {
      template.requestBody(ask(server) + way, "Hi", String.class);
    }
    if (server.connectionCount() == 1) {
      return Verdict.Connection.KEPT;
    }
    ScriptedServer.Peer peer = server.peer(0);
    return until(peer::isGone, patienceMillis)
        ? Verdict.Connection.CLOSED
        : Verdict.Connection.OPEN;
  }

  private static boolean until(BooleanSupplier condition, long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return condition.getAsBoolean();
  }

  private static String ask(ScriptedServer server) {
    return "holysheep:chat?model=m&stream=true&apiKey=key-1&maxReconnects=0&baseUrl="
        + server.baseUrl();
  }
}
