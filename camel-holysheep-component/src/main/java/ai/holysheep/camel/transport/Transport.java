package ai.holysheep.camel.transport;

import java.io.Closeable;

/** Carries calls to a server. Thread-safe; closing it aborts what is under way. */
public interface Transport extends Closeable {

  /** Prepares one try of a call. Opens nothing. */
  Attempt attempt(Call call);

  /** Does not throw, may be repeated. */
  @Override
  void close();
}
