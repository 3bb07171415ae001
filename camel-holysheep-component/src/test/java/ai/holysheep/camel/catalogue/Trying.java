package ai.holysheep.camel.catalogue;

import static ai.holysheep.camel.catalogue.Words.FINISH;
import static ai.holysheep.camel.catalogue.Words.HEL;
import static ai.holysheep.camel.catalogue.Words.LO;

import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.Continuation;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.chat.Prompt;
import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.client.ChatClient;
import ai.holysheep.camel.client.Deadlines;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.recovery.Recovery;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.testing.Clients;
import ai.holysheep.camel.testing.FakeTransport;
import ai.holysheep.camel.testing.FakeTransport.Script;
import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.TransportFault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the tries of one call meet, one after the other; each further one is good. No wait takes
 * time, but the verdict tells how long it would have been.
 */
final class Trying {

  private static final int MEGABYTE = 1 << 20;
  private static final Deadlines NONE =
      new Deadlines(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** What one try meets, for people and in pieces. */
  private record Try(String shown, Consumer<Meeting> meets) {}

  private record Meeting(Script script, Delivery delivery) {

    void bytes(String bytes) {
      delivery.cut(Words.bytes(bytes)).forEach(script::bytes);
    }
  }

  /** Lets the time that somebody wants to wait pass at once. */
  private record Impatience(Verdict verdict) implements Timers {

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public Runnable schedule(Duration delay, Runnable task) {
      verdict.sawWait(delay);
      task.run();
      return () -> {};
    }
  }

  private final Rule rule;
  private final List<Try> tries = new ArrayList<>();
  private Recovery recovery = Recovery.FAIL;
  private boolean stream = true;

  private Trying(Rule rule) {
    this.rule = rule;
  }

  static Trying trying(String rule) {
    return new Trying(Rule.rule(rule));
  }

  Trying recoveringBy(Recovery by) {
    recovery = by;
    return this;
  }

  Trying askedForTheWhole() {
    stream = false;
    return this;
  }

  /** A reply with this status and these header lines. */
  Trying status(int status, String... headers) {
    return reply(status, "application/json", "{\"error\":{\"message\":\"no\"}}", headers);
  }

  Trying reply(int status, String type, String body, String... headers) {
    String shown = status + " " + String.join(" ", headers);
    String shownBody = body.contains("\"no\"") ? "" : " " + Words.shown(body);
    return add(
        shown.strip() + shownBody,
        meeting -> {
          meeting.script.head(status, type);
          for (String header : headers) {
            int colon = header.indexOf(':');
            meeting.script.header(header.substring(0, colon), header.substring(colon + 1).strip());
          }
          meeting.bytes(body);
        });
  }

  /** No reply. */
  Trying noReply(TransportFault.Kind kind, String shown) {
    return add(shown, meeting -> meeting.script.fault(kind));
  }

  /** An event stream that ends as if it were whole. */
  Trying ends(String body) {
    return add(Words.shown(body), meeting -> stream(meeting, body));
  }

  /** An event stream whose connection breaks. */
  Trying breaks(String body) {
    String shown = body.isEmpty() ? "head" : Words.shown(body);
    return add(
        shown + " reset",
        meeting -> {
          stream(meeting, body);
          meeting.script.fault(TransportFault.Kind.BROKEN);
        });
  }

  private static void stream(Meeting meeting, String body) {
    meeting.script.head();
    meeting.bytes(body);
  }

  private Trying add(String shown, Consumer<Meeting> meets) {
    tries.add(new Try(shown, meets));
    return this;
  }

  WireFault gives(String... words) {
    return fault(null, Verdict.words(Arrays.stream(words)));
  }

  WireFault fails(Class<? extends HolySheepException> type, String fragment, String... before) {
    String failure = Verdict.failure(type, fragment);
    return fault(fragment, Verdict.words(Stream.concat(Arrays.stream(before), Stream.of(failure))));
  }

  private WireFault fault(String fragment, String verdict) {
    return new WireFault(rule.words(), arrives(), fragment, verdict, this::call);
  }

  private String arrives() {
    String options =
        recovery == Recovery.FAIL
            ? ""
            : "recovery=" + recovery.name().toLowerCase(Locale.ROOT) + " — ";
    String form = stream ? "" : "stream=false — ";
    return options + form + tries.stream().map(Try::shown).collect(Collectors.joining(" → "));
  }

  private Verdict call(Delivery delivery, String fragment) {
    Verdict verdict = new Verdict();
    FakeTransport transport = new FakeTransport();
    for (Try one : tries) {
      transport.then(script(one.meets, delivery));
    }
    transport.then(script(meeting -> stream(meeting, HEL + LO + FINISH), delivery));
    try {
      read(Clients.client(transport, new Impatience(verdict)), verdict);
    } catch (HolySheepException failure) {
      verdict.saw(failure, fragment);
    }
    return verdict;
  }

  private static Script script(Consumer<Meeting> meets, Delivery delivery) {
    Script script = new Script();
    meets.accept(new Meeting(script, delivery));
    return script;
  }

  private void read(ChatClient client, Verdict verdict) {
    Prompt prompt = new Prompt.Text("Hi");
    ChatRequest request = new ChatRequest(prompt, null, Map.of(), Map.of("model", "m"), stream);
    if (!stream) {
      verdict.saw(client.ask(request, settings(), null));
      return;
    }
    try (EventStream events = client.stream(request, settings(), null)) {
      while (events.hasNext()) {
        verdict.saw(events.next());
      }
      verdict.sawAnswer(events.answer());
    }
  }

  /** The defaults but for the deadlines, which would be timers too. */
  private CallSettings settings() {
    return new CallSettings(
        URI.create("http://test/v1"),
        null,
        Map.of(),
        NONE,
        new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(60), recovery),
        Continuation.PLAIN,
        new Limits(MEGABYTE, MEGABYTE, MEGABYTE),
        MEGABYTE,
        true,
        false,
        Coalescing.NONE,
        false);
  }
}
