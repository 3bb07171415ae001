package ai.holysheep.camel.catalogue;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.testing.ScriptedServer;
import java.io.IOException;
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
      "holysheep:chat?model=test-model&apiKey=" + KEY + "&baseUrl=";

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

  /**
   * Makes one call.
   *
   * @param script what the server does
   * @param options further options of the endpoint, each with its ampersand
   * @param headers headers of the message that asks
   * @param taken opened step by step with each event that was taken
   */
  Verdict call(
      ScriptedServer.Script script,
      String options,
      Map<String, Object> headers,
      CountDownLatch taken,
      String fragment)
      throws IOException {
    Verdict verdict = new Verdict();
    try (ScriptedServer server = new ScriptedServer(script)) {
      String uri = OPTIONS + server.baseUrl() + options;
      call(uri, headers, verdict, taken);
    } catch (HolySheepException failure) {
      verdict.saw(failure, fragment);
    }
    return verdict;
  }

  private void call(
      String uri, Map<String, Object> headers, Verdict verdict, CountDownLatch taken) {
    Exchange exchange =
        template.request(
            uri,
            asked -> {
              asked.getMessage().setBody("Hi");
              asked.getMessage().setHeaders(headers);
            });
    if (exchange.getException() instanceof HolySheepException refusal) {
      throw refusal;
    }
    read(exchange.getMessage().getBody(), verdict, taken);
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
