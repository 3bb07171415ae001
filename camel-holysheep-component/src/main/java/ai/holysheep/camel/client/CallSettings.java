package ai.holysheep.camel.client;

import ai.holysheep.camel.accounting.CallBudget;
import ai.holysheep.camel.accounting.Pricing;
import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.Continuation;
import ai.holysheep.camel.chat.FrameNames;
import ai.holysheep.camel.observe.CallObserver;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.transport.Limits;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a call is to be made.
 *
 * @param baseUrl the API's address up to and without {@code /chat/completions}
 * @param apiKey the key; null sends none, for servers that want none
 * @param headers further request headers
 * @param deadlines how long the call may take
 * @param retries when a call is tried again
 * @param continuation what a try sends besides that goes on with an answer
 * @param limits how much the server may send
 * @param maxKeptCharacters how much of the texts of an answer is kept, and how much of its tool
 *     calls
 * @param strictEnd whether an end without a finish reason and without {@code [DONE]} is a failure
 * @param splitThinkTags whether text between think tags at the start of an answer is its reasoning
 * @param coalescing how the pieces of a stream's texts are joined to parts
 * @param failureAsEvent whether a failure in the middle of a stream comes as its last event instead
 *     of being thrown
 * @param frameNames what the messages of a session are called
 * @param pricing what tokens cost
 * @param budget how much the call may use
 * @param observer is told of the call, besides those who are told of all
 */
public record CallSettings(
    URI baseUrl,
    @Nullable ApiKey apiKey,
    Map<String, String> headers,
    Deadlines deadlines,
    RetryPolicy retries,
    Continuation continuation,
    Limits limits,
    int maxKeptCharacters,
    boolean strictEnd,
    boolean splitThinkTags,
    Coalescing coalescing,
    boolean failureAsEvent,
    FrameNames frameNames,
    Pricing pricing,
    CallBudget budget,
    CallObserver observer) {

  public CallSettings {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Settings with the usual names for the messages of a session, without prices and budget. */
  public CallSettings(
      URI baseUrl,
      @Nullable ApiKey apiKey,
      Map<String, String> headers,
      Deadlines deadlines,
      RetryPolicy retries,
      Continuation continuation,
      Limits limits,
      int maxKeptCharacters,
      boolean strictEnd,
      boolean splitThinkTags,
      Coalescing coalescing,
      boolean failureAsEvent) {
    this(
        baseUrl,
        apiKey,
        headers,
        deadlines,
        retries,
        continuation,
        limits,
        maxKeptCharacters,
        strictEnd,
        splitThinkTags,
        coalescing,
        failureAsEvent,
        FrameNames.USUAL,
        Pricing.BY_SERVER,
        CallBudget.NONE,
        CallObserver.NONE);
  }

  /** The same, for a call whose answer does not come as a stream. */
  CallSettings forWholeAnswer() {
    return new CallSettings(
        baseUrl,
        apiKey,
        headers,
        deadlines.forWholeAnswer(),
        retries.forWholeAnswer(),
        continuation,
        limits,
        maxKeptCharacters,
        strictEnd,
        splitThinkTags,
        Coalescing.NONE,
        false,
        frameNames,
        pricing,
        budget,
        observer);
  }

  /** Names headers without their values, some of which are secrets. */
  @Override
  public String toString() {
    return "CallSettings[baseUrl="
        + baseUrl
        + ", headers="
        + headers.keySet()
        + ", deadlines="
        + deadlines
        + ", retries="
        + retries
        + ", limits="
        + limits
        + ", strictEnd="
        + strictEnd
        + ", splitThinkTags="
        + splitThinkTags
        + ", coalescing="
        + coalescing
        + ", failureAsEvent="
        + failureAsEvent
        + "]";
  }
}
