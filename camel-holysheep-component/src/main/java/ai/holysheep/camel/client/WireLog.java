package ai.holysheep.camel.client;

import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.SignallingAttempt;
import ai.holysheep.camel.transport.TransportFault;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what one call sends and receives, without the secrets of its request, to a logger of its
 * own: it holds what people asked and were answered.
 */
final class WireLog {

  private static final Logger LOG = LoggerFactory.getLogger("ai.holysheep.camel.wire");

  private final String streamId;
  private final Redaction redaction;

  WireLog(String streamId, CallSettings settings) {
    this.streamId = streamId;
    this.redaction = new Redaction(settings);
  }

  /** The same try, whose traffic is written if somebody wants that now. */
  Attempt around(Call call, Attempt attempt) {
    return LOG.isTraceEnabled() ? new Logged(call, attempt) : attempt;
  }

  /** The same try, whose traffic is written if somebody wants that now. */
  SignallingAttempt around(Call call, SignallingAttempt attempt) {
    return LOG.isTraceEnabled() ? new LoggedSignalling(call, attempt) : attempt;
  }

  private void write(String direction, String words) {
    LOG.trace("{} {} {}", streamId, direction, redaction.whole(words));
  }

  private void request(Call call) {
    StringJoiner headers = new StringJoiner(", ");
    call.headers()
        .forEach(
            (name, value) ->
                headers.add(name + ": " + (SecretHeaders.isSecret(name) ? "xxxxxx" : value)));
    write(">>", call + " {" + headers + "}");
    if (call.body() != null) {
      write(">>", new String(call.body(), StandardCharsets.UTF_8));
    }
  }

  private class Logged implements Attempt {

    private final Attempt attempt;

    Logged(Call call, Attempt attempt) {
      this.attempt = attempt;
      request(call);
    }

    @Override
    public Reply send() throws TransportFault {
      try {
        Reply reply = attempt.send();
        String type = reply.header("Content-Type");
        write("<<", "HTTP " + reply.status() + (type == null ? "" : " " + type));
        return new LoggedReply(reply);
      } catch (TransportFault e) {
        write("<<", e.kind() + " " + e.getMessage());
        throw e;
      }
    }

    @Override
    public void abort() {
      attempt.abort();
    }

    @Override
    public void release() {
      attempt.release();
    }
  }

  private final class LoggedSignalling extends Logged implements SignallingAttempt {

    private final SignallingAttempt attempt;

    LoggedSignalling(Call call, SignallingAttempt attempt) {
      super(call, attempt);
      this.attempt = attempt;
    }

    @Override
    public void begin(Runnable signal) {
      attempt.begin(signal);
    }

    @Override
    public boolean isReady() {
      return attempt.isReady();
    }
  }

  private final class LoggedReply implements Reply {

    private final Reply reply;

    LoggedReply(Reply reply) {
      this.reply = reply;
    }

    @Override
    public int status() {
      return reply.status();
    }

    @Override
    public @Nullable String reason() {
      return reply.reason();
    }

    @Override
    public @Nullable String header(String name) {
      return reply.header(name);
    }

    @Override
    public boolean isEventStream() throws TransportFault {
      return reply.isEventStream();
    }

    @Override
    public boolean isSession() {
      return reply.isSession();
    }

    @Override
    public @Nullable Frame next() throws TransportFault {
      Frame frame = reply.next();
      if (frame == null) {
        write("<<", "(end)");
      } else {
        String event = frame.event();
        write("<<", (event == null ? "" : event + ": ") + frame.text());
      }
      return frame;
    }

    @Override
    public boolean isReady() {
      return reply.isReady();
    }

    @Override
    public byte[] beginning(int maxBytes) throws TransportFault {
      return written(reply.beginning(maxBytes));
    }

    @Override
    public byte[] document() throws TransportFault {
      return written(reply.document());
    }

    private byte[] written(byte[] body) {
      write("<<", new String(body, StandardCharsets.UTF_8));
      return body;
    }
  }
}
