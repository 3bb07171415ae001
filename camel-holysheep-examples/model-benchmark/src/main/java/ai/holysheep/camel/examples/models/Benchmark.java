package ai.holysheep.camel.examples.models;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.ProtocolViolatedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/**
 * Asks models one after the other, round by round, so that what changes in the course of time
 * changes the figures of all of them. Over a socket each run is a session of its own, whose first
 * turn opens the connection and is not measured, as a call before the first run opens that for
 * events.
 */
final class Benchmark {

  private final ProducerTemplate camel;
  private final LongSupplier nanoClock;
  private final Question question;
  private final Consumer<String> news;
  private int sessions;

  /**
   * What is asked. {@code {tokens}} in a prompt stands for their number.
   *
   * @param prompt what is measured
   * @param shortPrompt what is asked before, to open a connection
   */
  record Question(String prompt, String shortPrompt, int tokens) {}

  Benchmark(
      ProducerTemplate camel, LongSupplier nanoClock, Question question, Consumer<String> news) {
    this.camel = camel;
    this.nanoClock = nanoClock;
    this.question = question;
    this.news = news;
  }

  /**
   * Measures; failures are among the runs.
   *
   * @return the runs of each model over each transport; a transport that cannot be used at all is
   *     left out, and said
   */
  List<ModelRuns> run(List<String> models, List<Transport> transports, int rounds) {
    List<ModelRuns> all = new ArrayList<>();
    List<Transport> usable =
        transports.stream().filter(transport -> isUsable(models.get(0), transport)).toList();
    for (String model : models) {
      usable.forEach(transport -> all.add(new ModelRuns(model, transport)));
    }
    for (int round = 1; round <= rounds; round++) {
      for (ModelRuns runs : all) {
        news.accept("%s, run %d of %d: %s".formatted(runs.name(), round, rounds, run(runs, round)));
      }
    }
    return all;
  }

  /** A first call loads classes and opens the connection, and would make the first run slow. */
  private boolean isUsable(String model, Transport transport) {
    try {
      prepare(model, transport);
    } catch (CamelExecutionException e) {
      // Whatever else it is, the runs will say so.
      if (e.getCause() instanceof ProtocolViolatedException && transport == Transport.WEBSOCKET) {
        news.accept("No figures over a WebSocket: " + oneLine(e));
        return false;
      }
    }
    return true;
  }

  private String run(ModelRuns runs, int round) {
    try {
      Measured measured = measure(runs.model(), runs.transport()).measured();
      runs.add(round, measured);
      return Numbers.format(
          "first token after %.0f ms, %d tokens in %.2f s",
          measured.firstToken(), measured.tokens(), measured.total() / 1000);
    } catch (CamelExecutionException | IllegalStateException e) {
      String failure = oneLine(e);
      runs.addFailure(round, failure);
      return "FAILED: " + failure;
    }
  }

  private void prepare(String model, Transport transport) {
    String session = newSession();
    try {
      ask(model, transport, session, question.shortPrompt());
    } finally {
      close(transport, session);
    }
  }

  private Recording measure(String model, Transport transport) {
    String session = newSession();
    try {
      if (transport == Transport.WEBSOCKET) {
        ask(model, transport, session, question.shortPrompt());
      }
      return ask(model, transport, session, question.prompt());
    } finally {
      close(transport, session);
    }
  }

  private String newSession() {
    return "run-" + ++sessions;
  }

  private void close(Transport transport, String session) {
    if (transport == Transport.WEBSOCKET) {
      camel.sendBodyAndHeader("direct:close", null, HolySheepConstants.SESSION_ID, session);
    }
  }

  private Recording ask(String model, Transport transport, String session, String prompt) {
    Recording recording = new Recording(nanoClock);
    Map<String, Object> headers =
        Map.of(
            HolySheepConstants.MODEL,
            model,
            HolySheepConstants.MAX_TOKENS,
            question.tokens(),
            HolySheepConstants.SESSION_ID,
            session);
    Exchange exchange =
        camel.send(
            "direct:measure-" + transport.word(),
            asking -> {
              asking.setProperty(MeasuringRoute.RECORDING, recording);
              asking.getMessage().setHeaders(headers);
              asking.getMessage().setBody(prompt.replace("{tokens}", "" + question.tokens()));
            });
    if (exchange.getException() != null) {
      throw new CamelExecutionException("The run failed", exchange, exchange.getException());
    }
    return recording;
  }

  private static String oneLine(Throwable failure) {
    Throwable reason = failure;
    while (reason.getCause() != null && !(reason instanceof HolySheepException)) {
      reason = reason.getCause();
    }
    String message = reason.getMessage();
    return (message == null ? reason.toString() : message).replaceAll("\\s+", " ");
  }
}
