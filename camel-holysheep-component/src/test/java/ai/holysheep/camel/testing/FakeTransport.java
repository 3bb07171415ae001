package ai.holysheep.camel.testing;

import ai.holysheep.camel.transport.Call;
import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.transport.SignallingAttempt;
import ai.holysheep.camel.transport.SignallingTransport;
import ai.holysheep.camel.transport.TransportFault;
import ai.holysheep.camel.transport.http.SseParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A transport without a network: each attempt runs the next script. The bytes of a script go
 * through the real parser, so that a test can cut them anywhere. As with a real connection, what
 * was received before an abort can still be read, and nothing after it.
 *
 * <p>Who just sends waits at the gates of the script; who begins with a signal is told when one has
 * been opened.
 */
public final class FakeTransport implements SignallingTransport {

  private static final long PATIENCE_SECONDS = 10;

  /** How an attempt ended; what comes first counts. */
  public enum Outcome {
    UNDER_WAY,
    ABORTED,
    RELEASED
  }

  /** What a server or a connection does next; null is the end of the body. */
  @FunctionalInterface
  private interface Step {
    byte[] run(FakeAttempt attempt) throws TransportFault;

    /** Whether it can be run without waiting; otherwise the attempt's signal tells when. */
    default boolean isReady(FakeAttempt attempt) {
      return true;
    }
  }

  private record Wait(Gate gate) implements Step {
    @Override
    public byte[] run(FakeAttempt attempt) throws TransportFault {
      attempt.await(gate);
      return new byte[0];
    }

    @Override
    public boolean isReady(FakeAttempt attempt) {
      gate.reached.complete(null);
      if (!gate.opened.isDone() && attempt.waitsAt != gate) {
        attempt.waitsAt = gate;
        gate.opened.thenRun(attempt.signal);
      }
      return gate.opened.isDone();
    }
  }

  private record After(Runnable work, Step step) implements Step {
    @Override
    public byte[] run(FakeAttempt attempt) throws TransportFault {
      work.run();
      return step.run(attempt);
    }
  }

  private final Queue<Script> scripts = new LinkedBlockingQueue<>();
  private final List<FakeAttempt> attempts = new CopyOnWriteArrayList<>();

  public FakeTransport(Script... scripts) {
    this.scripts.addAll(List.of(scripts));
  }

  /** Adds a script for a further attempt. */
  public FakeTransport then(Script script) {
    scripts.add(script);
    return this;
  }

  @Override
  public FakeAttempt attempt(Call call) {
    FakeAttempt attempt = new FakeAttempt(call, scripts.remove());
    attempts.add(attempt);
    return attempt;
  }

  /** The n-th attempt, from 0. */
  public FakeAttempt attempted(int n) {
    return attempts.get(n);
  }

  /** How many attempts have been made. */
  public int attemptCount() {
    return attempts.size();
  }

  @Override
  public void close() {
    attempts.forEach(FakeAttempt::abort);
  }

  /** A place in a script that a reader does not pass before the test opens it. */
  public static final class Gate {

    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    /** Lets the reader pass. */
    public void open() {
      opened.complete(null);
    }

    /** Waits until a reader stands before it. */
    public void awaitReader() throws Exception {
      reached.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** What one attempt meets, in this order. Without a head, the reply never comes. */
  public static final class Script {

    private final Queue<Step> beforeHead = new ArrayDeque<>();
    private final Queue<Step> body = new ArrayDeque<>();
    private final Map<String, String> headers = new HashMap<>();
    private Runnable beforeNext;
    private RuntimeException bugOnRelease;
    private int status;

    /** The head of an event stream. */
    public Script head() {
      return head(200, "text/event-stream");
    }

    public Script head(int status, String type) {
      if (beforeNext != null) {
        bytes("");
      }
      this.status = status;
      return header("Content-Type", type);
    }

    public Script header(String name, String value) {
      headers.put(name.toLowerCase(Locale.ROOT), value);
      return this;
    }

    public Script bytes(byte[] bytes) {
      return then(attempt -> bytes);
    }

    public Script bytes(String text) {
      return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public Script event(String data) {
      return bytes("data: " + data + "\n\n");
    }

    public Script token(String text) {
      return event(Chunks.token(text));
    }

    /** A comment that keeps the connection alive. */
    public Script keepAlive() {
      return bytes(": keep-alive\n\n");
    }

    /** Finish reason, usage, {@code [DONE]} and the end of the body. */
    public Script finish() {
      return event(Chunks.finish("stop")).event(Chunks.usage(7, 3)).event("[DONE]");
    }

    public Script await(Gate gate) {
      return then(new Wait(gate));
    }

    /** Nothing more comes; only an abort wakes the reader. */
    public Script silence() {
      return await(new Gate());
    }

    public Script fault(TransportFault.Kind kind) {
      return then(
          attempt -> {
            throw new TransportFault(kind, "scripted", null);
          });
    }

    /** The body ends here, even for an attempt that was aborted meanwhile. */
    public Script endOfBody() {
      return then(attempt -> null);
    }

    /** An exception that a transport has no right to throw. */
    public Script bug(RuntimeException bug) {
      return then(
          attempt -> {
            throw bug;
          });
    }

    /**
     * Does something on the thread that reads, just before the next step, which comes even if this
     * aborts the attempt.
     */
    public Script run(Runnable work) {
      beforeNext = work;
      return this;
    }

    public Script bugOnRelease(RuntimeException bug) {
      bugOnRelease = bug;
      return this;
    }

    private Script then(Step step) {
      Runnable before = beforeNext;
      beforeNext = null;
      (status == 0 ? beforeHead : body).add(before == null ? step : new After(before, step));
      return this;
    }
  }

  /** One run of a script. */
  public static final class FakeAttempt implements SignallingAttempt {

    private final Call call;
    private final Script script;
    private final AtomicReference<Outcome> outcome = new AtomicReference<>(Outcome.UNDER_WAY);
    private final CompletableFuture<Void> aborted = new CompletableFuture<>();
    private final FakeReply reply = new FakeReply(this);
    private Runnable signal;
    private Gate waitsAt;

    private FakeAttempt(Call call, Script script) {
      this.call = call;
      this.script = script;
    }

    @Override
    public void begin(Runnable signal) {
      this.signal = signal;
      aborted.thenRun(signal);
      signal.run();
    }

    @Override
    public boolean isReady() {
      return reply.isHeadReady();
    }

    public Call call() {
      return call;
    }

    public Outcome outcome() {
      return outcome.get();
    }

    @Override
    public Reply send() throws TransportFault {
      if (reply.fault != null) {
        throw reply.fault;
      }
      while (step(script.beforeHead) != null) {
        // The steps before a head bring no bytes.
      }
      if (script.status == 0) {
        await(new Gate());
      }
      return reply;
    }

    private boolean isReady(Queue<Step> steps) {
      return aborted.isDone() || steps.isEmpty() || steps.peek().isReady(this);
    }

    @Override
    public void abort() {
      if (outcome.compareAndSet(Outcome.UNDER_WAY, Outcome.ABORTED)) {
        aborted.complete(null);
      }
    }

    @Override
    public void release() {
      if (script.bugOnRelease != null) {
        throw script.bugOnRelease;
      }
      outcome.compareAndSet(Outcome.UNDER_WAY, Outcome.RELEASED);
    }

    private byte[] step(Queue<Step> steps) throws TransportFault {
      refuseAborted();
      Step step = steps.poll();
      return step == null ? null : step.run(this);
    }

    private void await(Gate gate) throws TransportFault {
      gate.reached.complete(null);
      try {
        CompletableFuture.anyOf(gate.opened, aborted).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new IllegalStateException("the test neither opened the gate nor aborted", e);
      }
      refuseAborted();
    }

    private void refuseAborted() throws TransportFault {
      if (aborted.isDone()) {
        throw new TransportFault(TransportFault.Kind.BROKEN, "aborted", null);
      }
    }
  }

  private static final class FakeReply implements Reply {

    private final FakeAttempt attempt;
    private final SseParser parser = new SseParser(1 << 20, 1 << 20);
    private final ByteArrayOutputStream document = new ByteArrayOutputStream();
    private Frame ahead;
    private boolean ended;
    private TransportFault fault;

    FakeReply(FakeAttempt attempt) {
      this.attempt = attempt;
    }

    @Override
    public int status() {
      return attempt.script.status;
    }

    @Override
    public String header(String name) {
      return attempt.script.headers.get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean isEventStream() {
      return "text/event-stream".equals(header("Content-Type"));
    }

    @Override
    public Frame next() throws TransportFault {
      while (ahead == null && !ended) {
        feed();
      }
      Frame frame = ahead;
      ahead = null;
      return frame == null ? parser.finish() : frame;
    }

    private void feed() throws TransportFault {
      ahead = parser.poll();
      if (ahead == null) {
        byte[] bytes = step(attempt.script.body);
        ended = bytes == null;
        parser.feed(ended ? new byte[0] : bytes, 0, ended ? 0 : bytes.length);
        ahead = parser.poll();
      }
    }

    private byte[] step(Queue<Step> steps) throws TransportFault {
      if (fault != null) {
        throw fault;
      }
      return attempt.step(steps);
    }

    @Override
    public boolean isReady() {
      ahead = ahead == null ? parser.poll() : ahead;
      try {
        while (isSignalled() && ahead == null && !ended && attempt.isReady(attempt.script.body)) {
          feed();
        }
      } catch (TransportFault e) {
        fault = e;
      }
      return ahead != null || isSignalled() && (ended || fault != null);
    }

    private boolean isSignalled() {
      return attempt.signal != null;
    }

    private boolean isHeadReady() {
      try {
        while (!attempt.script.beforeHead.isEmpty()) {
          if (!attempt.isReady(attempt.script.beforeHead)) {
            return false;
          }
          step(attempt.script.beforeHead);
        }
        boolean silent = attempt.script.status == 0;
        return attempt.aborted.isDone() || !silent && (isEventStream() || isDocumentReady());
      } catch (TransportFault e) {
        fault = e;
        return true;
      }
    }

    private boolean isDocumentReady() throws TransportFault {
      while (!ended && attempt.isReady(attempt.script.body)) {
        readDocument();
      }
      return ended;
    }

    private void readDocument() throws TransportFault {
      byte[] bytes = step(attempt.script.body);
      ended = bytes == null;
      document.writeBytes(ended ? new byte[0] : bytes);
    }

    @Override
    public byte[] beginning(int maxBytes) throws TransportFault {
      byte[] document = document();
      return Arrays.copyOf(document, Math.min(document.length, maxBytes));
    }

    @Override
    public byte[] document() throws TransportFault {
      while (!ended) {
        readDocument();
      }
      return document.toByteArray();
    }
  }
}
