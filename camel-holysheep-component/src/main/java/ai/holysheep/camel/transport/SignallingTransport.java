package ai.holysheep.camel.transport;

/**
 * Carries calls to a server without holding a thread for any of them. What a server sends is read
 * only as far as it is taken, but for a bounded number of bytes: who does not take slows the server
 * down.
 */
public interface SignallingTransport extends Transport {

  @Override
  SignallingAttempt attempt(Call call);
}
