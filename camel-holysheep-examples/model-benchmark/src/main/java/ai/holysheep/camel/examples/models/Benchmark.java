package ai.holysheep.camel.examples.models;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.error.HolySheepException;
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
 * changes the figures of all of them.
 */
final class Benchmark {

  private static final int WARM_UP_TOKENS = 16;

  private final ProducerTemplate camel;
  private final LongSupplier nanoClock;
  private final Question question;
  private final Consumer<String> news;

  /** What is asked. {@code {tokens}} in the prompt stands for their number. */
  record Question(String prompt, int tokens) {}

  Benchmark(
      ProducerTemplate camel, LongSupplier nanoClock, Question question, Consumer<String> news) {
    this.camel = camel;
    this.nanoClock = nanoClock;
    this.question = question;
    this.news = news;
  }

  /** Measures; failures are among the runs. */
  List<ModelRuns> run(List<String> models, int rounds) {
    List<ModelRuns> all = new ArrayList<>();
    models.forEach(model -> all.add(new ModelRuns(model)));
    warmUp(models.get(0));
    for (int round = 1; round <= rounds; round++) {
      for (ModelRuns runs : all) {
        news.accept(
            "%s, run %d of %d: %s".formatted(runs.model(), round, rounds, run(runs, round)));
      }
    }
    return all;
  }

  /** A first call loads classes and opens the connection, and would make the first run slow. */
  private void warmUp(String model) {
    try {
      ask(model, WARM_UP_TOKENS);
    } catch (CamelExecutionException e) {
      // The runs will say so.
    }
  }

  private String run(ModelRuns runs, int round) {
    try {
      Measured measured = ask(runs.model(), question.tokens()).measured();
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

  private Recording ask(String model, int tokens) {
    Recording recording = new Recording(nanoClock);
    Map<String, Object> headers =
        Map.of(HolySheepConstants.MODEL, model, HolySheepConstants.MAX_TOKENS, tokens);
    Exchange exchange =
        camel.send(
            "direct:measure",
            asking -> {
              asking.setProperty(MeasuringRoute.RECORDING, recording);
              asking.getMessage().setHeaders(headers);
              asking.getMessage().setBody(question.prompt().replace("{tokens}", "" + tokens));
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
