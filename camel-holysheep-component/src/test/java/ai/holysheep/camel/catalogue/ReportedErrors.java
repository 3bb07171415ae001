package ai.holysheep.camel.catalogue;

import static ai.holysheep.camel.catalogue.Rule.rule;
import static ai.holysheep.camel.catalogue.Verdict.text;
import static ai.holysheep.camel.catalogue.Words.DONE;
import static ai.holysheep.camel.catalogue.Words.FINISH;
import static ai.holysheep.camel.catalogue.Words.HEL;
import static ai.holysheep.camel.catalogue.Words.STOP;
import static ai.holysheep.camel.catalogue.Words.USAGE;
import static ai.holysheep.camel.catalogue.Words.event;

import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.QuotaExhaustedException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.RequestRejectedException;

/** Errors that the server reports under a good status. */
final class ReportedErrors {

  private static final Class<? extends HolySheepException> UNAVAILABLE =
      ProviderUnavailableException.class;
  private static final String ERROR = event("{\"error\":{\"message\":\"out of order\"}}");
  private static final String REASON = "out of order";

  private ReportedErrors() {}

  static Group group() {
    return Group.group(
        "Errors within a stream",
        rule("An error may come first").stream(ERROR + DONE).fails(UNAVAILABLE, REASON),
        rule("An error may come in the middle").amid(ERROR).breaksOff(UNAVAILABLE, REASON),
        rule("An error after the finish reason is an error").stream(HEL + STOP + ERROR + DONE)
            .fails(UNAVAILABLE, REASON, text("Hel")),
        rule("An error after the usage is an error").stream(HEL + STOP + USAGE + ERROR + DONE)
            .fails(UNAVAILABLE, REASON, text("Hel")),
        rule("The event may be named error")
            .amid("event: error\n" + ERROR)
            .breaksOff(UNAVAILABLE, REASON),
        rule("The event may be named error and hold the error without envelope")
            .amid("event: error\ndata: {\"code\":\"internal\",\"message\":\"out of order\"}\n\n")
            .breaksOff(UNAVAILABLE, REASON),
        rule("The event may be named error and hold plain text")
            .amid("event: error\ndata: out of order\n\n")
            .breaksOff(UNAVAILABLE, REASON),
        rule("The event may be named error and hold a JSON string")
            .amid("event: error\ndata: \"out of order\"\n\n")
            .breaksOff(UNAVAILABLE, "): out of order."),
        rule("The event may be named error and hold nothing")
            .amid("event: error\ndata\n\n")
            .breaksOff(UNAVAILABLE, "it gives no reason"),
        rule("The error may be a string")
            .message("{\"error\":\"out of order\"}")
            .breaksOff(UNAVAILABLE, REASON),
        rule("The error may be an object of the type error")
            .message("{\"object\":\"error\",\"message\":\"out of order\",\"code\":50001}")
            .breaksOff(UNAVAILABLE, REASON),
        rule("The error may be an envelope of the type error")
            .message(
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"out of order\"}}")
            .breaksOff(UNAVAILABLE, REASON),
        rule("The error may be a code and a message")
            .message("{\"code\":503,\"message\":\"out of order\"}")
            .breaksOff(UNAVAILABLE, REASON),
        rule("The error may be a word and a message")
            .message(
                "{\"code\":\"ServiceUnavailable\",\"message\":\"out of order\",\"request_id\":\"x\"}")
            .breaksOff(UNAVAILABLE, REASON),
        rule("The error may be a status and a detail")
            .message("{\"status\":500,\"detail\":\"out of order\"}")
            .breaksOff(UNAVAILABLE, REASON),
        rule("A message with a code of success is no error")
            .message("{\"code\":0,\"message\":\"success\"}")
            .isPassedOver(),
        rule("A message with the status of success is no error")
            .message("{\"code\":200,\"message\":\"ok\"}")
            .isPassedOver(),
        rule("The error may be a mere true beside a sentence")
            .message("{\"error\":true,\"message\":\"out of order\"}")
            .breaksOff(UNAVAILABLE, REASON),
        rule("The error may be a mere true without a sentence")
            .message("{\"error\":true}")
            .breaksOff(UNAVAILABLE, "it gives no reason"),
        rule("The error may be of the type error without a sentence")
            .message("{\"object\":\"error\"}")
            .breaksOff(UNAVAILABLE, "it gives no reason"),
        rule("An error that is the number 0 is none").message("{\"error\":0}").isPassedOver(),
        rule("A message alone is no error")
            .message("{\"message\":\"still thinking\"}")
            .isPassedOver(),
        rule("An error that is null, false or empty is none")
            .amid(
                event("{\"error\":null}")
                    + event("{\"error\":false}")
                    + event("{\"error\":\"\"}")
                    + event("{\"error\":{}}"))
            .isPassedOver(),
        rule("Text beside an empty error is text")
            .message("{\"error\":null,\"choices\":[{\"delta\":{\"content\":\"-\"}}]}")
            .adds(text("-")),
        rule("An error beside a finish reason of error is told")
            .message(
                "{\"error\":{\"code\":502,\"message\":\"out of order\"},\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}")
            .breaksOff(UNAVAILABLE, REASON),
        rule("An error behind a chunk in the same message is told").stream(
                HEL
                    + "data: {\"choices\":[]}\ndata: {\"error\":{\"message\":\"out of order\"}}\n\n"
                    + FINISH)
            .fails(UNAVAILABLE, REASON, text("Hel")),
        rule("An error in a list is told")
            .message("[{\"error\":{\"message\":\"out of order\",\"code\":503}}]")
            .breaksOff(UNAVAILABLE, REASON),
        rule("A rate limit in the middle is told apart by its code")
            .message("{\"error\":{\"message\":\"slow down\",\"code\":429}}")
            .breaksOff(RateLimitedException.class, "slow down"),
        rule("A rate limit may be a code as a string")
            .message("{\"code\":\"429\",\"message\":\"slow down\"}")
            .breaksOff(RateLimitedException.class, "slow down"),
        rule("A rate limit is told apart by its type")
            .message("{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\"}}")
            .breaksOff(RateLimitedException.class, "slow down"),
        rule("A quota that is used up is told apart")
            .message(
                "{\"error\":{\"message\":\"used up\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}")
            .breaksOff(QuotaExhaustedException.class, "used up"),
        rule("A key that is no longer accepted is told apart")
            .message("{\"error\":{\"message\":\"expired\",\"code\":\"invalid_api_key\"}}")
            .breaksOff(AuthenticationFailedException.class, "expired"),
        rule("A request that turns out to be bad is told apart")
            .message(
                "{\"error\":{\"message\":\"too long\",\"type\":\"invalid_request_error\",\"code\":\"context_length_exceeded\"}}")
            .breaksOff(RequestRejectedException.class, "too long"),
        rule("An error in place of a whole answer is told")
            .reply(
                200,
                "application/json",
                "{\"object\":\"error\",\"message\":\"out of order\",\"code\":503}")
            .fails(UNAVAILABLE, REASON),
        rule("A key in an error is not repeated")
            .message("{\"error\":{\"message\":\"key " + Asking.KEY + " is out of order\"}}")
            .breaksOff(UNAVAILABLE, "is out of order"));
  }
}
