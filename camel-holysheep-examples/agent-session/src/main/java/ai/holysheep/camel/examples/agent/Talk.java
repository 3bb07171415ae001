package ai.holysheep.camel.examples.agent;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.client.session.SessionTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/** A talk over the routes of {@link TalkRoutes}. */
final class Talk implements AutoCloseable {

  private static final int PATIENCE_TOKENS = 12;

  private final DefaultCamelContext camel;
  private final ProducerTemplate template;
  private final Terminal terminal;
  private final boolean simulated;
  private CompletableFuture<Integer> firstWord = CompletableFuture.completedFuture(0);
  private CompletableFuture<Exchange> answer = CompletableFuture.completedFuture(null);

  private Talk(DefaultCamelContext camel, Terminal terminal, boolean simulated) {
    this.camel = camel;
    this.template = camel.createProducerTemplate();
    this.terminal = terminal;
    this.simulated = simulated;
  }

  /** Starts the routes; the session begins with the first word. */
  static Talk begin(Settings settings, Terminal terminal) throws Exception {
    DefaultCamelContext camel = new DefaultCamelContext();
    HolySheepComponent holySheep = camel.getComponent("holysheep", HolySheepComponent.class);
    holySheep.getConfiguration().setApiKey(settings.apiKey());
    holySheep.getConfiguration().setModel(settings.model());
    if (settings.baseUrl() != null) {
      holySheep.getConfiguration().setBaseUrl(settings.baseUrl());
    }
    holySheep.getSessionConfiguration().setSession("terminal");
    holySheep
        .getSessionConfiguration()
        .setTransport(SessionTransport.valueOf(settings.transport()));
    camel.addRoutes(new TalkRoutes(terminal));
    camel.start();
    return new Talk(camel, terminal, settings.simulated());
  }

  /** A question with a tool, one whose answer is interrupted, and one about what was heard. */
  void prepared() throws Exception {
    say("What is the weather in Oslo?", " [[tool=weather {\"city\":\"Oslo\"}]]", Integer.MAX_VALUE);
    await();
    say("Tell me a long story about a sheep.", " [[tokens=400]]", PATIENCE_TOKENS);
    await();
    say("Sorry, I had to go. Where were we?", "", Integer.MAX_VALUE);
    await();
  }

  /** What somebody types; a line while the model speaks interrupts it. */
  void typed(InputStream in) throws IOException {
    terminal.say("Type, and press Enter. While the model speaks, that interrupts it. Ctrl-D ends.");
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (isSpeaking()) {
        interrupt();
      }
      complainOfFailure();
      if (!line.isBlank()) {
        say(line, "", Integer.MAX_VALUE);
      }
    }
    complainOfFailure();
  }

  /** Whether there is something to interrupt: waits for the first word, or the end. */
  private boolean isSpeaking() {
    CompletableFuture.anyOf(firstWord, answer).exceptionally(failure -> failure).join();
    return !answer.isDone();
  }

  /**
   * Says something, and does not wait for the answer.
   *
   * @param directive what the simulator is told besides
   * @param patience after how many tokens the user interrupts
   */
  private void say(String text, String directive, int patience) {
    CompletableFuture<Integer> first = new CompletableFuture<>();
    firstWord = first;
    terminal.user(
        text,
        count -> {
          first.complete(count);
          if (count == patience) {
            interrupt();
          }
        });
    answer = template.asyncSend("direct:say", e -> e.getMessage().setBody(said(text, directive)));
  }

  private String said(String text, String directive) {
    return simulated ? text + directive : text;
  }

  private void interrupt() {
    terminal.say("\nyou    > (interrupt)");
    template.sendBody("direct:interrupt", null);
  }

  private void await() throws Exception {
    Exchange over = answer.get();
    if (over != null && over.getException() != null) {
      throw over.getException();
    }
  }

  private void complainOfFailure() {
    try {
      await();
    } catch (Exception e) {
      terminal.complain(e);
    }
  }

  @Override
  public void close() throws IOException {
    camel.close();
  }
}
