package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.http.SseReplay.Event;
import ai.holysheep.camel.transport.http.SseReplay.Outcome;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The standard's text put into code word by word, on strings and a whole stream: slow, and the
 * measure for the parser. The stream is read as Latin-1, so that a character is a byte.
 */
public final class SseReference {
  private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  private final List<Event> events = new ArrayList<>();
  private final StringBuilder data = new StringBuilder();
  private String eventType = "";
  private String lastEventId = "";
  private long retryMillis = -1;
  private long comments;

  public static Outcome interpret(byte[] stream) {
    return new SseReference().read(new String(stream, StandardCharsets.ISO_8859_1));
  }

  private Outcome read(String stream) {
    String text = stream.startsWith("\u00EF\u00BB\u00BF") ? stream.substring(3) : stream;
    Matcher ends = LINE_END.matcher(text);
    int lineStart = 0;
    while (ends.find()) {
      line(text.substring(lineStart, ends.start()));
      lineStart = ends.end();
    }
    String rest = text.substring(lineStart);
    if (!rest.isEmpty()) {
      line(rest);
    }
    List<Event> complete = List.copyOf(events);
    events.clear();
    dispatch();
    return new Outcome(complete, events, !rest.isEmpty(), retryMillis, comments, "");
  }

  private void line(String line) {
    int colon = line.indexOf(':');
    if (line.isEmpty()) {
      dispatch();
    } else if (colon == 0) {
      comments++;
    } else if (colon > 0) {
      String value = line.substring(colon + 1);
      field(line.substring(0, colon), value.startsWith(" ") ? value.substring(1) : value);
    } else {
      field(line, "");
    }
  }

  private void field(String name, String value) {
    if (name.equals("event")) {
      eventType = value;
    } else if (name.equals("data")) {
      data.append(value).append('\n');
    } else if (name.equals("id") && value.indexOf('\0') < 0) {
      lastEventId = value;
    } else if (name.equals("retry") && value.matches("[0-9]+")) {
      retryMillis = new BigInteger(value).min(LARGEST).longValue();
    }
  }

  private void dispatch() {
    String type = eventType.isEmpty() ? "message" : eventType;
    eventType = "";
    if (data.length() > 0) {
      data.setLength(data.length() - 1);
      events.add(new Event(utf8(type), data.toString(), utf8(lastEventId)));
      data.setLength(0);
    }
  }

  private static String utf8(String latin1) {
    return new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
