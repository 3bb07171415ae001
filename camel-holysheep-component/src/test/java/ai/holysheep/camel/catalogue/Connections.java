package ai.holysheep.camel.catalogue;

import static ai.holysheep.camel.catalogue.Rule.rule;
import static ai.holysheep.camel.catalogue.Verdict.END;
import static ai.holysheep.camel.catalogue.Verdict.end;
import static ai.holysheep.camel.catalogue.Verdict.text;
import static ai.holysheep.camel.catalogue.Words.FINISH;
import static ai.holysheep.camel.catalogue.Words.HEL;
import static ai.holysheep.camel.catalogue.Words.LO;
import static ai.holysheep.camel.catalogue.Words.STOP;

import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.testing.Chunks;

/** HTTP itself: heads, lengths and chunks of the transfer. */
final class Connections {

  private static final String BODY = HEL + LO + FINISH;
  private static final String[] GOOD = {text("Hel"), text("lo"), END};
  private static final String TYPE = "Content-Type: text/event-stream\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\n" + TYPE;
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

  private Connections() {}

  static Group group() {
    return Group.group(
        "HTTP",
        rule("A reply of HTTP/1.0 ends with its connection")
            .raw("HTTP/1.0 200 OK\r\n" + TYPE + "\r\n" + BODY)
            .gives(GOOD),
        rule("A reply without length that lacks its end is a truncation")
            .raw("HTTP/1.0 200 OK\r\n" + TYPE + "\r\n" + HEL)
            .fails(StreamTruncatedException.class, "without a finish reason", text("Hel")),
        rule("A whole answer without length ends with its connection")
            .raw("HTTP/1.0 200 OK\r\n\r\n" + Chunks.completion("Hello"))
            .gives(text("Hello"), END),
        rule("A stream may have a length")
            .raw(OK + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY)
            .gives(GOOD),
        rule("A length that is too long is a truncation")
            .raw(OK + "Content-Length: 9999\r\n\r\n" + HEL + STOP)
            .fails(
                StreamTruncatedException.class, "closed in the middle of the reply", text("Hel")),
        rule("A length that is too short is a truncation")
            .raw(OK + "Content-Length: " + (HEL.length() + 20) + "\r\n\r\n" + BODY)
            .fails(StreamTruncatedException.class, "without a finish reason", text("Hel")),
        rule("A length of nothing is a truncation")
            .raw(OK + "Content-Length: 0\r\n\r\n")
            .fails(StreamTruncatedException.class, "without a finish reason"),
        rule("Chunks of the transfer may have extensions, and trailers may follow")
            .raw(
                CHUNKED
                    + Integer.toHexString(BODY.length()).toUpperCase(java.util.Locale.ROOT)
                    + ";a=b;c\r\n"
                    + BODY
                    + "\r\n000\r\nX-Checksum: 1\r\nServer-Timing: x\r\n\r\n")
            .gives(GOOD),
        rule("A chunk of the transfer without a size is not HTTP")
            .raw(CHUNKED + "zz\r\n" + BODY)
            .fails(ProtocolViolatedException.class, "cannot be read"),
        rule("A line feed alone may end the lines of a head")
            .raw("HTTP/1.1 200 OK\nContent-Type: text/event-stream\n\n" + BODY)
            .gives(GOOD),
        rule("Interim replies come before the real one")
            .raw(
                "HTTP/1.1 100 Continue\r\n\r\n"
                    + "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n"
                    + OK
                    + "\r\n"
                    + BODY)
            .gives(GOOD),
        rule("Another protocol, which was not asked for, is refused")
            .raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n")
            .fails(ProtocolViolatedException.class, "cannot be read"),
        rule("A status without reason phrase is enough")
            .raw("HTTP/1.1 200\r\n" + TYPE + "\r\n" + BODY)
            .gives(GOOD),
        rule("Header names may be small, values may be far away")
            .raw("HTTP/1.1 200 OK\r\ncontent-type:\t  text/event-stream  \r\n\r\n" + BODY)
            .gives(GOOD),
        rule("Headers that come twice do not matter")
            .raw(OK + "X-Request-Id: a\r\nX-Request-Id: b\r\nVary: x\r\nVary: y\r\n\r\n" + BODY)
            .gives(GOOD),
        rule("Headers may hold other bytes than ASCII")
            .raw(OK + "X-Greeting: gr\u00FC\u00DFe\r\n\r\n" + BODY)
            .gives(GOOD),
        rule("A head has a limit")
            .raw("HTTP/1.1 200 OK\r\nX-Long: " + "x".repeat(100_000))
            .fails(ProtocolViolatedException.class, "cannot be read"),
        rule("Headers have a limit")
            .raw("HTTP/1.1 200 OK\r\n" + "X-Many: x\r\n".repeat(1500) + "\r\n")
            .fails(ProtocolViolatedException.class, "cannot be read"),
        rule("A greeting that is not HTTP is no reply")
            .raw("SSH-2.0-OpenSSH_9.6\r\n")
            .fails(ProtocolViolatedException.class, "cannot be read"),
        rule("A line that is none of a head is quoted without the key")
            .raw("HTTP/1.1 200 OK\r\nno such key " + Asking.KEY + "\r\n\r\n")
            .fails(ProtocolViolatedException.class, "no such key ***"),
        rule("A connection that closes without a word is broken")
            .raw("")
            .fails(TransportFailedException.class, "broke"),
        rule("A connection that closes within a line of the head is a truncation")
            .raw("HTTP/1.1 200 OK\r\nContent-Ty")
            .fails(StreamTruncatedException.class, "closed in the middle of the reply"),
        rule("A connection that closes between two lines of the head is a truncation")
            .raw("HTTP/1.1 200 OK\r\n" + TYPE)
            .fails(StreamTruncatedException.class, "closed in the middle of the reply"),
        rule("A stream may say that it was not to be buffered, cached or kept")
            .raw(
                OK
                    + "Cache-Control: no-cache\r\nX-Accel-Buffering: no\r\nConnection: close\r\n"
                    + "Keep-Alive: timeout=5\r\nSet-Cookie: a=b\r\n\r\n"
                    + BODY)
            .gives(GOOD),
        rule("A reply of HTTP/1.0 may lack its last messages")
            .raw("HTTP/1.0 200 OK\r\n" + TYPE + "\r\n" + HEL + STOP)
            .gives(text("Hel"), end("stop", "tokens estimated")));
  }
}
