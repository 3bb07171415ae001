package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.EventDecoder;
import ai.holysheep.camel.chat.EventEncoder;
import ai.holysheep.camel.wire.EventReader;
import ai.holysheep.camel.wire.EventWriter;

/** Events as JSON for those who ask no model, and so have no {@link ChatClient}. */
public final class JsonEvents {

  private static final EventEncoder ENCODER = new EventWriter();
  private static final EventDecoder DECODER = new EventReader();

  private JsonEvents() {}

  /** Writes events. Thread-safe. */
  public static EventEncoder encoder() {
    return ENCODER;
  }

  /** Reads events. Thread-safe. */
  public static EventDecoder decoder() {
    return DECODER;
  }
}
