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
import java.util.function.BooleanSupplier;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * The reply of HttpClient, blocking or not. Belongs to the thread that reads it.
 *
 * <p>The body of a reply that nobody waits for is read as it comes, whenever somebody asks whether
 * there is something: {@link #isBegun} and {@link #isReady} take in what has arrived and never
 * wait.
 */
final class HttpReply implements Reply {

  /** The body of one that is read by a waiting thread: nobody knows what has come. */
  private static final BooleanSupplier UNKNOWN = () -> false;

  private static final BooleanSupplier WAIT = () -> true;

  /** Enough to tell an event stream by its first word. */
  private static final int PEEKED_BYTES = 16;

  private static final int DOCUMENT_READ_BYTES = 8 * 1024;

  private static final byte[] EMPTY = {};

  /** What an array can hold, with the last read. */
  private static final int LONGEST_DOCUMENT = Integer.MAX_VALUE - 2 * DOCUMENT_READ_BYTES;

  private final HttpResponse response;
  private final InputStream body;
  private final BooleanSupplier arrived;
  private final Limits limits;
  private final SseParser parser;
  private final byte[] start = new byte[PEEKED_BYTES];
  private int peeked;
  private long blankBytes;
  private boolean begun;
  private boolean ended;
  private @Nullable ByteArrayOutputStream document;

  /** With a body that is waited for. */
  HttpReply(HttpResponse response, InputStream body, Limits limits) {
    this(response, body, UNKNOWN, limits);
  }

  /** With a body that comes by itself. */
  HttpReply(HttpResponse response, ReceivedBytes body, Limits limits) {
    this(response, body, body::isReady, limits);
  }

  private HttpReply(
      HttpResponse response, InputStream body, BooleanSupplier arrived, Limits limits) {
    this.response = response;
    this.body = body;
    this.arrived = arrived;
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

  /**
   * Whether so much has come that {@link #isEventStream}, {@link #beginning} of as much as is read
   * of an error, and {@link #document} of what is none and no event stream answer without waiting.
   */
  boolean isBegun() {
    try {
      if (isEncoded() || isSuccess() && isCalledEventStream()) {
        return true;
      }
      if (!isSuccess()) {
        return hasRead(limits.maxErrorBytes(), arrived);
      }
      return hasPeeked(arrived) && (startsLikeEventStream() || hasRead(longestDocument(), arrived));
    } catch (TransportFault e) {
      // Whoever asks gets it again.
      return true;
    }
  }

  /** Whether all of the body was read. */
  boolean hasEnded() {
    return ended;
  }

  private boolean isSuccess() {
    return status() / 100 == 2;
  }

  @Override
  public boolean isEventStream() throws TransportFault {
    refuseEncoding();
    return isCalledEventStream() || hasPeeked(WAIT) && startsLikeEventStream();
  }

  private boolean isCalledEventStream() {
    String type = header("Content-Type");
    String media = type == null ? "" : type.toLowerCase(Locale.ROOT);
    return media.startsWith("text/event-stream") || media.startsWith("application/x-ndjson");
  }

  private boolean isEncoded() {
    String encoding = header("Content-Encoding");
    return encoding != null && !encoding.equalsIgnoreCase("identity");
  }

  private void refuseEncoding() throws TransportFault {
    if (isEncoded()) {
      throw new TransportFault(
          TransportFault.Kind.NOT_HTTP,
          "the reply is encoded as " + header("Content-Encoding") + ", which was not asked for",
          null);
    }
  }

  /** Reads the first word, as long as it may; whether that is done. */
  private boolean hasPeeked(BooleanSupplier mayRead) throws TransportFault {
    while (!ended && peeked < PEEKED_BYTES && !firstByteTells()) {
      if (!mayRead.getAsBoolean()) {
        return false;
      }
      peek();
    }
    return true;
  }

  /** Some gateways send events as text/plain, as JSON or without any type. */
  private boolean startsLikeEventStream() {
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
    if (blankBytes > limits.maxResponseBytes()) {
      throw tooLong(limits.maxResponseBytes());
    }
    int read = read(start, peeked);
    ended = read < 0;
    peeked += Math.max(read, 0);
    int blanks = 0;
    while (blanks < peeked && isBlank(start[blanks])) {
      blanks++;
    }
    blankBytes += blanks;
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
    Frame frame = begin();
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

  /** What stands at the start instead of events; null later, and where there are events. */
  private @Nullable Frame begin() throws TransportFault {
    if (begun) {
      return null;
    }
    hasFirst(WAIT);
    byte first = first();
    begun = true;
    return document(first);
  }

  /** Reads up to the first byte that says what the body is, as long as it may. */
  private boolean hasFirst(BooleanSupplier mayRead) throws TransportFault {
    while (!ended && peeked == 0) {
      if (!mayRead.getAsBoolean()) {
        return false;
      }
      peek();
    }
    return true;
  }

  /** 0 where there is none. */
  private byte first() {
    return peeked == 0 ? 0 : start[0];
  }

  /** A whole document may call itself an event stream, above all that of an error. */
  private @Nullable Frame document(byte first) throws TransportFault {
    if (first == '<') {
      throw new TransportFault(
          TransportFault.Kind.NOT_HTTP, "the event stream begins with '<', as web pages do", null);
    }
    if (!isDocument(first)) {
      return null;
    }
    byte[] document = document();
    peeked = 0;
    return new Frame(null, document, 0, document.length, null);
  }

  private static boolean isDocument(byte first) {
    return first == '{' || first == '[';
  }

  @Override
  public boolean isReady() {
    try {
      return hasBegun() && hasNext();
    } catch (FrameTooLongException | IOException e) {
      // Whoever asks gets it again.
      return true;
    }
  }

  /** Whether the beginning is read, or is read without waiting. */
  private boolean hasBegun() throws TransportFault {
    return begun
        || hasFirst(arrived) && (!isDocument(first()) || hasRead(longestDocument(), arrived));
  }

  /** Reads what has come up to the end of a message; whether there is one, or the end of all. */
  private boolean hasNext() throws IOException {
    if (!begun && (first() == '<' || isDocument(first()))) {
      return true;
    }
    begun = true;
    while (true) {
      if (parser.isReady() || ended && peeked == 0) {
        return true;
      }
      if (peeked == 0 && !arrived.getAsBoolean()) {
        return false;
      }
      fill();
    }
  }

  @Override
  public byte[] beginning(int maxBytes) throws TransportFault {
    ByteArrayOutputStream document = read(maxBytes);
    return Arrays.copyOf(document.toByteArray(), Math.min(document.size(), maxBytes));
  }

  @Override
  public byte[] document() throws TransportFault {
    int most = longestDocument();
    ByteArrayOutputStream document = read(most);
    if (document.size() > most) {
      throw tooLong(most);
    }
    return document.toByteArray();
  }

  private int longestDocument() {
    return (int) Math.min(limits.maxResponseBytes(), LONGEST_DOCUMENT);
  }

  private static TransportFault tooLong(long bytes) {
    String what = "the reply is longer than " + bytes + " bytes (option 'maxResponseBytes')";
    return new TransportFault(TransportFault.Kind.TOO_LONG, what, null);
  }

  /** All of the document, or a little more than so many bytes. */
  private ByteArrayOutputStream read(int maxBytes) throws TransportFault {
    refuseEncoding();
    hasRead(maxBytes, WAIT);
    return body();
  }

  /** Reads all of the document, or a little more than so many bytes, as long as it may. */
  private boolean hasRead(int maxBytes, BooleanSupplier mayRead) throws TransportFault {
    ByteArrayOutputStream whole = body();
    byte[] buffer = EMPTY;
    while (!ended && whole.size() <= maxBytes) {
      if (!mayRead.getAsBoolean()) {
        return false;
      }
      buffer = buffer.length == 0 ? new byte[DOCUMENT_READ_BYTES] : buffer;
      int read = read(buffer, 0);
      ended = read < 0;
      whole.write(buffer, 0, Math.max(read, 0));
    }
    return true;
  }

  /** What has been read of the document. */
  private ByteArrayOutputStream body() {
    if (document == null) {
      document = new ByteArrayOutputStream();
      document.write(start, 0, peeked);
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
