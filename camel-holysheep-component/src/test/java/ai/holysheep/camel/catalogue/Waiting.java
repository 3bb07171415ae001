package ai.holysheep.camel.catalogue;

import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.Prompt;
import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.client.ChatClient;
import ai.holysheep.camel.client.Deadlines;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.testing.Clients;
import ai.holysheep.camel.testing.FakeTransport;
import ai.holysheep.camel.testing.FakeTransport.Script;
import ai.holysheep.camel.testing.ManualTimers;
import ai.holysheep.camel.transport.Limits;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What arrives, and when. The clock is the test's, so the longest silence takes no time. */
final class Waiting {

  /** Some bytes after some seconds; without bytes the head. */
  private record Step(int seconds, String bytes) {}

  private static final int MEGABYTE = 1 << 20;

  private final Rule rule;
  private final List<Step> steps = new ArrayList<>();
  private Deadlines deadlines = deadlines(60, 30, 0);
  private int routeSeconds;

  private Waiting(Rule rule) {
    this.rule = rule;
  }

  static Waiting waiting(String rule) {
    return new Waiting(Rule.rule(rule));
  }

  /** All calls of this class are made with these settings. */
  private CallSettings settings() {
    return Clients.once(
        URI.create("http://test/v1"), deadlines, new Limits(MEGABYTE, MEGABYTE, MEGABYTE));
  }

  private static Deadlines deadlines(int firstToken, int idle, int total) {
    return new Deadlines(
        Duration.ofSeconds(firstToken),
        Duration.ofSeconds(idle),
        Duration.ofSeconds(total),
        Duration.ZERO);
  }

  /** In seconds; the others are off. */
  Waiting withTotal(int total) {
    deadlines = deadlines(0, 0, total);
    return this;
  }

  Waiting head(int seconds) {
    steps.add(new Step(seconds, null));
    return this;
  }

  Waiting then(int seconds, String bytes) {
    steps.add(new Step(seconds, bytes));
    return this;
  }

  Waiting again(int times, int seconds, String bytes) {
    for (int i = 0; i < times; i++) {
      then(seconds, bytes);
    }
    return this;
  }

  /** The route takes this long for each part. */
  Waiting routeTakes(int seconds) {
    routeSeconds = seconds;
    return this;
  }

  WireFault gives(String... words) {
    return fault(null, Verdict.words(Arrays.stream(words)));
  }

  WireFault runsOut(String option, String... events) {
    String fragment = "option '" + option + "'";
    String failure = Verdict.failure(DeadlineExceededException.class, fragment);
    return fault(fragment, Verdict.words(Stream.concat(Arrays.stream(events), Stream.of(failure))));
  }

  private WireFault fault(String fragment, String verdict) {
    return new WireFault(rule.words(), arrives(), fragment, verdict, this::call);
  }

  private String arrives() {
    String shown =
        steps.stream()
            .map(step -> (step.seconds > 0 ? step.seconds + " s " : "") + shown(step.bytes))
            .collect(Collectors.joining(" "));
    String route = routeSeconds == 0 ? "" : ", and the route takes " + routeSeconds + " s a part";
    return Words.shown(shown.strip()) + route;
  }

  private static String shown(String bytes) {
    return bytes == null ? "head" : bytes.isEmpty() ? "silence" : Words.shown(bytes);
  }

  private Verdict call(Delivery delivery, String fragment) {
    ManualTimers timers = new ManualTimers();
    ChatClient client = Clients.client(new FakeTransport(script(delivery, timers)), timers);
    Prompt prompt = new Prompt.Text("Hi");
    ChatRequest request = new ChatRequest(prompt, null, Map.of(), Map.of("model", "m"), true);
    Verdict verdict = new Verdict();
    try (EventStream stream = client.stream(request, settings(), null)) {
      while (stream.hasNext()) {
        verdict.saw(stream.next());
        timers.advance(Duration.ofSeconds(routeSeconds));
      }
      verdict.sawAnswer(stream.answer());
    } catch (HolySheepException failure) {
      verdict.saw(failure, fragment);
    }
    return verdict;
  }

  private Script script(Delivery delivery, ManualTimers timers) {
    Script script = new Script();
    for (Step step : steps) {
      script.run(() -> timers.advance(Duration.ofSeconds(step.seconds)));
      if (step.bytes == null) {
        script.head();
      } else if (step.bytes.isEmpty()) {
        script.silence();
      } else {
        script.bytes("");
        delivery.cut(Words.bytes(step.bytes)).forEach(script::bytes);
      }
    }
    return script;
  }
}
