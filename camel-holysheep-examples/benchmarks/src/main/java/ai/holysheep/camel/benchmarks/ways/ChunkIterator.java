package ai.holysheep.camel.benchmarks.ways;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a stream as texts, and the number of them as a Long, which comes last. Lines are
 * found where they lie. Closes the response after the last one.
 */
final class ChunkIterator implements Iterator<Object> {

  private static final int BUFFER_BYTES = 16 * 1024;

  private final ClassicHttpResponse response;
  private final InputStream in;
  private byte[] buffer = new byte[BUFFER_BYTES];
  private int line;
  private int end;
  private boolean ended;

  ChunkIterator(ClassicHttpResponse response) throws IOException {
    this.response = response;
    this.in = response.getEntity().getContent();
  }

  /**
   * Whether the number of tokens has not been handed out. A split asks this before it processes
   * what it has; to read here would hold that back until the next token comes.
   */
  @Override
  public boolean hasNext() {
    return !ended;
  }

  @Override
  public Object next() {
    if (ended) {
      throw new NoSuchElementException();
    }
    try {
      Object part = nextLine();
      while (part == null) {
        part = nextLine();
      }
      if (part instanceof Long) {
        finish();
      }
      return part;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private @Nullable Object nextLine() throws IOException {
    int at = line;
    while (true) {
      for (; at < end; at++) {
        if (buffer[at] == '\n') {
          int begin = line;
          line = at + 1;
          return ChunkParser.parse(buffer, begin, at - begin);
        }
      }
      at -= line;
      fill();
    }
  }

  /** Moves the line that was begun to the front, and reads on behind it. */
  private void fill() throws IOException {
    System.arraycopy(buffer, line, buffer, 0, end - line);
    end -= line;
    line = 0;
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * end);
    }
    int length = in.read(buffer, end, buffer.length - end);
    if (length < 0) {
      throw new EOFException("The stream has ended without its usage");
    }
    end += length;
  }

  private void finish() throws IOException {
    ended = true;
    // Only a connection that was read to the end is used again.
    in.transferTo(OutputStream.nullOutputStream());
    response.close();
  }
}
