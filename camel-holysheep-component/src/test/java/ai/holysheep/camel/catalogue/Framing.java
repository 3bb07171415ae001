package ai.holysheep.camel.catalogue;

import static ai.holysheep.camel.catalogue.Rule.rule;
import static ai.holysheep.camel.catalogue.Verdict.END;
import static ai.holysheep.camel.catalogue.Verdict.text;
import static ai.holysheep.camel.catalogue.Words.DONE;
import static ai.holysheep.camel.catalogue.Words.FINISH;
import static ai.holysheep.camel.catalogue.Words.HEL;
import static ai.holysheep.camel.catalogue.Words.LO;
import static ai.holysheep.camel.catalogue.Words.STOP;
import static ai.holysheep.camel.catalogue.Words.event;
import static ai.holysheep.camel.catalogue.Words.raw;

import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.testing.Chunks;

/** Lines, fields and events of an event stream. */
final class Framing {

  private static final String MORE = Chunks.token("-");
  private static final String BOM = "\uFEFF";
  private static final String WHOLE = HEL + LO + FINISH;

  private Framing() {}

  static Group group() {
    return Group.group(
        "Lines and events",
        rule("Lines may end with CRLF").stream(WHOLE.replace("\n", "\r\n"))
            .gives(text("Hel"), text("lo"), END),
        rule("Lines may end with CR alone").stream(WHOLE.replace("\n", "\r"))
            .gives(text("Hel"), text("lo"), END),
        rule("Line ends may be mixed").amid("data: " + MORE + "\r\n\n").adds(text("-")),
        rule("A field may end with LF and its event with CRLF")
            .amid("data: " + MORE + "\n\r\n")
            .adds(text("-")),
        rule("The space behind the colon may be missing")
            .amid("data:" + MORE + "\n\n")
            .adds(text("-")),
        rule("More blanks around the JSON do not matter")
            .amid("data:  \t" + MORE + " \t\n\n")
            .adds(text("-")),
        rule("A field without colon is an empty one").amid("data\n\n").isPassedOver(),
        rule("An empty message is passed over").amid("data: \n\n").isPassedOver(),
        rule("JSON may be spread over several data lines")
            .amid("data: " + MORE.replace(",\"", ",\ndata: \"") + "\n\n")
            .adds(text("-")),
        rule("Chunks whose blank lines were lost are read one by one").stream(
                "data: "
                    + Chunks.token("Hel")
                    + "\ndata: "
                    + Chunks.token("lo")
                    + "\ndata: "
                    + Chunks.finish("stop")
                    + "\ndata: "
                    + Chunks.usage(7, 3)
                    + "\n\n"
                    + DONE)
            .gives(text("Hel"), text("lo"), END),
        rule("[DONE] may have lost its blank line too").stream(
                HEL
                    + LO
                    + "data: "
                    + Chunks.finish("stop")
                    + "\ndata: "
                    + Chunks.usage(7, 3)
                    + "\ndata: [DONE]\n\n")
            .gives(text("Hel"), text("lo"), END),
        rule("Two chunks in one line are read one by one")
            .message(MORE + MORE)
            .adds(text("-"), text("-")),
        rule("A list of chunks is read one by one")
            .message("[" + MORE + "," + MORE + "]")
            .adds(text("-"), text("-")),
        rule("Comments are passed over")
            .amid(":\n: ping\n\n: OPENROUTER PROCESSING\n\n:keep-alive\n\n")
            .isPassedOver(),
        rule("A comment may stand within a message")
            .amid("data: {\n: ping\ndata: }\n\n")
            .isPassedOver(),
        rule("A byte order mark before the stream is no content").stream(BOM + WHOLE)
            .gives(text("Hel"), text("lo"), END),
        rule("A later byte order mark belongs to its line, which is then of no known field")
            .amid(BOM + "data: " + MORE + "\n\n")
            .isPassedOver(),
        rule("Blank lines may come first").stream("\n\n\r\n" + WHOLE)
            .gives(text("Hel"), text("lo"), END),
        rule("Blank lines may come in between").amid("\n\n\n\n").isPassedOver(),
        rule("The event may be named message, and have an id")
            .amid("event: message\nid: 1\ndata: " + MORE + "\n\n")
            .adds(text("-")),
        rule("An unknown event name does not matter to a chunk")
            .amid("event: chat.completion.chunk\ndata: " + MORE + "\n\n")
            .adds(text("-")),
        rule("An unknown event with other JSON is passed over")
            .amid("event: ping\ndata: {\"type\":\"ping\"}\n\n")
            .isPassedOver(),
        rule("An event name without data says nothing").amid("event: error\n\n").isPassedOver(),
        rule("The name of an event without data is not that of the next one")
            .amid("event: error\n\ndata: " + MORE + "\n\n")
            .adds(text("-")),
        rule("Known fields with values that are not allowed do not matter")
            .amid("id: a\0b\nretry: abc\nretry: -1\nretry:\n\n")
            .isPassedOver(),
        rule("The server does not decide when the client asks again")
            .amid("retry: 5000\n\n")
            .isPassedOver(),
        rule("Unknown fields do not matter")
            .amid("foo: bar\nx" + "y".repeat(5000) + ": z\nbaz\n\n")
            .isPassedOver(),
        rule("NUL bytes between messages do not matter").amid("\0\0\0\n\0\n\n").isPassedOver(),
        rule("Field names are small letters without blanks before them, as the standard says")
            .amid("Data: " + MORE + "\n\n data: " + MORE + "\n\nDATA: x\n\n")
            .isPassedOver(),
        rule("Other separators of Unicode are content and end no line")
            .amid(event(Chunks.token("a\u2028b\u2029c\u0085d\u000Be").replace("\u000B", "\\u000b")))
            .adds(text("a\u2028b\u2029c\u0085d\u000Be")),
        rule("A character may be cut anywhere")
            .amid(event(Chunks.token("羊🐑é")))
            .adds(text("羊🐑é")),
        rule("A byte that is no UTF-8 becomes U+FFFD and nothing else is lost")
            .amid(event(Chunks.token("a" + raw(0xC3) + "b")))
            .adds(text("a\uFFFDb")),
        rule("A character cut by its own server becomes U+FFFD")
            .amid(event(Chunks.token(raw(0xF0) + raw(0x9F) + raw(0x90))))
            .adds(text("\uFFFD")),
        rule("A message may have a megabyte")
            .amid(event(Chunks.token("x".repeat(1_000_000))))
            .adds(text("x".repeat(1_000_000))),
        rule("Many small messages in one read keep their order")
            .amid(event(Words.delta("{}")).repeat(10_000))
            .isPassedOver(),
        rule("A line has a limit")
            .amid("data: " + "x".repeat(3000))
            .askedWith("maxLineBytes=2000")
            .breaksOff(ProtocolViolatedException.class, "line has more than 2000 bytes"),
        rule("A comment has that limit too")
            .amid(": " + "x".repeat(3000) + "\n\n")
            .askedWith("maxLineBytes=2000")
            .breaksOff(ProtocolViolatedException.class, "line has more than 2000 bytes"),
        rule("A message of many lines has a limit")
            .amid("data: xxxxxxxxx\n".repeat(300))
            .askedWith("maxEventBytes=2000")
            .breaksOff(ProtocolViolatedException.class, "event has more than 2000 bytes"),
        rule("A stream has a limit")
            .amid(event(Words.delta("{}")).repeat(100))
            .askedWith("maxResponseBytes=2000")
            .breaksOff(ProtocolViolatedException.class, "longer than 2000 bytes"),
        rule("A message that is not JSON is skipped and counted").message("keep-alive").isSkipped(),
        rule("Broken JSON is skipped and counted").message("{\"choices\":[{").isSkipped(),
        rule("JSON of another kind is skipped and counted").message("\"Hel\"").isSkipped(),
        rule("A literal null is skipped and counted").message("null").isSkipped(),
        rule("Messages that a proxy has wrapped twice are skipped, and the answer is not whole")
            .stream(event("data: " + Chunks.token("Hel")) + event("data: [DONE]"))
            .fails(StreamTruncatedException.class, "ended without a finish reason"),
        rule("JSON lines that call themselves an event stream are read one by one").stream(
                Chunks.token("Hel")
                    + "\n"
                    + Chunks.token("lo")
                    + "\n"
                    + Chunks.finish("stop")
                    + "\n"
                    + Chunks.usage(7, 3)
                    + "\n")
            .gives(text("Hel"), text("lo"), END),
        rule("A stream may begin with its end of line and STOP may come twice").stream(
                "\n" + HEL + LO + STOP + FINISH)
            .gives(text("Hel"), text("lo"), END));
  }
}
