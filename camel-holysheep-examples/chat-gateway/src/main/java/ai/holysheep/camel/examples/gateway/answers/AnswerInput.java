package ai.holysheep.camel.examples.gateway.answers;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer as server-sent events, as they come: reading waits for the next one. In silence it
 * gives a comment from time to time, so that proxies keep the connection and a broken one is
 * noticed. One thread reads, any thread may close. Its end is that of the answer, or that of its
 * turn as reader.
 */
public final class AnswerInput extends InputStream {

  private static final byte[] STILL_HERE = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

  private final Answers answers;
  private final Answer answer;
  private final Duration silence;
  private final Answer.Reader reader =
      new Answer.Reader() {
        // Waits in the answer, which wakes it.
        @Override
        public void changed() {}
      };
  private int index;
  private byte[] piece = new byte[0];
  private int position;

  /**
   * Becomes the reader of an answer.
   *
   * @param after the index of the last event that is known; -1 for none
   * @param silence after which a comment is sent
   */
  public AnswerInput(Answers answers, Answer answer, int after, Duration silence) {
    this.answers = answers;
    this.answer = answer;
    this.silence = silence;
    index = after + 1;
    answer.readBy(reader);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (position == piece.length && !next()) {
      return -1;
    }
    int count = Math.min(length, piece.length - position);
    System.arraycopy(piece, position, bytes, offset, count);
    position += count;
    return count;
  }

  private boolean next() throws IOException {
    String event = await();
    if (event == null && answer.hasNoMore(reader, index)) {
      return false;
    }
    piece = event == null ? STILL_HERE : frame(event);
    position = 0;
    return true;
  }

  private @Nullable String await() throws IOException {
    try {
      return answer.await(reader, index, silence);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for an answer");
    }
  }

  private byte[] frame(String event) {
    String frame = "id: " + index + "\ndata: " + event + "\n\n";
    index++;
    return frame.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    answers.left(answer, reader);
  }
}
