package ai.holysheep.camel;

import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.respond.PlatformHttpReply;
import ai.holysheep.camel.respond.RequestsNoted;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/**
 * Answers the HTTP request that an exchange came from with the stream in its body, each piece when
 * it comes, in the format that the endpoint which asked was told. Returns when all is written; the
 * stream ends when the client goes.
 */
public class HolySheepRespondProducer extends DefaultProducer {

  private static final int PIECE_BYTES = 8 * 1024;

  public HolySheepRespondProducer(HolySheepEndpoint endpoint) {
    super(endpoint);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    RequestsNoted.begin(getEndpoint().getCamelContext());
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    PlatformHttpReply reply = PlatformHttpReply.to(exchange);
    Object body = exchange.getMessage().getBody();
    try (InputStream bytes = exchange.getMessage().getMandatoryBody(InputStream.class)) {
      reply.whenGone(() -> end(body, bytes));
      reply.begin(exchange);
      copy(bytes, reply);
      reply.end();
    } catch (IOException e) {
      boolean gone = reply.isGone();
      reply.breakOff();
      throw gone ? goneAway(e) : e;
    }
  }

  private static void copy(InputStream bytes, PlatformHttpReply reply)
      throws IOException, InterruptedException {
    byte[] piece = new byte[PIECE_BYTES];
    for (int count = bytes.read(piece); count >= 0; count = bytes.read(piece)) {
      reply.write(piece, count);
    }
  }

  private static void end(@Nullable Object body, Closeable bytes) {
    if (body instanceof ChatStream stream) {
      stream.cancel("the HTTP client went away");
      return;
    }
    try {
      bytes.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CallCancelledException goneAway(IOException e) {
    return new CallCancelledException(
        "The HTTP client went away before the whole reply was written.",
        FailureContext.NONE,
        Objects.requireNonNullElse(e.getCause(), e));
  }
}
