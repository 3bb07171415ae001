package ai.holysheep.camel.catalogue;

import static ai.holysheep.camel.catalogue.Trying.trying;
import static ai.holysheep.camel.catalogue.Verdict.RESTART;
import static ai.holysheep.camel.catalogue.Verdict.end;
import static ai.holysheep.camel.catalogue.Verdict.reasoning;
import static ai.holysheep.camel.catalogue.Verdict.text;
import static ai.holysheep.camel.catalogue.Verdict.waits;
import static ai.holysheep.camel.catalogue.Words.FINISH;
import static ai.holysheep.camel.catalogue.Words.HEL;
import static ai.holysheep.camel.catalogue.Words.LO;
import static ai.holysheep.camel.catalogue.Words.STOP;
import static ai.holysheep.camel.catalogue.Words.USAGE;
import static ai.holysheep.camel.catalogue.Words.delta;
import static ai.holysheep.camel.catalogue.Words.event;

import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.QuotaExhaustedException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.recovery.Recovery;
import ai.holysheep.camel.testing.Chunks;
import ai.holysheep.camel.transport.TransportFault.Kind;
import java.util.Arrays;
import java.util.stream.Stream;

/** What is tried again, and when. With the default options. */
final class Retries {

  private static final Class<? extends HolySheepException> REJECTED =
      RequestRejectedException.class;
  private static final String ERROR = "{\"error\":{\"message\":\"out of order\"}}";
  private static final String PING = ": ping\n\n";
  private static final String ROLE = event(delta("{\"role\":\"assistant\",\"content\":\"\"}"));
  private static final String PIECE =
      event(
          delta(
              "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]}"));
  private static final String NOON = "Retry-After: Wed, 21 Oct 2026 12:00:";
  private static final String NOW = "Date: Wed, 21 Oct 2026 12:00:00 GMT";

  private Retries() {}

  static Group group() {
    return new Group(
        "Trying again",
        Stream.of(statuses(), delays(), beforeTheFirstPart(), afterTheFirstPart())
            .flatMap(Arrays::stream)
            .toList());
  }

  /** The first try fails, the second is good. */
  private static String[] good(String wait) {
    return new String[] {
      waits(wait), text("Hel"), text("lo"), end("stop", "7+3 tokens", "tried again 1 time")
    };
  }

  private static WireFault[] statuses() {
    return new WireFault[] {
      trying("A request that took too long is sent again").status(408).gives(good("1 s")),
      trying("A conflict is tried again").status(409).gives(good("1 s")),
      trying("A rate limit is waited for").status(429).gives(good("1 s")),
      trying("An internal error is tried again").status(500).gives(good("1 s")),
      trying("A bad gateway is tried again").status(502).gives(good("1 s")),
      trying("The page of a gateway says the same")
          .reply(502, "text/html", "<html><h1>502 Bad Gateway</h1></html>")
          .gives(good("1 s")),
      trying("A server that is not available is asked again").status(503).gives(good("1 s")),
      trying("A timeout of a gateway is tried again").status(504).gives(good("1 s")),
      trying("A timeout behind a proxy is tried again").status(524).gives(good("1 s")),
      trying("An overloaded server is asked again").status(529).gives(good("1 s")),
      trying("A bad request stays bad").status(400).fails(REJECTED, "HTTP 400"),
      trying("A key that is not accepted is not tried again")
          .status(401)
          .fails(AuthenticationFailedException.class, "HTTP 401"),
      trying("An account without credit is not tried again")
          .status(402)
          .fails(QuotaExhaustedException.class, "HTTP 402"),
      trying("A key without permission is not tried again")
          .status(403)
          .fails(AuthenticationFailedException.class, "HTTP 403"),
      trying("An unknown path stays unknown").status(404).fails(REJECTED, "HTTP 404"),
      trying("A request of the wrong form stays wrong").status(422).fails(REJECTED, "HTTP 422"),
      trying("A quota that is used up is not waited for")
          .reply(429, "application/json", "{\"error\":{\"type\":\"insufficient_quota\"}}")
          .fails(QuotaExhaustedException.class, "HTTP 429"),
      trying("The server may ask for another try of a bad request")
          .status(400, "x-should-retry: true")
          .gives(good("1 s")),
      trying("The server may ask for another try with a key that it did not accept")
          .status(401, "x-should-retry: TRUE")
          .gives(good("1 s")),
      trying("No server can ask for another try without credit")
          .status(402, "x-should-retry: true")
          .fails(QuotaExhaustedException.class, "HTTP 402"),
      trying("The server may forbid another try")
          .status(503, "x-should-retry: false")
          .fails(ProviderUnavailableException.class, "HTTP 503"),
      trying("Another word about another try does not count")
          .status(503, "x-should-retry: maybe")
          .gives(good("1 s"))
    };
  }

  private static WireFault[] delays() {
    return new WireFault[] {
      trying("A wait in seconds is kept, and a little more")
          .status(429, "Retry-After: 20")
          .gives(good("20.5 s")),
      trying("A wait may have decimals").status(429, "Retry-After: 2.5").gives(good("3 s")),
      trying("A wait of nothing is short").status(503, "Retry-After: 0").gives(good("0.5 s")),
      trying("A date counts from the server's own date")
          .status(429, NOON + "30 GMT", NOW)
          .gives(good("30.5 s")),
      trying("A date that has passed is a wait of nothing")
          .status(429, "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT", NOW)
          .gives(good("0.5 s")),
      trying("A date without the server's own date says nothing")
          .status(429, NOON + "30 GMT")
          .gives(good("1 s")),
      trying("A negative wait says nothing").status(429, "Retry-After: -5").gives(good("1 s")),
      trying("A wait that is no number says nothing")
          .status(429, "Retry-After: soon")
          .gives(good("1 s")),
      trying("An empty wait says nothing").status(429, "Retry-After: ").gives(good("1 s")),
      trying("A wait in milliseconds is exacter and wins")
          .status(429, "Retry-After: 20", "retry-after-ms: 1500")
          .gives(good("2 s")),
      trying("A wait in milliseconds that is no number leaves the other")
          .status(429, "Retry-After: 20", "retry-after-ms: x")
          .gives(good("20.5 s")),
      trying("The longest wait that is allowed is waited")
          .status(429, "Retry-After: 60")
          .gives(good("60.5 s")),
      trying("A longer wait fails at once")
          .status(429, "Retry-After: 86400")
          .fails(RateLimitedException.class, "'maxRetryAfter'"),
      trying("A wait without end fails at once")
          .status(503, "Retry-After: 99999999999999999999")
          .fails(ProviderUnavailableException.class, "'maxRetryAfter'"),
      trying("Each wait is longer than the one before")
          .status(503)
          .status(503)
          .status(503)
          .gives(
              waits("1 s"),
              waits("2 s"),
              waits("3 s"),
              text("Hel"),
              text("lo"),
              end("stop", "7+3 tokens", "tried again 3 times")),
      trying("When all tries are used up, the last failure is told")
          .status(503)
          .noReply(Kind.REFUSED, "refused")
          .breaks(PING)
          .status(429)
          .fails(RateLimitedException.class, "try 4", waits("1 s"), waits("2 s"), waits("3 s")),
      trying("A failure that is final ends the tries")
          .status(503)
          .status(401)
          .fails(AuthenticationFailedException.class, "HTTP 401", waits("1 s"))
    };
  }

  private static WireFault[] beforeTheFirstPart() {
    return new WireFault[] {
      trying("A name without address is looked up again")
          .noReply(Kind.UNKNOWN_HOST, "unknown host")
          .gives(good("1 s")),
      trying("A port that is closed is tried again")
          .noReply(Kind.REFUSED, "refused")
          .gives(good("1 s")),
      trying("A reset before the head is tried again")
          .noReply(Kind.BROKEN, "reset")
          .gives(good("1 s")),
      trying("A head that is cut is tried again")
          .noReply(Kind.CUT, "half a head")
          .gives(good("1 s")),
      trying("What is not HTTP is not tried again")
          .noReply(Kind.NOT_HTTP, "SSH-2.0")
          .fails(ProtocolViolatedException.class, "cannot be read"),
      trying("A page instead of an answer is not tried again")
          .reply(200, "text/html", "<html>Log in</html>")
          .fails(ProtocolViolatedException.class, "is no chat completion"),
      trying("A reset behind the head is tried again").breaks("").gives(good("1 s")),
      trying("A stream that ends behind its head is tried again").ends("").gives(good("1 s")),
      trying("A stream that brought keep-alives alone is tried again")
          .breaks(PING + PING)
          .gives(good("1 s")),
      trying("A stream that brought nothing but its role is tried again")
          .breaks(ROLE)
          .gives(good("1 s")),
      trying("An error event before the first token is tried again")
          .ends(event(ERROR))
          .gives(good("1 s")),
      trying("An error event that tells of a bad request is not tried again")
          .ends(event("{\"error\":{\"message\":\"no\",\"code\":400}}"))
          .fails(REJECTED, "rejects the request"),
      trying("Pieces of a tool call that were not handed on are forgotten")
          .breaks(PIECE)
          .gives(
              waits("1 s"),
              text("Hel"),
              text("lo"),
              end("stop", "tokens estimated", "tried again 1 time")),
      trying("What a try has used is used, where the server says so")
          .breaks(USAGE)
          .gives(
              waits("1 s"),
              text("Hel"),
              text("lo"),
              end("stop", "14+6 tokens", "tried again 1 time")),
      trying("A whole answer that is cut is asked for again")
          .askedForTheWhole()
          .breaks(HEL)
          .gives(waits("1 s"), text("Hello"), end("stop", "tokens estimated", "tried again 1 time"))
    };
  }

  private static WireFault[] afterTheFirstPart() {
    String estimated = end("stop", "tokens estimated", "tried again 1 time");
    return new WireFault[] {
      trying("After the first token nothing is tried again by itself")
          .breaks(HEL)
          .fails(TransportFailedException.class, "1 part with 3 characters", text("Hel")),
      trying("A restart is told, and then the answer comes anew")
          .recoveringBy(Recovery.RESTART)
          .breaks(HEL)
          .gives(text("Hel"), RESTART, waits("1 s"), text("Hel"), text("lo"), estimated),
      trying("An error in the middle is a reason for a restart")
          .recoveringBy(Recovery.RESTART)
          .ends(HEL + event(ERROR))
          .gives(text("Hel"), RESTART, waits("1 s"), text("Hel"), text("lo"), estimated),
      trying("A stream that is cut behind its finish reason is not known to be whole")
          .breaks(HEL + STOP)
          .fails(TransportFailedException.class, "broke", text("Hel")),
      trying("A stream that ends behind its finish reason is whole")
          .ends(HEL + STOP)
          .gives(text("Hel"), end("stop", "tokens estimated")),
      trying("What comes behind [DONE] is not waited for")
          .breaks(HEL + LO + FINISH)
          .gives(text("Hel"), text("lo"), end("stop", "7+3 tokens")),
      trying("To continue, the model goes on after what had come")
          .recoveringBy(Recovery.CONTINUE)
          .breaks(HEL)
          .ends(LO + FINISH)
          .gives(text("Hel"), waits("1 s"), text("lo"), estimated),
      trying("Reasoning alone cannot be continued")
          .recoveringBy(Recovery.CONTINUE)
          .breaks(event(Chunks.reasoning("hm")))
          .fails(TransportFailedException.class, "broke", reasoning("hm")),
      trying("What has a finish reason cannot be continued")
          .recoveringBy(Recovery.CONTINUE)
          .breaks(HEL + STOP)
          .fails(TransportFailedException.class, "broke", text("Hel")),
      trying("A bad request is no reason to continue")
          .recoveringBy(Recovery.CONTINUE)
          .ends(HEL + event("{\"error\":{\"message\":\"too long\",\"code\":400}}"))
          .fails(REJECTED, "too long", text("Hel")),
      trying("All tries of a call together are counted, those after a token too")
          .recoveringBy(Recovery.CONTINUE)
          .status(503)
          .breaks(HEL)
          .breaks(HEL)
          .ends(HEL)
          .fails(
              StreamTruncatedException.class,
              "[try 4]",
              waits("1 s"),
              text("Hel"),
              waits("2 s"),
              text("Hel"),
              waits("3 s"),
              text("Hel"))
    };
  }
}
