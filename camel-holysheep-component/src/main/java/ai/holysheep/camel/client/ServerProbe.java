package ai.holysheep.camel.client;

import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.SignallingAttempt;
import ai.holysheep.camel.transport.SignallingTransport;
import ai.holysheep.camel.transport.Timers;
import ai.holysheep.camel.transport.TransportFault;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a server answers, by asking for its list of models, which costs nothing. Never
 * waits: it tells what the last look has shown, and looks again meanwhile. Thread-safe.
 */
public final class ServerProbe {

  /** How old a look may be before there is another. */
  static final Duration FRESH = Duration.ofSeconds(10);

  /** Servers that are well list their models at once. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SignallingTransport transport;
  private final Timers timers;
  private final CallSettings settings;
  private final boolean withKey;
  private final URI uri;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile @Nullable ServerLook last;

  /**
   * @param withKey whether to send the key, and to want it accepted; otherwise any reply will do
   */
  ServerProbe(
      SignallingTransport transport, Timers timers, CallSettings settings, boolean withKey) {
    this.transport = transport;
    this.timers = timers;
    this.settings = settings;
    this.withKey = withKey;
    this.uri = URI.create(settings.baseUrl() + "/models");
  }

  /** What the last look has shown; null where none has come to its end yet. */
  public @Nullable ServerLook look() {
    ServerLook known = last;
    boolean fresh = known != null && timers.nanoTime() - known.nanos() < FRESH.toNanos();
    if (!fresh && looking.compareAndSet(false, true)) {
      new Look().begin();
    }
    return known;
  }

  /** How long ago a look was. */
  public Duration age(ServerLook look) {
    return Duration.ofNanos(timers.nanoTime() - look.nanos());
  }

  private Call call() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "application/json");
    if (withKey) {
      headers.putAll(settings.headers());
      if (settings.apiKey() != null) {
        headers.put("Authorization", settings.apiKey().authorization());
      }
    }
    return new Call(uri, headers, null, settings.limits());
  }

  private @Nullable String complaint(int status) {
    if (!withKey || status / 100 == 2) {
      return null;
    }
    String where = " (GET " + uri + ", HTTP " + status + ").";
    return status == 401 || status == 403
        ? "The server does not accept the key" + where
        : "The server does not list its models" + where;
  }

  /** One look. */
  private final class Look {

    private final SignallingAttempt attempt = transport.attempt(call());
    private final AtomicBoolean over = new AtomicBoolean();

    void begin() {
      Runnable withdraw = timers.schedule(PATIENCE, this::giveUp);
      attempt.begin(
          () -> {
            if (attempt.isReady() && over.compareAndSet(false, true)) {
              withdraw.run();
              end(result());
            }
          });
    }

    private void giveUp() {
      if (over.compareAndSet(false, true)) {
        end(shown(0, "No reply to GET " + uri + " within " + PATIENCE.toSeconds() + " s."));
      }
    }

    private ServerLook result() {
      try {
        int status = attempt.send().status();
        return shown(status, complaint(status));
      } catch (TransportFault e) {
        Failures failures = new Failures(uri, PATIENCE, PATIENCE);
        return shown(0, failures.of(e, FailureContext.NONE).getMessage());
      } catch (RuntimeException e) {
        return shown(0, String.valueOf(e));
      }
    }

    private ServerLook shown(int status, @Nullable String failure) {
      return new ServerLook(status, failure, timers.nanoTime());
    }

    private void end(ServerLook look) {
      last = look;
      looking.set(false);
      attempt.abort();
    }
  }
}
