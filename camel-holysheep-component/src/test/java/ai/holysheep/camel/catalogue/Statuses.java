package ai.holysheep.camel.catalogue;

import static ai.holysheep.camel.catalogue.Rule.rule;

import ai.holysheep.camel.error.AuthenticationFailedException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.QuotaExhaustedException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.RequestRejectedException;
import ai.holysheep.camel.error.StreamTruncatedException;

/** Refusals by status, and the many forms of their bodies. */
final class Statuses {

  private static final Class<? extends HolySheepException> REJECTED =
      RequestRejectedException.class;
  private static final String JSON = "application/json";

  private Statuses() {}

  static Group group() {
    return Group.group(
        "Refusals",
        rule("A bad request tells type, code and field")
            .reply(
                400,
                JSON,
                "{\"error\":{\"message\":\"too hot\",\"type\":\"invalid_request_error\","
                    + "\"code\":\"bad_value\",\"param\":\"temperature\"}}")
            .fails(REJECTED, "invalid_request_error, bad_value, field temperature"),
        rule("A key that is not accepted is told apart")
            .reply(401, JSON, "{\"error\":{\"message\":\"no such key\"}}")
            .fails(AuthenticationFailedException.class, "no such key"),
        rule("A key without permission is told apart")
            .reply(403, JSON, "{\"error\":{\"message\":\"not for you\"}}")
            .fails(AuthenticationFailedException.class, "not for you"),
        rule("An account without credit is told apart")
            .reply(402, JSON, "{\"error\":{\"message\":\"pay first\"}}")
            .fails(QuotaExhaustedException.class, "pay first"),
        rule("A quota that is used up is not a rate limit")
            .reply(
                429, JSON, "{\"error\":{\"message\":\"used up\",\"type\":\"insufficient_quota\"}}")
            .fails(QuotaExhaustedException.class, "used up"),
        rule("A rate limit tells the delay that the server asks for")
            .reply(429, JSON, "{\"error\":{\"message\":\"slow down\"}}")
            .with("Retry-After: 2")
            .with("x-should-retry: false")
            .fails(RateLimitedException.class, "asks to wait 2000 ms"),
        rule("An unknown path says what to check")
            .reply(404, "text/plain", "404 page not found")
            .fails(REJECTED, "Check the option 'baseUrl'"),
        rule("An unknown model says what to check")
            .reply(404, JSON, "{\"error\":{\"message\":\"no model\",\"code\":\"model_not_found\"}}")
            .fails(REJECTED, "Check the option 'model'"),
        rule("A prompt that is too large is rejected")
            .reply(413, "text/html", "<html><title>413 Request Entity Too Large</title></html>")
            .fails(REJECTED, "HTTP 413"),
        rule("Complaints listed field by field are told")
            .reply(
                422,
                JSON,
                "{\"detail\":[{\"loc\":[\"body\",\"model\"],\"msg\":\"field required\",\"type\":\"missing\"}]}")
            .fails(REJECTED, "field required"),
        rule("An error may be a string")
            .reply(400, JSON, "{\"error\":\"model not loaded\"}")
            .fails(REJECTED, "model not loaded"),
        rule("An error may be a detail")
            .reply(400, JSON, "{\"detail\":\"bad input\"}")
            .fails(REJECTED, "bad input"),
        rule("An error may be a message without envelope")
            .reply(400, JSON, "{\"object\":\"error\",\"message\":\"bad input\",\"code\":40001}")
            .fails(REJECTED, "bad input"),
        rule("An error may stand in a list")
            .reply(
                400,
                JSON,
                "[{\"error\":{\"code\":400,\"message\":\"bad key\",\"status\":\"INVALID_ARGUMENT\"}}]")
            .fails(REJECTED, "bad key"),
        rule("An error may come as an event stream")
            .reply(
                400,
                "text/event-stream",
                "event: error\ndata: {\"error\":{\"message\":\"bad input\"}}\n\ndata: [DONE]\n\n")
            .fails(REJECTED, "): bad input. "),
        rule("An error may be plain text")
            .reply(400, "text/plain", "\uFEFF  no\n  good  ")
            .fails(REJECTED, "no good"),
        rule("An error may be empty").reply(400, "", "").fails(REJECTED, "it gives no reason"),
        rule("An error may be JSON that says nothing")
            .reply(400, JSON, "{\"error\":{}}")
            .fails(REJECTED, "it gives no reason"),
        rule("An error may be cut, and its status still counts")
            .reply(400, JSON, "{\"error\":{\"mess")
            .fails(REJECTED, "it gives no reason"),
        rule("An error whose connection closes early is told by its status")
            .reply(400, JSON, "{\"error\":{\"mess")
            .thenCut()
            .fails(REJECTED, "HTTP 400"),
        rule("An error without end is told by its status")
            .reply(400, "text/plain", "x".repeat(5000))
            .askedWith("maxResponseBytes=2000")
            .fails(REJECTED, "HTTP 400"),
        rule("A long error is shortened")
            .reply(400, "text/plain", "x".repeat(5000))
            .fails(REJECTED, "x".repeat(500) + "..."),
        rule("A compressed error is told by its status, without its bytes")
            .reply(400, JSON, Words.raw(0x1F) + Words.raw(0x8B) + "garbage")
            .with("Content-Encoding: gzip")
            .fails(REJECTED, "it gives no reason"),
        rule("A key in an error is blotted out")
            .reply(401, JSON, "{\"error\":{\"message\":\"wrong key " + Asking.KEY + "\"}}")
            .fails(AuthenticationFailedException.class, "wrong key"),
        rule("A key in a request id is blotted out")
            .reply(401, JSON, "{\"error\":{\"message\":\"no\"}}")
            .with("x-request-id: " + Asking.KEY)
            .fails(AuthenticationFailedException.class, "): no."),
        rule("The page of a proxy is not repeated")
            .reply(502, "text/html", "<html><h1>502 Bad Gateway</h1><hr>nginx</html>")
            .fails(ProviderUnavailableException.class, "it gives no reason"),
        rule("A timeout behind the proxy is the server's")
            .reply(524, "text/html", "<html>A timeout occurred</html>")
            .fails(ProviderUnavailableException.class, "HTTP 524"),
        rule("An overloaded server is not available")
            .reply(
                529,
                JSON,
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}")
            .fails(ProviderUnavailableException.class, "Overloaded"),
        rule("A redirect is not followed, because the key would go with it")
            .reply(307, "", "")
            .with("Location: http://127.0.0.1:9/v1/chat/completions")
            .fails(REJECTED, "Redirects are not followed"),
        rule("A redirect to a page is not followed either")
            .reply(302, "text/html", "<html>Moved</html>")
            .with("Location: /login")
            .fails(REJECTED, "Redirects are not followed"),
        rule("A refusal of a whole answer is the same")
            .reply(400, JSON, "{\"error\":{\"message\":\"no good\"}}")
            .askedForTheWhole()
            .fails(REJECTED, "no good"),
        rule("Success without content is no answer")
            .raw("HTTP/1.1 204 No Content\r\n\r\n")
            .fails(ai.holysheep.camel.error.ProtocolViolatedException.class, "HTTP 204"),
        rule("Success without content that calls itself an event stream is a truncation")
            .raw("HTTP/1.1 204 No Content\r\nContent-Type: text/event-stream\r\n\r\n")
            .fails(StreamTruncatedException.class, "ended without a finish reason"));
  }
}
