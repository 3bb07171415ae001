package ai.holysheep.camel.transport.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of the replies of one connection. HttpCore takes the end of a connection for the
 * end of a line, and that for the end of the head, so that half a head would count as a whole one;
 * here it is what it is (RFC 9112, 8). Knows what has been read of the connection and not been
 * used. Belongs to the thread that reads.
 */
final class HeadParser extends DefaultHttpResponseParser {

  private @Nullable SessionInputBuffer buffer;

  HeadParser(Http1Config limits) {
    super(limits);
  }

  @Override
  public @Nullable ClassicHttpResponse parse(SessionInputBuffer from, InputStream socket)
      throws IOException, HttpException {
    buffer = from;
    EndNoted bytes = new EndNoted(socket);
    try {
      ClassicHttpResponse head = super.parse(from, bytes);
      // Without a head, nothing at all had come.
      if (head != null && bytes.ended) {
        throw cut();
      }
      return head;
    } catch (HttpException e) {
      if (bytes.ended) {
        throw cut();
      }
      throw e;
    }
  }

  /** Whether bytes have been read that belong to no reply so far. */
  boolean hasLeftover() {
    return buffer != null && buffer.length() > 0;
  }

  private static ConnectionClosedException cut() {
    return new ConnectionClosedException("The connection was closed in the middle of the head");
  }

  private static final class EndNoted extends FilterInputStream {

    private boolean ended;

    EndNoted(InputStream socket) {
      super(socket);
    }

    @Override
    public int read() throws IOException {
      return noted(super.read());
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      return noted(super.read(target, from, length));
    }

    private int noted(int read) {
      ended |= read < 0;
      return read;
    }
  }
}
