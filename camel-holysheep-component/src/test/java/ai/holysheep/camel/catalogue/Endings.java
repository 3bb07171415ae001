package ai.holysheep.camel.catalogue;

import static ai.holysheep.camel.catalogue.Rule.rule;
import static ai.holysheep.camel.catalogue.Verdict.END;
import static ai.holysheep.camel.catalogue.Verdict.end;
import static ai.holysheep.camel.catalogue.Verdict.text;
import static ai.holysheep.camel.catalogue.Words.DONE;
import static ai.holysheep.camel.catalogue.Words.FINISH;
import static ai.holysheep.camel.catalogue.Words.HEL;
import static ai.holysheep.camel.catalogue.Words.LO;
import static ai.holysheep.camel.catalogue.Words.STOP;
import static ai.holysheep.camel.catalogue.Words.USAGE;
import static ai.holysheep.camel.catalogue.Words.event;

import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.testing.Chunks;

/** How streams end, and how they should not. */
final class Endings {

  private static final String NO_END = "ended without a finish reason and without [DONE]";
  private static final String CUT = "closed in the middle of the reply";

  private Endings() {}

  static Group group() {
    return Group.group(
        "Ends of streams",
        rule("What comes after [DONE] is not read").stream(
                HEL + FINISH + LO + event("{\"error\":{\"message\":\"late\"}}"))
            .gives(text("Hel"), END),
        rule("A second [DONE] is not read").stream(HEL + FINISH + DONE).gives(text("Hel"), END),
        rule("Usage after [DONE] is not read, and tokens are then estimated").stream(
                HEL + STOP + DONE + USAGE)
            .gives(text("Hel"), end("stop", "tokens estimated")),
        rule("[DONE] may stand without the space").stream(HEL + STOP + USAGE + "data:[DONE]\n\n")
            .gives(text("Hel"), END),
        rule("[DONE] may have blanks around it").stream(
                HEL + STOP + USAGE + "data:\t [DONE] \t\n\n")
            .gives(text("Hel"), END),
        rule("[DONE] may end with CRLF").stream(HEL + STOP + USAGE + "data: [DONE]\r\n\r\n")
            .gives(text("Hel"), END),
        rule("[DONE] may have an event name").stream(
                HEL + STOP + USAGE + "event: done\ndata: [DONE]\n\n")
            .gives(text("Hel"), END),
        rule("[DONE] counts though the stream ends before its blank line").stream(
                HEL + STOP + USAGE + "data: [DONE]")
            .gives(text("Hel"), END),
        rule("[DONE] counts though the stream ends with a lone CR").stream(
                HEL + STOP + USAGE + "data: [DONE]\r")
            .gives(text("Hel"), END),
        rule("[DONE] may stand in the line of the last chunk").stream(
                HEL + STOP + "data: " + Chunks.usage(7, 3) + " [DONE]\n\n")
            .gives(text("Hel"), END),
        rule("[DONE] in other forms is a message that cannot be read").stream(
                HEL + STOP + USAGE + event("[done]") + event("DONE"))
            .gives(text("Hel"), end("stop", "7+3 tokens", "2 skipped")),
        rule("[DONE] in quotes is a message that cannot be read").stream(
                HEL + STOP + USAGE + event("\"[DONE]\""))
            .gives(text("Hel"), end("stop", "7+3 tokens", "1 skipped")),
        rule("[DONE] within the text is text")
            .message(Chunks.token("data: [DONE]\n\n[DONE]"))
            .adds(text("data: [DONE]\n\n[DONE]")),
        rule("[DONE] without a finish reason ends the answer for a reason that is not known")
            .stream(HEL + DONE)
            .gives(text("Hel"), end("unknown", "tokens estimated")),
        rule("[DONE] alone is an answer without text").stream(DONE)
            .gives(end("unknown", "tokens estimated")),
        rule("A finish reason ends the answer though [DONE] is missing").stream(HEL + STOP)
            .gives(text("Hel"), end("stop", "tokens estimated")),
        rule("A last message without its blank line counts").stream(
                HEL + STOP + USAGE.stripTrailing())
            .gives(text("Hel"), END),
        rule("An end without finish reason and [DONE] is a truncation").stream(HEL + LO)
            .fails(StreamTruncatedException.class, NO_END, text("Hel"), text("lo")),
        rule("Usage does not replace the finish reason").stream(HEL + USAGE)
            .fails(StreamTruncatedException.class, NO_END, text("Hel")),
        rule("A server that never says how it ends can be believed by option").stream(HEL + LO)
            .askedWith("strictEnd=false")
            .gives(text("Hel"), text("lo"), end("unknown", "tokens estimated")),
        rule("A stream without anything is a truncation").stream("")
            .fails(StreamTruncatedException.class, NO_END),
        rule("Comments alone are a truncation").stream(": ping\n\n: ping\n\n")
            .fails(StreamTruncatedException.class, NO_END),
        rule("A reconnection time alone is a truncation").stream("retry: 1000\n\n")
            .fails(StreamTruncatedException.class, NO_END),
        rule("An end in the middle of a message is a truncation").stream(
                HEL + "data: {\"choices\":[{\"del")
            .fails(StreamTruncatedException.class, NO_END, text("Hel")),
        rule("An end in the middle of a field name is a truncation").stream(HEL + "da")
            .fails(StreamTruncatedException.class, NO_END, text("Hel")),
        rule("An end in the middle of a character is a truncation").stream(
                HEL + "data: {\"choices\":[{\"delta\":{\"content\":\"" + Words.raw(0xE7))
            .fails(StreamTruncatedException.class, NO_END, text("Hel")),
        rule("Every one of several answers must have its finish reason").stream(
                event(Chunks.chunk(0, "{\"content\":\"a\"}", "stop"))
                    + event(Chunks.chunk(1, "{\"content\":\"b\"}", null)))
            .askedWith("n=2")
            .fails(StreamTruncatedException.class, NO_END, text(0, "a"), text(1, "b")),
        rule("A connection that closes before the announced end is a truncation").stream(HEL)
            .thenCut()
            .fails(StreamTruncatedException.class, CUT, text("Hel")),
        rule("A connection that closes within a message is a truncation").stream(
                HEL + "data: {\"cho")
            .thenCut()
            .fails(StreamTruncatedException.class, CUT, text("Hel")),
        rule("A connection may close early when all has been said").stream(HEL + FINISH)
            .thenCut()
            .gives(text("Hel"), END),
        rule("A finish reason does not make up for a connection that closes early").stream(
                HEL + STOP)
            .thenCut()
            .fails(StreamTruncatedException.class, CUT, text("Hel")),
        rule("A reset in the middle is a broken connection").stream(HEL + LO)
            .thenReset(2)
            .fails(TransportFailedException.class, "broke", text("Hel"), text("lo")));
  }
}
