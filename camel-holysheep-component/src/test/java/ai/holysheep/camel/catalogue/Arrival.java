package ai.holysheep.camel.catalogue;

import static ai.holysheep.camel.catalogue.Verdict.END;
import static ai.holysheep.camel.catalogue.Verdict.end;
import static ai.holysheep.camel.catalogue.Verdict.failure;
import static ai.holysheep.camel.catalogue.Verdict.text;

import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.testing.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** What arrives in a case, and how its call is made. Ends with the verdict. */
final class Arrival {

  /** How the connection goes on after the last byte. */
  private enum Ending {
    END_OF_BODY,
    CLOSE,
    RESET
  }

  private final Rule rule;
  private final int status;
  private final String body;
  private String arrives;
  private String[] headers;
  private String options = "";
  private String form = "&stream=true";
  private Ending ending;
  private int takenBeforeEnding;

  Arrival(Rule rule, String arrives, int status, String[] headers, String body) {
    this.rule = rule;
    this.arrives = arrives;
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.ending = status == 0 ? Ending.CLOSE : Ending.END_OF_BODY;
  }

  /** Says what arrives where its bytes would not tell a reader. */
  Arrival being(String words) {
    arrives = words;
    return this;
  }

  /** A further header line of the reply. */
  Arrival with(String header) {
    headers = Stream.concat(Arrays.stream(headers), Stream.of(header)).toArray(String[]::new);
    arrives = header + " — " + arrives;
    return this;
  }

  /** The connection is closed before the body's announced end. */
  Arrival thenCut() {
    ending = Ending.CLOSE;
    arrives += ", then the connection closes";
    return this;
  }

  /** The connection is reset once that many events were taken. */
  Arrival thenReset(int taken) {
    ending = Ending.RESET;
    takenBeforeEnding = taken;
    arrives += ", then a reset";
    return this;
  }

  /** The endpoint has further options. */
  Arrival askedWith(String... more) {
    options = "&" + String.join("&", more);
    arrives = String.join(", ", more) + " — " + arrives;
    return this;
  }

  /** The whole answer was asked for, not a stream. */
  Arrival askedForTheWhole() {
    form = "&stream=false&bodyFormat=object";
    arrives = "stream=false — " + arrives;
    return this;
  }

  /** The stream is as if nothing had been there. */
  WireFault isPassedOver() {
    return gives(text("Hel"), text("lo"), END);
  }

  /** The piece is left out and counted. */
  WireFault isSkipped() {
    return gives(text("Hel"), text("lo"), end("stop", "7+3 tokens", "1 skipped"));
  }

  /** Further events between the two tokens of a good stream. */
  WireFault adds(String... events) {
    return gives(
        Stream.of(Stream.of(text("Hel")), Arrays.stream(events), Stream.of(text("lo"), END))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }

  /** The whole of what the route sees. */
  WireFault gives(String... words) {
    return fault(null, Verdict.words(Arrays.stream(words)));
  }

  /** The call fails, after these events, with this in the message. */
  WireFault fails(Class<? extends HolySheepException> type, String fragment, String... events) {
    Stream<String> words = Stream.concat(Arrays.stream(events), Stream.of(failure(type, fragment)));
    return fault(fragment, Verdict.words(words));
  }

  /** The call fails after the first token of a stream that is good otherwise. */
  WireFault breaksOff(Class<? extends HolySheepException> type, String fragment) {
    return fails(type, fragment, text("Hel"));
  }

  private WireFault fault(String fragment, String verdict) {
    return new WireFault(rule.words(), arrives, fragment, verdict, this::call);
  }

  private Verdict call(Delivery delivery, String fragment) throws IOException {
    CountDownLatch taken = new CountDownLatch(takenBeforeEnding);
    return Asking.shared()
        .call(
            peer -> serve(peer, delivery, taken),
            new Asking.Question(form + options, "Hi", Map.of()),
            taken,
            fragment);
  }

  private void serve(ScriptedServer.Peer peer, Delivery delivery, CountDownLatch taken)
      throws Exception {
    if (status == 0) {
      for (byte[] piece : delivery.cut(Words.bytes(body))) {
        peer.bytes(piece);
      }
    } else {
      peer.head(status, headers).bytes(chunked(delivery));
    }
    switch (ending) {
      case END_OF_BODY -> peer.end();
      case CLOSE -> peer.close();
      case RESET -> peer.await(taken).reset();
    }
  }

  /** Each piece is a chunk of the transfer, which is what one read gives. */
  private byte[] chunked(Delivery delivery) throws IOException {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    for (byte[] piece : delivery.cut(Words.bytes(body))) {
      chunks.write(
          (Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      chunks.write(piece);
      chunks.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    return chunks.toByteArray();
  }
}
