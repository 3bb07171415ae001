package ai.holysheep.camel.catalogue;

import static ai.holysheep.camel.catalogue.Rule.rule;
import static ai.holysheep.camel.catalogue.Verdict.END;
import static ai.holysheep.camel.catalogue.Verdict.end;
import static ai.holysheep.camel.catalogue.Verdict.text;
import static ai.holysheep.camel.catalogue.Words.FINISH;
import static ai.holysheep.camel.catalogue.Words.HEL;
import static ai.holysheep.camel.catalogue.Words.LO;

import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.error.ProviderUnavailableException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.testing.Chunks;

/** Replies whose body is not what was asked for, or not what its head says. */
final class Bodies {

  private static final String STREAM = HEL + LO + FINISH;
  private static final String ANSWER = Chunks.completion("Hello");
  private static final String NO_ANSWER = "is no chat completion";
  private static final String ERROR = "{\"error\":{\"message\":\"out of order\"}}";
  private static final String[] GOOD = {text("Hel"), text("lo"), END};

  private Bodies() {}

  static Group group() {
    return Group.group(
        "Bodies and content types",
        rule("A whole answer instead of a stream is one part")
            .reply(200, "application/json", ANSWER)
            .gives(text("Hello"), END),
        rule("A whole answer may call itself an event stream")
            .reply(200, "text/event-stream", ANSWER)
            .gives(text("Hello"), END),
        rule("A whole answer may be pretty-printed, call itself an event stream, and begin with blanks")
            .reply(200, "text/event-stream", "\r\n " + ANSWER.replace(",", ",\n\n  "))
            .gives(text("Hello"), END),
        rule("A whole answer may come without content type")
            .reply(200, "", ANSWER)
            .gives(text("Hello"), END),
        rule("A byte order mark before a whole answer is no content")
            .reply(200, "application/json", "\uFEFF" + ANSWER)
            .gives(text("Hello"), END),
        rule("Blanks around a whole answer do not matter")
            .reply(200, "application/json", "\r\n\r\n " + ANSWER + "\r\n\r\n")
            .gives(text("Hello"), END),
        rule("What comes behind a whole answer does not matter")
            .reply(200, "application/json", ANSWER + "<!-- served by x -->")
            .gives(text("Hello"), END),
        rule("A stream instead of a whole answer is put together")
            .reply(200, "text/event-stream", STREAM)
            .askedForTheWhole()
            .gives(text("Hello"), END),
        rule("A whole answer that was asked for is given whole")
            .reply(200, "application/json", ANSWER)
            .askedForTheWhole()
            .gives(text("Hello"), END),
        rule("The content type may have parameters and any case")
            .reply(200, "Text/Event-Stream; Charset=UTF-8", STREAM)
            .gives(GOOD),
        rule("Another charset is not believed")
            .reply(200, "text/event-stream; charset=iso-8859-1", STREAM.replace("Hel", "Hél"))
            .gives(text("Hél"), text("lo"), END),
        rule("A stream may come without content type").reply(200, "", STREAM).gives(GOOD),
        rule("A stream may come as plain text").reply(200, "text/plain", STREAM).gives(GOOD),
        rule("A stream may come as bytes")
            .reply(200, "application/octet-stream", STREAM)
            .gives(GOOD),
        rule("A stream may call itself JSON").reply(200, "application/json", STREAM).gives(GOOD),
        rule("A stream may call itself JSON and begin with a comment")
            .reply(200, "application/json", ": ping\n\n" + STREAM)
            .gives(GOOD),
        rule("A stream may call itself JSON and begin with an event name")
            .reply(200, "application/json", "event: message\n" + STREAM)
            .gives(GOOD),
        rule("A stream without content type may begin with a mark and many blank lines")
            .reply(200, "", "\uFEFF" + "\r\n".repeat(40) + STREAM)
            .gives(GOOD),
        rule("JSON lines are read, all at once, when the last has come")
            .reply(
                200,
                "application/x-ndjson",
                Chunks.token("Hel")
                    + "\n"
                    + Chunks.token("lo")
                    + "\n"
                    + Chunks.finish("stop")
                    + "\n"
                    + Chunks.usage(7, 3)
                    + "\n")
            .gives(GOOD),
        rule("A list of chunks instead of a stream is read one by one")
            .reply(
                200,
                "application/json",
                "["
                    + String.join(
                        ",\r\n",
                        Chunks.token("Hel"),
                        Chunks.token("lo"),
                        Chunks.finish("stop"),
                        Chunks.usage(7, 3))
                    + "]")
            .gives(GOOD),
        rule("An error under a good status is no answer")
            .reply(200, "application/json", ERROR)
            .fails(ProviderUnavailableException.class, "out of order"),
        rule("An error document may call itself an event stream")
            .reply(200, "text/event-stream", ERROR)
            .fails(ProviderUnavailableException.class, "out of order"),
        rule("A web page is no answer")
            .reply(200, "text/html", "<!DOCTYPE html><html><body>Please log in")
            .fails(ProtocolViolatedException.class, NO_ANSWER),
        rule("The beginning of a reply that is no answer is quoted")
            .reply(200, "text/html", "<h1>Log in\n\n first</h1>" + "x".repeat(1000))
            .fails(ProtocolViolatedException.class, "It begins with: <h1>Log in first</h1>xxx"),
        rule("A key in such a page is not quoted")
            .reply(200, "text/plain", "your key " + Asking.KEY + " is fine")
            .fails(ProtocolViolatedException.class, NO_ANSWER),
        rule("A web page that calls itself an event stream is no answer")
            .reply(200, "text/event-stream", "<html><body>Just a moment...</body></html>")
            .fails(ProtocolViolatedException.class, "begins with '<'"),
        rule("Plain text that calls itself an event stream is a truncation")
            .reply(200, "text/event-stream", "upstream connect error or disconnect")
            .fails(StreamTruncatedException.class, "ended without a finish reason"),
        rule("Plain text is no answer")
            .reply(200, "text/plain", "upstream connect error")
            .fails(ProtocolViolatedException.class, "It begins with: upstream connect error"),
        rule("An empty body is no answer")
            .reply(200, "application/json", "")
            .fails(ProtocolViolatedException.class, NO_ANSWER),
        rule("An empty body without content type is no answer")
            .reply(200, "", "")
            .fails(ProtocolViolatedException.class, NO_ANSWER),
        rule("JSON of another kind is no answer")
            .reply(200, "application/json", "{\"status\":\"ok\"}")
            .fails(ProtocolViolatedException.class, NO_ANSWER),
        rule("A list of something else is no answer")
            .reply(200, "application/json", "[1,2]")
            .fails(ProtocolViolatedException.class, NO_ANSWER),
        rule("An answer without choices is no answer")
            .reply(200, "application/json", "{\"id\":\"x\",\"choices\":[]}")
            .fails(ProtocolViolatedException.class, NO_ANSWER),
        rule("Half an answer is no answer")
            .reply(200, "application/json", ANSWER.substring(0, ANSWER.length() / 2))
            .fails(ProtocolViolatedException.class, NO_ANSWER),
        rule("An answer whose connection closes early is a truncation")
            .reply(200, "application/json", ANSWER.substring(0, ANSWER.length() / 2))
            .thenCut()
            .fails(StreamTruncatedException.class, "closed in the middle of the reply"),
        rule("Half an answer that calls itself an event stream is a truncation")
            .reply(200, "text/event-stream", ANSWER.substring(0, ANSWER.length() / 2))
            .fails(StreamTruncatedException.class, "ended without a finish reason"),
        rule("A whole answer has a limit")
            .reply(200, "application/json", ANSWER + " ".repeat(3000))
            .askedWith("maxResponseBytes=2000")
            .fails(ProtocolViolatedException.class, "longer than 2000 bytes"),
        rule("A whole answer that calls itself an event stream has that limit too")
            .reply(200, "text/event-stream", ANSWER + " ".repeat(3000))
            .askedWith("maxResponseBytes=2000")
            .fails(ProtocolViolatedException.class, "longer than 2000 bytes"),
        rule("A compressed reply, which was not asked for, is refused")
            .reply(200, "text/event-stream", Words.raw(0x1F) + Words.raw(0x8B))
            .with("Content-Encoding: gzip")
            .fails(ProtocolViolatedException.class, "gzip, which was not asked for"),
        rule("A reply may say that it is not compressed")
            .reply(200, "text/event-stream", STREAM)
            .with("Content-Encoding: identity")
            .gives(GOOD),
        rule("A usage object without any choice is not an answer of a stream's shape either")
            .reply(200, "application/json", Chunks.usage(7, 3))
            .fails(ProtocolViolatedException.class, NO_ANSWER),
        rule("JSON lines that end before the finish reason are a truncation")
            .reply(
                200, "application/x-ndjson", Chunks.token("Hel") + "\n" + Chunks.token("lo") + "\n")
            .fails(
                StreamTruncatedException.class, "without a finish reason", text("Hel"), text("lo")),
        rule("JSON lines that end within a line are a truncation")
            .reply(200, "application/x-ndjson", Chunks.token("Hel") + "\n{\"choices\":[{")
            .fails(StreamTruncatedException.class, "without a finish reason"),
        rule("A list of chunks that is cut is no answer")
            .reply(200, "application/json", "[" + Chunks.token("Hel") + ",{\"choices\":[{")
            .fails(ProtocolViolatedException.class, NO_ANSWER),
        rule("Created is a success as well").reply(201, "text/event-stream", STREAM).gives(GOOD),
        rule("A whole answer without a finish reason is given, for a reason that is not known")
            .reply(200, "application/json", Words.choice("{\"message\":{\"content\":\"Hi\"}}"))
            .gives(text("Hi"), end("unknown", "tokens estimated")));
  }
}
