package ai.holysheep.camel.transport.http;

import ai.holysheep.camel.transport.Attempt;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.SignallingAttempt;
import ai.holysheep.camel.transport.SignallingTransport;
import ai.holysheep.camel.transport.Transport;
import ai.holysheep.camel.transport.TransportFault;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Waits for the signals of a transport that nobody waits in, so that it can be held to what the
 * blocking one promises. It asks once for each signal and then waits for the next, as a client
 * does: a signal too few is a test that hangs.
 */
final class WaitingTransport implements Transport {

  private final SignallingTransport transport;

  WaitingTransport(SignallingTransport transport) {
    this.transport = transport;
  }

  @Override
  public Attempt attempt(Call call) {
    return new WaitingAttempt(transport.attempt(call));
  }

  @Override
  public void close() {
    transport.close();
  }

  private record Signals(Semaphore signals) {

    void until(BooleanSupplier ready) {
      while (!ready.getAsBoolean()) {
        signals.acquireUninterruptibly();
        signals.drainPermits();
      }
    }
  }

  private static final class WaitingAttempt implements Attempt {

    private final SignallingAttempt attempt;
    private final Signals signals = new Signals(new Semaphore(0));

    WaitingAttempt(SignallingAttempt attempt) {
      this.attempt = attempt;
    }

    @Override
    public Reply send() throws TransportFault {
      attempt.begin(signals.signals()::release);
      signals.until(attempt::isReady);
      return new WaitingReply(attempt.send(), signals);
    }

    @Override
    public void abort() {
      attempt.abort();
    }

    /** Waits until the connection is given back or closed, as the blocking one does. */
    @Override
    public void release() {
      attempt.release();
      while (!((SignallingHttpAttempt) attempt).isOver()) {
        Thread.onSpinWait();
      }
    }
  }

  private record WaitingReply(Reply reply, Signals signals) implements Reply {

    @Override
    public int status() {
      return reply.status();
    }

    @Override
    public String reason() {
      return reply.reason();
    }

    @Override
    public String header(String name) {
      return reply.header(name);
    }

    @Override
    public boolean isEventStream() throws TransportFault {
      return reply.isEventStream();
    }

    @Override
    public Frame next() throws TransportFault {
      signals.until(reply::isReady);
      return reply.next();
    }

    @Override
    public boolean isReady() {
      return reply.isReady();
    }

    @Override
    public byte[] beginning(int maxBytes) throws TransportFault {
      return reply.beginning(maxBytes);
    }

    @Override
    public byte[] document() throws TransportFault {
      return reply.document();
    }
  }
}
