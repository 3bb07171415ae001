package ai.holysheep.camel;

import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.EventReceiver;
import ai.holysheep.camel.chat.PushedCall;
import ai.holysheep.camel.client.PushThreads;
import ai.holysheep.camel.convert.Answers;
import ai.holysheep.camel.convert.EventExchanges;
import ai.holysheep.camel.convert.RouteFailures;
import ai.holysheep.camel.error.HolySheepException;
import java.util.Objects;
import java.util.function.Function;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of one call to an endpoint, and lets the exchange that asked go on when all is
 * over. Called by one thread at a time.
 */
final class PushToEndpoint implements EventReceiver {

  private final Exchange asking;
  private final AsyncCallback goOn;
  private final ChatCalls calls;
  private final EventTarget target;
  private final PushThreads threads;
  private final Endpoint to;
  private final String place;
  private final boolean stopOnException;
  private final EventExchanges exchanges;

  private @Nullable PushedCall call;
  private @Nullable CallFailed failed;
  private long partCount;
  private long failedPartCount;
  private @Nullable Exception firstFailure;

  PushToEndpoint(
      Exchange asking,
      AsyncCallback goOn,
      ChatCalls calls,
      EventTarget target,
      PushThreads threads,
      boolean stopOnException) {
    this.asking = asking;
    this.goOn = goOn;
    this.calls = calls;
    this.target = target;
    this.threads = threads;
    this.to = target.endpoint(asking);
    this.place = URISupport.sanitizeUri(to.getEndpointUri());
    this.stopOnException = stopOnException;
    this.exchanges = new EventExchanges(asking, calls.messages());
  }

  /** Begins the call that is made for this receiver. */
  void begin(Function<EventReceiver, PushedCall> prepared) {
    PushedCall begun = prepared.apply(this);
    call = begun;
    begun.begin();
  }

  @Override
  public void receive(ChatEvent event, Taken taken) {
    partCount++;
    if (event instanceof CallFailed last) {
      failed = last;
    }
    Exchange part = exchanges.of(event);
    target.send(to, part, doneSync -> sent(part, taken));
  }

  private void sent(Exchange part, Taken taken) {
    Exception failure = EventTarget.failure(part);
    if (failure != null && stopOnException) {
      taken.failed(place, failure);
      return;
    }
    if (failure != null) {
      failedPartCount++;
      firstFailure = firstFailure == null ? failure : firstFailure;
    }
    taken.done();
  }

  @Override
  public void ended(@Nullable RuntimeException failure) {
    try {
      finish(failure);
    } catch (HolySheepException e) {
      asking.setException(RouteFailures.note(asking, e));
    } catch (RuntimeException e) {
      asking.setException(e);
    }
    threads.others().execute(() -> goOn.done(false));
  }

  private void finish(@Nullable RuntimeException failure) {
    CallFailed told = failed;
    if (told != null && told.exception() == failure && calls.options().isFailureAsEvent()) {
      calls.messages().fill(asking.getMessage(), told);
    } else if (failure != null) {
      throw failure;
    } else {
      fillAnswer();
    }
    if (firstFailure != null) {
      asking.setException(
          new CamelExchangeException(
              failedPartCount + " of " + partCount + " parts failed at " + place,
              asking,
              firstFailure));
    }
  }

  private void fillAnswer() {
    ChatAnswer answer = Objects.requireNonNull(call, "begun").answer();
    if (answer.isCut()) {
      throw Answers.notKept(answer, partCount);
    }
    calls.messages().fill(asking.getMessage(), answer);
  }

  @Override
  public String toString() {
    return place;
  }
}
