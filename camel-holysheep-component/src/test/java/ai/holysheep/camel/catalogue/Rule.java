package ai.holysheep.camel.catalogue;

import static ai.holysheep.camel.catalogue.Words.FINISH;
import static ai.holysheep.camel.catalogue.Words.HEL;
import static ai.holysheep.camel.catalogue.Words.LO;
import static ai.holysheep.camel.catalogue.Words.event;

/** The beginning of a case: its rule. What arrives comes next, and then the verdict. */
record Rule(String words) {

  private static final String[] EVENT_STREAM = {"Content-Type: text/event-stream"};

  static Rule rule(String words) {
    return new Rule(words);
  }

  /** A piece between two tokens of a stream that is good otherwise. */
  Arrival amid(String piece) {
    return new Arrival(this, Words.shown(piece), 200, EVENT_STREAM, HEL + piece + LO + FINISH);
  }

  /** One more message between two tokens of a stream that is good otherwise. */
  Arrival message(String data) {
    return new Arrival(this, Words.shown(data), 200, EVENT_STREAM, HEL + event(data) + LO + FINISH);
  }

  /** One more chunk with this delta, likewise. */
  Arrival delta(String delta) {
    return new Arrival(
        this,
        "delta " + Words.shown(delta),
        200,
        EVENT_STREAM,
        HEL + event(Words.delta(delta)) + LO + FINISH);
  }

  /** A whole event stream. */
  Arrival stream(String body) {
    return new Arrival(this, Words.shown(body), 200, EVENT_STREAM, body);
  }

  /** A reply with this content type and body; the length comes chunk by chunk. */
  Arrival reply(int status, String type, String body) {
    String[] headers = type.isEmpty() ? new String[0] : new String[] {"Content-Type: " + type};
    String arrives = status + " " + type + " " + Words.shown(body);
    return new Arrival(this, arrives.strip(), status, headers, body);
  }

  /** The reply in all its bytes, from the first one of its head. */
  Arrival raw(String bytes) {
    return new Arrival(this, Words.shown(bytes), 0, new String[0], bytes);
  }
}
