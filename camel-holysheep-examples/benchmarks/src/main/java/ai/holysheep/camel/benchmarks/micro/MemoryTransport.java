package ai.holysheep.camel.benchmarks.micro;

import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.SignallingAttempt;
import ai.holysheep.camel.transport.SignallingTransport;

/**
 * Answers each call with the same event stream, all of which is there at once, so that a call is
 * made without a network. Thread-safe; there is nothing to close.
 */
final class MemoryTransport implements SignallingTransport {

  private final byte[] stream;

  MemoryTransport(byte[] stream) {
    this.stream = stream.clone();
  }

  @Override
  public SignallingAttempt attempt(Call call) {
    return new MemoryAttempt(stream);
  }

  @Override
  public void close() {
    // Nothing is under way.
  }

  private record MemoryAttempt(byte[] stream) implements SignallingAttempt {

    @Override
    public void begin(Runnable signal) {
      signal.run();
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public Reply send() {
      return new MemoryReply(stream);
    }

    @Override
    public void abort() {
      // Nobody waits in it.
    }

    @Override
    public void release() {
      // There is no connection.
    }
  }
}
