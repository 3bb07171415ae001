package ai.holysheep.camel;

import ai.holysheep.camel.observe.CallOutcome;
import ai.holysheep.camel.observe.ObservedCall;
import java.util.EventObject;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a call to a model, for Camel's event notifiers. Its source is the
 * Camel context.
 */
public final class HolySheepStreamEvent extends EventObject implements CamelEvent {

  private static final long serialVersionUID = 1L;

  /** What happened. */
  public enum Kind {
    /** A call begins. */
    STARTED,
    /** The first piece of the answer has come; not told of an answer that comes as a whole. */
    FIRST_TOKEN,
    /** A try failed; the answer begins anew with the next. */
    RETRIED,
    /** A try failed; the next lets the model go on after what has come. */
    RECOVERED,
    /** The call may not use more, so it was stopped or not sent; told before its end. */
    BUDGET_EXCEEDED,
    /** The call is over. */
    ENDED
  }

  private final Kind kind;
  private final transient ObservedCall call;
  private final transient @Nullable CallOutcome outcome;
  private final @Nullable RuntimeException failure;
  private long timestamp;

  HolySheepStreamEvent(
      CamelContext context,
      Kind kind,
      ObservedCall call,
      @Nullable CallOutcome outcome,
      @Nullable RuntimeException failure) {
    super(context);
    this.kind = kind;
    this.call = call;
    this.outcome = outcome;
    this.failure = failure;
  }

  /** What happened. */
  public Kind getKind() {
    return kind;
  }

  /** The call to which it happened. */
  public ObservedCall getCall() {
    return call;
  }

  /** The id that all parts of the stream carry. */
  public String getStreamId() {
    return call.streamId();
  }

  /** How the call ended, with tokens, cost and times; null where it has not. */
  public @Nullable CallOutcome getOutcome() {
    return outcome;
  }

  /** Why a try or the call failed; null where none did. */
  public @Nullable RuntimeException getFailure() {
    return failure;
  }

  @Override
  public Type getType() {
    return Type.Custom;
  }

  @Override
  public long getTimestamp() {
    return timestamp;
  }

  @Override
  public void setTimestamp(long timestamp) {
    this.timestamp = timestamp;
  }

  @Override
  public String toString() {
    String end = outcome == null ? "" : " " + outcome.ending();
    String why = failure == null ? "" : " (" + failure.getMessage() + ")";
    return "Stream " + call.streamId() + " of " + call.model() + ": " + kind + end + why;
  }
}
