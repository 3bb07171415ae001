package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.FrameNames;
import java.time.Instant;

/** Writes what is sent into a session. Thread-safe. */
public final class ClientFrames {

  private final FrameNames names;

  /**
   * @param names what the server calls the events
   */
  public ClientFrames(FrameNames names) {
    this.names = names;
  }

  /**
   * One event as JSON text.
   *
   * @param type its usual name
   * @param at its timestamp, in milliseconds since 1970 on the wire
   */
  public String write(String type, ClientPayload payload, Instant at) {
    String json =
        Json.object(
            out -> {
              out.writeStringField("type", names.onTheWire(type));
              out.writeFieldName("payload");
              Json.MAPPER.writeTree(out, payload.fields());
              out.writeNumberField("timestamp", at.toEpochMilli());
            });
    return RequestWriter.withoutLoneSurrogates(json);
  }
}
