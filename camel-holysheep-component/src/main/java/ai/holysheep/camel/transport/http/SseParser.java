package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.FrameTooLongException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of an event stream into frames, by the rules of "9.2.6 Interpreting an event
 * stream" of the <a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">
 * HTML standard</a>. It works on bytes: data is neither decoded nor, while it is one line, copied.
 *
 * <p>It does not know where the bytes come from, what the data means, or how to reconnect. One
 * thread at a time uses it. It holds nothing that must be closed.
 *
 * <p>Use: {@link #poll()} until it returns null, then bring more bytes, by {@link
 * #readFrom(InputStream)}, which reads straight into the parser's buffer, or by a {@code feed}
 * method, which copies once; at the end of input {@link #finish()}. A frame's payload lies in that
 * buffer: it outlives further calls of {@code poll} and {@code finish}, but not the next bytes.
 * After a {@link FrameTooLongException} every further {@code poll} throws it again.
 *
 * <p>It holds at most one event's data, one line and one read, whatever comes between the data
 * lines. Every byte is scanned once, and moved a bounded number of times on average.
 */
public final class SseParser {
  private static final int FIRST_BUFFER_BYTES = 8 * 1024;
  private static final int LEAST_READ_BYTES = 2 * 1024;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private static final String DEFAULT_EVENT = "message";
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] DATA = ascii("data");
  private static final byte[] EVENT = ascii("event");
  private static final byte[] ID = ascii("id");
  private static final byte[] RETRY = ascii("retry");

  private final int maxLineBytes;
  private final int maxEventBytes;

  // The buffer: the event's data so far, bytes no longer needed, the line being read.
  private byte[] buffer = {};
  private int dataStart;
  private int dataEnd;
  private int lineStart;
  private int scanned;
  private int limit;

  // The event being read.
  private boolean hasData;
  private boolean complete;
  private @Nullable String event;

  // The stream so far.
  private boolean atStart = true;
  private boolean afterCarriageReturn;
  private boolean endedMidLine;
  private String recentEvent = DEFAULT_EVENT;
  private @Nullable String lastId;
  private long retryMillis = -1;
  private long comments;
  private long ignoredLines;

  /**
   * @param maxLineBytes the longest line, in bytes without the line end, at least 1
   * @param maxEventBytes the most data of one event, in bytes after its lines are joined, at least
   *     1
   */
  public SseParser(int maxLineBytes, int maxEventBytes) {
    if (maxLineBytes < 1 || maxEventBytes < 1) {
      throw new IllegalArgumentException(
          "Limits must be positive: line " + maxLineBytes + ", event " + maxEventBytes);
    }
    this.maxLineBytes = maxLineBytes;
    this.maxEventBytes = maxEventBytes;
  }

  /** Appends a copy of these bytes. */
  public void feed(byte[] bytes, int offset, int length) {
    makeRoom(length);
    System.arraycopy(bytes, offset, buffer, limit, length);
    limit += length;
  }

  /** Appends a copy of all that remains in the given buffer, and so consumes it. */
  public void feed(ByteBuffer bytes) {
    int length = bytes.remaining();
    makeRoom(length);
    bytes.get(buffer, limit, length);
    limit += length;
  }

  /**
   * Reads once from the stream into the parser's own buffer; waits as long as the stream does.
   *
   * @return how many bytes were read, -1 at the end of input
   */
  public int readFrom(InputStream in) throws IOException {
    makeRoom(LEAST_READ_BYTES);
    int count = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(count, 0);
    return count;
  }

  /**
   * The next complete event that has data, which may be empty; null if more bytes are needed.
   *
   * @throws FrameTooLongException if a line or an event is longer than its limit, even if it has
   *     not ended yet
   */
  public @Nullable Frame poll() {
    return isReady() ? take() : null;
  }

  /**
   * Whether {@link #poll} would return an event; takes none.
   *
   * @throws FrameTooLongException as {@link #poll} does
   */
  public boolean isReady() {
    if (atStart && !passByteOrderMark()) {
      return false;
    }
    while (!complete && reachLineEnd()) {
      endLine();
    }
    return complete;
  }

  /**
   * To be called at the end of input: the next complete event, or else the event that was not ended
   * by a blank line, its last line included even if that has no line end. The standard discards
   * such an event; here the caller decides whether it is of use. Null if nothing is left.
   *
   * @throws FrameTooLongException as {@link #poll()} does
   */
  public @Nullable Frame finish() {
    Frame frame = poll();
    if (frame != null) {
      return frame;
    }
    atStart = false;
    if (lineStart < limit) {
      readField(limit);
      endedMidLine = true;
      lineStart = limit;
      scanned = limit;
    }
    endEvent();
    return complete ? take() : null;
  }

  /**
   * Whether the input so far ends within a line. Meaningful once {@link #poll()} has returned null;
   * it stays true after {@link #finish()} has taken that line.
   */
  public boolean isMidLine() {
    return endedMidLine || lineStart < limit;
  }

  /** Whether data of an event is held that no blank line has ended yet, whole lines only. */
  public boolean isMidEvent() {
    return hasData && !complete;
  }

  /** The reconnection time the server has asked for last, -1 if none; it has no effect here. */
  public long retryMillis() {
    return retryMillis;
  }

  /** How many comment lines there were, which servers send to keep a connection alive. */
  public long comments() {
    return comments;
  }

  /** How many lines were ignored for a field that is unknown or has a value that is not allowed. */
  public long ignoredLines() {
    return ignoredLines;
  }

  /** "The UTF-8 decode algorithm strips one leading UTF-8 Byte Order Mark (BOM), if any." */
  private boolean passByteOrderMark() {
    int length = 0;
    while (length < BYTE_ORDER_MARK.length
        && length < limit
        && buffer[length] == BYTE_ORDER_MARK[length]) {
      length++;
    }
    if (length == limit && length < BYTE_ORDER_MARK.length) {
      return false;
    }
    if (length == BYTE_ORDER_MARK.length) {
      lineStart = length;
      scanned = length;
    }
    atStart = false;
    return true;
  }

  private boolean reachLineEnd() {
    if (afterCarriageReturn && lineStart < limit) {
      passLineFeed();
    }
    scanned = LineEnds.find(buffer, scanned, limit);
    if (scanned < limit) {
      return true;
    }
    checkUnfinishedLine();
    return false;
  }

  /** A CR ends its line at once; the LF that may follow belongs to it. */
  private void passLineFeed() {
    afterCarriageReturn = false;
    if (buffer[lineStart] == '\n') {
      lineStart++;
      scanned = lineStart;
    }
  }

  private void endLine() {
    if (scanned == lineStart) {
      endEvent();
    } else {
      readField(scanned);
    }
    afterCarriageReturn = buffer[scanned] == '\r';
    scanned++;
    lineStart = scanned;
  }

  /** An event without a data line is dropped, its name too; one with an empty data line is not. */
  private void endEvent() {
    complete = hasData;
    if (!complete) {
      event = null;
    }
  }

  private Frame take() {
    Frame frame = new Frame(event, buffer, dataStart, dataEnd - dataStart, lastId);
    event = null;
    hasData = false;
    complete = false;
    return frame;
  }

  /** Takes in the line from {@code lineStart}; changes nothing if it passes a limit. */
  private void readField(int end) {
    if (end - lineStart > maxLineBytes) {
      throw tooLong(end);
    }
    switch (buffer[lineStart]) {
      case 'd' -> readData(end);
      case ':' -> comments++;
      case 'e' -> readEvent(end);
      case 'i' -> readId(end);
      case 'r' -> readRetry(end);
      default -> ignoredLines++;
    }
  }

  /** Further lines are moved up to the first one, so that the data is one range. */
  private void readData(int end) {
    if (!isField(DATA, end)) {
      ignoredLines++;
      return;
    }
    int from = valueStart(DATA, end);
    int length = end - from;
    if (joinedLength() + length > maxEventBytes) {
      throw tooLong(end);
    }
    if (hasData) {
      buffer[dataEnd++] = '\n';
      System.arraycopy(buffer, from, buffer, dataEnd, length);
      dataEnd += length;
    } else {
      hasData = true;
      dataStart = from;
      dataEnd = end;
    }
  }

  /** An empty name means the default one, and so does that one's own name. */
  private void readEvent(int end) {
    if (!isField(EVENT, end)) {
      ignoredLines++;
      return;
    }
    int from = valueStart(EVENT, end);
    if (from == end) {
      event = null;
      return;
    }
    recentEvent = text(from, end, recentEvent);
    event = recentEvent.equals(DEFAULT_EVENT) ? null : recentEvent;
  }

  /** "If the field value does not contain U+0000 NULL"; an empty one takes the last id away. */
  private void readId(int end) {
    if (!isField(ID, end) || containsNull(end)) {
      ignoredLines++;
      return;
    }
    int from = valueStart(ID, end);
    lastId = from == end ? null : text(from, end, lastId);
  }

  /** "If the field value consists of only ASCII digits"; a number past a long is the largest. */
  private void readRetry(int end) {
    long millis = isField(RETRY, end) ? digits(valueStart(RETRY, end), end) : -1;
    if (millis < 0) {
      ignoredLines++;
    } else {
      retryMillis = millis;
    }
  }

  private long digits(int from, int end) {
    long value = from < end ? 0 : -1;
    for (int i = from; i < end; i++) {
      int digit = buffer[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
    }
    return value;
  }

  private boolean containsNull(int end) {
    for (int i = lineStart; i < end; i++) {
      if (buffer[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** A field is its name alone or its name and a colon. */
  private boolean isField(byte[] name, int end) {
    int nameEnd = lineStart + name.length;
    if (nameEnd > end || nameEnd < end && buffer[nameEnd] != ':') {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      if (buffer[lineStart + i] != name[i]) {
        return false;
      }
    }
    return true;
  }

  /** "If value starts with a U+0020 SPACE character, remove it from value": one, not all. */
  private int valueStart(byte[] name, int end) {
    int from = Math.min(lineStart + name.length + 1, end);
    return from < end && buffer[from] == ' ' ? from + 1 : from;
  }

  /** The decoded value; the known text itself if it is the same, as names mostly are. */
  private String text(int from, int end, @Nullable String known) {
    return known != null && isAscii(known, from, end)
        ? known
        : new String(buffer, from, end - from, StandardCharsets.UTF_8);
  }

  private boolean isAscii(String text, int from, int end) {
    boolean same = text.length() == end - from;
    for (int i = 0; same && i < text.length(); i++) {
      same = text.charAt(i) == buffer[from + i];
    }
    return same;
  }

  /** How long the event's data is before the value of one more data line. */
  private int joinedLength() {
    return hasData ? dataEnd - dataStart + 1 : 0;
  }

  /** Stops a line that never ends. Data counts from where it is sure whether a space leads it. */
  private void checkUnfinishedLine() {
    int length = limit - lineStart;
    boolean isData = length > DATA.length + 1 && isField(DATA, limit);
    if (length > maxLineBytes
        || isData && joinedLength() + limit - valueStart(DATA, limit) > maxEventBytes) {
      throw tooLong(limit);
    }
  }

  /** Names the limit that the line passes first, so that it does not matter where reads end. */
  private FrameTooLongException tooLong(int end) {
    boolean isData = isField(DATA, end);
    long longestData = (long) valueStart(DATA, end) - lineStart + maxEventBytes - joinedLength();
    return isData && longestData < maxLineBytes
        ? new FrameTooLongException(FrameTooLongException.Limit.EVENT, maxEventBytes)
        : new FrameTooLongException(FrameTooLongException.Limit.LINE, maxLineBytes);
  }

  /**
   * Makes room behind the line being read. What is needed moves to the front only if that frees
   * half of the buffer, else to a buffer of at least twice the size: so the moves stay linear.
   */
  private void makeRoom(int bytes) {
    int data = hasData ? dataEnd - dataStart : 0;
    int line = limit - lineStart;
    int needed = Math.addExact(data + line, bytes);
    if (data + line > 0 && bytes <= buffer.length - limit) {
      return;
    }
    byte[] target = buffer;
    if (needed > buffer.length || data + line > buffer.length / 2) {
      long more = Math.max(FIRST_BUFFER_BYTES, Math.min(2L * buffer.length, LARGEST_ARRAY));
      target = new byte[(int) Math.max(needed, more)];
    }
    System.arraycopy(buffer, dataStart, target, 0, data);
    System.arraycopy(buffer, lineStart, target, data, line);
    moved(target, data, line);
  }

  private void moved(byte[] target, int data, int line) {
    if (buffer != target) {
      buffer = target;
    }
    dataStart = 0;
    dataEnd = data;
    scanned += data - lineStart;
    lineStart = data;
    limit = data + line;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
