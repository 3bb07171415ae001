package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.FrameTooLongException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Feeds a stream to a parser in given pieces and notes all that comes out. Has no state. */
public final class SseReplay {
  static final int NO_LIMIT = Integer.MAX_VALUE;

  private SseReplay() {}

  /** An event; its data as Latin-1, so that every byte shows. */
  public record Event(String name, String data, String id) {}

  /** What a stream amounts to. {@code refused} is the limit it passed, or empty. */
  public record Outcome(
      List<Event> events,
      List<Event> unfinished,
      boolean midLine,
      long retryMillis,
      long comments,
      String refused) {}

  public static Outcome whole(byte[] stream) {
    return replay(new SseParser(NO_LIMIT, NO_LIMIT), stream, List.of(stream.length));
  }

  public static Outcome cut(byte[] stream, List<Integer> sizes) {
    return replay(new SseParser(NO_LIMIT, NO_LIMIT), stream, sizes);
  }

  /** Cuts the stream into pieces of these sizes, over and over. */
  public static Outcome replay(SseParser parser, byte[] stream, List<Integer> sizes) {
    List<Event> events = new ArrayList<>();
    List<Event> unfinished = new ArrayList<>();
    String refused = "";
    try {
      int offset = 0;
      for (int piece = 0; offset < stream.length; piece++) {
        int length = Math.min(sizes.get(piece % sizes.size()), stream.length - offset);
        feed(parser, stream, offset, length, piece);
        offset += length;
        drain(parser, events);
      }
      Frame last = parser.finish();
      if (last != null) {
        unfinished.add(event(last));
      }
    } catch (FrameTooLongException e) {
      refused = e.limit() + " " + e.maxBytes();
    }
    boolean midLine = refused.isEmpty() && parser.isMidLine();
    return new Outcome(
        events, unfinished, midLine, parser.retryMillis(), parser.comments(), refused);
  }

  static void drain(SseParser parser, List<Event> events) {
    for (Frame frame = parser.poll(); frame != null; frame = parser.poll()) {
      events.add(event(frame));
    }
  }

  static Event event(Frame frame) {
    String data =
        new String(frame.bytes(), frame.offset(), frame.length(), StandardCharsets.ISO_8859_1);
    String name = frame.event();
    String id = frame.id();
    return new Event(name == null ? "message" : name, data, id == null ? "" : id);
  }

  private static void feed(SseParser parser, byte[] stream, int offset, int length, int piece) {
    if (piece % 2 == 0) {
      parser.feed(stream, offset, length);
    } else {
      parser.feed(ByteBuffer.wrap(stream, offset, length));
    }
  }
}
