package ai.holysheep.camel.catalogue;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.testing.ScriptedServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context whose component asks a scripted server, a new one for every call. */
final class Asking implements AutoCloseable {

  static final String KEY = "key-of-the-catalogue";

  /** Every call of the catalogue is made with these; what a case adds comes behind. */
  private static final String OPTIONS =
      "holysheep:chat?model=test-model&maxReconnects=0&apiKey=" + KEY + "&baseUrl=";

  private static Asking shared;

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final ProducerTemplate template;

  private Asking() {
    context.start();
    template = context.createProducerTemplate();
  }

  static synchronized Asking open() {
    shared = new Asking();
    return shared;
  }

  /** The one that is open. */
  static synchronized Asking shared() {
    return shared;
  }

  /** A call: further options of the endpoint, each with its ampersand, and the message. */
  record Question(String options, Object body, Map<String, Object> headers) {}

  /**
   * Makes one call.
   *
   * @param script what the server does
   * @param taken opened step by step with each event that was taken
   */
  Verdict call(
      ScriptedServer.Script script, Question question, CountDownLatch taken, String fragment)
      throws IOException {
    Verdict verdict = new Verdict();
    try (ScriptedServer server = new ScriptedServer(script)) {
      read(answer(server, question), verdict, taken);
    } catch (HolySheepException failure) {
      verdict.saw(failure, fragment);
    }
    return verdict;
  }

  /** Makes one call, for what the server is asked. */
  Verdict send(ScriptedServer.Script script, Question question, String fragment)
      throws IOException {
    Verdict verdict = new Verdict();
    try (ScriptedServer server = new ScriptedServer(script)) {
      try (ChatStream stream = (ChatStream) answer(server, question)) {
        stream.answerSoFar();
      } catch (HolySheepException failure) {
        verdict.saw(failure, fragment);
      }
      server.requests().forEach(verdict::saw);
    }
    return verdict;
  }

  private Object answer(ScriptedServer server, Question question) {
    Exchange exchange =
        template.request(
            OPTIONS + server.baseUrl() + question.options(),
            asked -> {
              asked.getMessage().setBody(question.body());
              asked.getMessage().setHeaders(new HashMap<>(question.headers()));
            });
    if (exchange.getException() instanceof HolySheepException refusal) {
      throw refusal;
    }
    return exchange.getMessage().getBody();
  }

  private static void read(Object body, Verdict verdict, CountDownLatch taken) {
    if (body instanceof ChatAnswer answer) {
      verdict.saw(answer);
      return;
    }
    try (ChatStream stream = (ChatStream) body) {
      while (stream.hasNext()) {
        ChatEvent event = stream.nextEvent();
        verdict.saw(event);
        taken.countDown();
      }
      verdict.sawAnswer(stream.answerSoFar());
    }
  }

  @Override
  public void close() throws IOException {
    context.close();
  }
}
