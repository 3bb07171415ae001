package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.FrameTooLongException;
import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.TransportFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

/** The reply of the blocking HttpClient. Belongs to the thread that reads it. */
final class HttpReply implements Reply {

  /** Enough to tell an event stream by its first word. */
  private static final int PEEKED_BYTES = 16;

  private static final int DOCUMENT_READ_BYTES = 8 * 1024;

  /** What an array can hold, with the last read. */
  private static final int LONGEST_DOCUMENT = Integer.MAX_VALUE - 2 * DOCUMENT_READ_BYTES;

  private final ClassicHttpResponse response;
  private final InputStream body;
  private final Limits limits;
  private final SseParser parser;
  private final byte[] start = new byte[PEEKED_BYTES];
  private int peeked;
  private long blankBytes;
  private boolean begun;
  private boolean ended;
  private @Nullable Frame ahead;

  HttpReply(ClassicHttpResponse response, InputStream body, Limits limits) {
    this.response = response;
    this.body = body;
    this.limits = limits;
    this.parser = new SseParser(limits.maxLineBytes(), limits.maxEventBytes());
  }

  @Override
  public int status() {
    return response.getCode();
  }

  @Override
  public @Nullable String reason() {
    return response.getReasonPhrase();
  }

  @Override
  public @Nullable String header(String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  @Override
  public boolean isEventStream() throws TransportFault {
    refuseEncoding();
    String type = header("Content-Type");
    String media = type == null ? "" : type.toLowerCase(Locale.ROOT);
    return media.startsWith("text/event-stream")
        || media.startsWith("application/x-ndjson")
        || startsLikeEventStream();
  }

  private void refuseEncoding() throws TransportFault {
    String encoding = header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new TransportFault(
          TransportFault.Kind.NOT_HTTP,
          "the reply is encoded as " + encoding + ", which was not asked for",
          null);
    }
  }

  /** Some gateways send events as text/plain, as JSON or without any type. */
  private boolean startsLikeEventStream() throws TransportFault {
    while (!ended && peeked < PEEKED_BYTES && !firstByteTells()) {
      peek();
    }
    String word = new String(start, 0, peeked, StandardCharsets.UTF_8);
    return word.startsWith("data:")
        || word.startsWith("event:")
        || word.startsWith("id:")
        || word.startsWith("retry:")
        || word.startsWith(":");
  }

  /** Neither JSON nor a page begins with the name of a field, and only a comment with a colon. */
  private boolean firstByteTells() {
    return peeked > 0 && "{[<:".indexOf(start[0]) >= 0;
  }

  /** Reads a little of the start, without the blanks and the mark that stand before all else. */
  private void peek() throws TransportFault {
    int read = read(start, peeked);
    ended = read < 0;
    peeked += Math.max(read, 0);
    int blanks = 0;
    while (blanks < peeked && isBlank(start[blanks])) {
      blanks++;
    }
    blankBytes += blanks;
    if (blankBytes > limits.maxResponseBytes()) {
      throw tooLong(limits.maxResponseBytes());
    }
    peeked -= blanks;
    System.arraycopy(start, blanks, start, 0, peeked);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n' || isMark(b);
  }

  /** The bytes of a byte order mark, which is in no other way the start of events or of JSON. */
  private static boolean isMark(byte b) {
    return b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
  }

  @Override
  public @Nullable Frame next() throws TransportFault {
    Frame frame = ahead == null ? document(first()) : ahead;
    ahead = null;
    try {
      while (frame == null) {
        frame = parser.poll();
        if (frame == null && !fill()) {
          return parser.finish();
        }
      }
      return frame;
    } catch (FrameTooLongException e) {
      boolean line = e.limit() == FrameTooLongException.Limit.LINE;
      String option = line ? "maxLineBytes" : "maxEventBytes";
      String what = e.getMessage() + " (option '" + option + "')";
      throw new TransportFault(TransportFault.Kind.TOO_LONG, what, e);
    } catch (IOException e) {
      throw Faults.of(e);
    }
  }

  /** The first byte that says what the body is; 0 later, and where there is none. */
  private byte first() throws TransportFault {
    if (begun) {
      return 0;
    }
    begun = true;
    while (!ended && peeked == 0) {
      peek();
    }
    return peeked == 0 ? 0 : start[0];
  }

  /** A whole document may call itself an event stream, above all that of an error. */
  private @Nullable Frame document(byte first) throws TransportFault {
    if (first == '<') {
      throw new TransportFault(
          TransportFault.Kind.NOT_HTTP, "the event stream begins with '<', as web pages do", null);
    }
    if (first != '{' && first != '[') {
      return null;
    }
    byte[] document = document();
    peeked = 0;
    return new Frame(null, document, 0, document.length, null);
  }

  @Override
  public boolean isReady() {
    if (ahead == null) {
      try {
        ahead = parser.poll();
      } catch (FrameTooLongException e) {
        return true;
      }
    }
    return ahead != null;
  }

  @Override
  public byte[] beginning(int maxBytes) throws TransportFault {
    ByteArrayOutputStream document = read(maxBytes);
    return Arrays.copyOf(document.toByteArray(), Math.min(document.size(), maxBytes));
  }

  @Override
  public byte[] document() throws TransportFault {
    int most = (int) Math.min(limits.maxResponseBytes(), LONGEST_DOCUMENT);
    ByteArrayOutputStream document = read(most);
    if (document.size() > most) {
      throw tooLong(most);
    }
    return document.toByteArray();
  }

  private static TransportFault tooLong(long bytes) {
    String what = "the reply is longer than " + bytes + " bytes (option 'maxResponseBytes')";
    return new TransportFault(TransportFault.Kind.TOO_LONG, what, null);
  }

  /** All of the document, or a little more than so many bytes. */
  private ByteArrayOutputStream read(int maxBytes) throws TransportFault {
    refuseEncoding();
    ByteArrayOutputStream document = new ByteArrayOutputStream();
    document.write(start, 0, peeked);
    byte[] buffer = new byte[DOCUMENT_READ_BYTES];
    while (!ended && document.size() <= maxBytes) {
      int read = read(buffer, 0);
      ended = read < 0;
      document.write(buffer, 0, Math.max(read, 0));
    }
    return document;
  }

  /** Gives the parser more to read; false at the end of the body. */
  private boolean fill() throws IOException {
    if (peeked > 0) {
      parser.feed(start, 0, peeked);
      peeked = 0;
      return true;
    }
    ended = ended || parser.readFrom(body) < 0;
    return !ended;
  }

  private int read(byte[] buffer, int offset) throws TransportFault {
    try {
      return body.read(buffer, offset, buffer.length - offset);
    } catch (IOException e) {
      throw Faults.of(e);
    }
  }
}
