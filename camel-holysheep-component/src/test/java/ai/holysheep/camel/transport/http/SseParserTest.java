package ai.holysheep.camel.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.FrameTooLongException;
import ai.holysheep.camel.transport.http.SseReplay.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Quotations are from "9.2.5 Parsing" and "9.2.6 Interpreting an event stream" of the standard. */
class SseParserTest {
  private SseParser parser = new SseParser(1 << 20, 1 << 20);

  /** "Lines must be separated by CRLF, a single LF, or a single CR." */
  @Nested
  class LineEnd {
    @Test
    void isLfCrlfOrCr() {
      assertThat(data("data: a\n\ndata: b\r\n\r\ndata: c\r\r")).containsExactly("a", "b", "c");
    }

    @Test
    void mayBeMixedWithinAnEvent() {
      assertThat(data("data: a\r\n\ndata: b\n\r\ndata: c\r\r\n")).containsExactly("a", "b", "c");
      assertThat(parser.isMidLine()).isFalse();
    }

    @Test
    void ofCrDoesNotWaitForTheLfThatMayFollow() {
      assertThat(data("data: a\r\n\r")).containsExactly("a");
      assertThat(parser.isMidLine()).isFalse();
      assertThat(data("\ndata: b\r")).isEmpty();
      assertThat(data("\n\r")).containsExactly("b");
    }

    @Test
    void ofCrlfSplitOverReadsIsNoBlankLine() {
      assertThat(data("data: a\r")).isEmpty();
      assertThat(data("\ndata: b\r")).isEmpty();
      assertThat(data("\n\r\n")).containsExactly("a\nb");
    }

    @Test
    void aloneOrRepeatedGivesNoFrame() {
      assertThat(data("\n\n\r\r\r\n\r\n\ndata: a\n\n\n\n")).containsExactly("a");
    }
  }

  @Nested
  class Field {
    /** "If value starts with a U+0020 SPACE character, remove it from value." */
    @Test
    void losesOneLeadingSpaceOnly() {
      assertThat(data("data:a\n\ndata: a\n\ndata:  a \n\ndata:\ta\n\n"))
          .containsExactly("a", "a", " a ", "\ta");
    }

    @Test
    void keepsFurtherColons() {
      assertThat(data("data: {\"a\":1}\n\ndata::\n\n")).containsExactly("{\"a\":1}", ":");
    }

    /** "using the whole line as the field name, and the empty string as the field value" */
    @Test
    void withoutColonHasAnEmptyValue() {
      assertThat(data("data\n\n")).containsExactly("");
      assertThat(data("data: a\ndata\ndata: b\n\n")).containsExactly("a\n\nb");
    }

    @Test
    void withAnyOtherNameIsIgnored() {
      assertThat(data("Data: a\n data: b\ndat: c\ndatas: d\ndata : e\nd\nx\ndata: f\n\n"))
          .containsExactly("f");
      assertThat(parser.ignoredLines()).isEqualTo(7);
    }
  }

  @Nested
  class Data {
    /** "append a single U+000A LINE FEED (LF) character to the data buffer" */
    @Test
    void ofSeveralLinesIsJoinedByLf() {
      assertThat(data("data: {\r\ndata:  \"a\"\r\ndata: }\r\n\r\n"))
          .containsExactly("{\n \"a\"\n}");
    }

    @Test
    void isJoinedOverOtherFieldsBetween() {
      assertThat(data("data: a\n: ping\nid: 1\nevent: e\nfoo\ndata: b\n\n"))
          .containsExactly("a\nb");
    }

    /** "If the data buffer is an empty string": one empty line makes it a LF, so it is not. */
    @Test
    void ofOneEmptyLineIsAnEmptyFrame() {
      assertThat(data("data\n\ndata:\n\ndata: \n\n")).containsExactly("", "", "");
    }

    @Test
    void ofTwoEmptyLinesIsOneLf() {
      assertThat(data("data\ndata\n\n")).containsExactly("\n");
    }

    @Test
    void absentMeansNoFrameAndNoName() {
      assertThat(events("event: error\n\ndata: a\n\n"))
          .containsExactly(new Event("message", "a", ""));
    }

    @Test
    void ofOneLineIsNotCopied() throws IOException {
      InputStream in = stream("data: a\n\ndata: b\n\n");
      assertThat(parser.readFrom(in)).isEqualTo(18);
      Frame first = parser.poll();
      Frame second = parser.poll();
      assertThat(first.bytes()).isSameAs(second.bytes());
      assertThat(first.offset()).isEqualTo(6);
      assertThat(second.offset()).isEqualTo(15);
    }

    @Test
    void staysInPlaceWhileTheNextEventIsTaken() {
      parser.feed(ByteBuffer.wrap(utf8("data: a\ndata: b\n\ndata: c\ndata: d\n\ndata: e")));
      Frame first = parser.poll();
      Frame second = parser.poll();
      Frame third = parser.finish();
      assertThat(List.of(first.text(), second.text(), third.text()))
          .containsExactly("a\nb", "c\nd", "e");
    }

    @Test
    void isPassedOnThoughItIsNotUtf8() {
      byte[] bytes = "data: a?b\n\n".getBytes(StandardCharsets.US_ASCII);
      bytes[7] = (byte) 0x80;
      parser.feed(bytes, 0, bytes.length);
      assertThat(parser.poll().text()).isEqualTo("a\uFFFDb");
    }
  }

  /** "If the line starts with a U+003A COLON character (:) Ignore the line." */
  @Test
  void commentsAreIgnoredAndCounted() {
    assertThat(data(":\n: keep-alive\n\n:data: x\ndata: a\n\n")).containsExactly("a");
    assertThat(parser.comments()).isEqualTo(3);
  }

  @Nested
  class Mark {
    @Test
    void atTheStartIsIgnored() {
      assertThat(data("\uFEFFdata: a\n\n")).containsExactly("a");
    }

    @Test
    void isIgnoredWhenSplitOverReads() {
      byte[] bytes = "\uFEFFdata: a\n\n".getBytes(StandardCharsets.UTF_8);
      assertThat(SseReplay.cut(bytes, List.of(1)).events()).hasSize(1);
      assertThat(SseReplay.cut(bytes, List.of(2, 100)).events()).hasSize(1);
    }

    @Test
    void laterIsContent() {
      assertThat(data("data: \uFEFFa\n\n\uFEFFdata: b\n\n")).containsExactly("\uFEFFa");
      assertThat(parser.ignoredLines()).isEqualTo(1);
    }

    @Test
    void twiceIsIgnoredOnce() {
      assertThat(data("\uFEFF\uFEFFdata: a\n\n")).isEmpty();
    }

    @Test
    void cutShortIsAnUnknownField() {
      parser.feed(new byte[] {(byte) 0xEF, (byte) 0xBB}, 0, 2);
      assertThat(parser.poll()).isNull();
      assertThat(parser.finish()).isNull();
      assertThat(parser.isMidLine()).isTrue();
      assertThat(parser.ignoredLines()).isEqualTo(1);
    }
  }

  @Nested
  class Name {
    @Test
    void belongsToOneEvent() {
      assertThat(events("event: error\ndata: a\n\ndata: b\n\n"))
          .extracting(Event::name)
          .containsExactly("error", "message");
    }

    @Test
    void isTheLastOneGivenWhereverItStands() {
      assertThat(events("event: a\ndata: x\nevent: b\n\n"))
          .extracting(Event::name)
          .containsExactly("b");
    }

    /** "If the event type buffer has a value other than the empty string" */
    @Test
    void emptyOrMessageIsTheDefaultOne() {
      parser.feed(ByteBuffer.wrap(utf8("event: x\nevent:\ndata\n\nevent: message\ndata\n\n")));
      assertThat(parser.poll().event()).isNull();
      assertThat(parser.poll().event()).isNull();
    }

    @Test
    void repeatedIsTheSameString() {
      parser.feed(ByteBuffer.wrap(utf8("event: delta\ndata\n\nevent: delta\ndata\n\n")));
      String first = parser.poll().event();
      assertThat(parser.poll().event()).isEqualTo("delta").isSameAs(first);
    }
  }

  @Nested
  class Id {
    @Test
    void staysUntilTheNextOne() {
      assertThat(ids("data\n\nid: 1\ndata\n\ndata\n\nid: 2\n\ndata\n\n"))
          .containsExactly("", "1", "1", "2");
    }

    @Test
    void emptyTakesItAway() {
      assertThat(ids("id: 1\ndata\n\nid\ndata\n\n")).containsExactly("1", "");
    }

    /** "If the field value does not contain U+0000 NULL" */
    @Test
    void withNulIsIgnored() {
      assertThat(ids("id: 1\nid: 2\0\ndata\n\n")).containsExactly("1");
    }
  }

  @Nested
  class Retry {
    @Test
    void isRecorded() {
      assertThat(parser.retryMillis()).isEqualTo(-1);
      assertThat(data("retry: 5000\n")).isEmpty();
      assertThat(parser.retryMillis()).isEqualTo(5000);
    }

    /** "If the field value consists of only ASCII digits" */
    @Test
    void ofAnythingButDigitsIsIgnored() {
      data("retry: 7\nretry: abc\nretry: -1\nretry: 1.5\nretry:  1\nretry\nretry:\n");
      assertThat(parser.retryMillis()).isEqualTo(7);
      assertThat(parser.ignoredLines()).isEqualTo(6);
    }

    @Test
    void tooLargeForALongIsTheLargest() {
      data("retry: 99999999999999999999999\n");
      assertThat(parser.retryMillis()).isEqualTo(Long.MAX_VALUE);
    }
  }

  /** The standard discards an event that no blank line ends; here it is the caller's to judge. */
  @Nested
  class EndOfInput {
    @Test
    void handsOutAnEventWithoutItsBlankLine() {
      assertThat(data("event: e\ndata: a\n")).isEmpty();
      assertThat(parser.isMidEvent()).isTrue();
      assertThat(SseReplay.event(parser.finish())).isEqualTo(new Event("e", "a", ""));
      assertThat(parser.isMidLine()).isFalse();
      assertThat(parser.finish()).isNull();
    }

    @Test
    void handsOutALineWithoutItsEnd() {
      assertThat(data("data: a\ndata: b")).isEmpty();
      assertThat(parser.isMidLine()).isTrue();
      assertThat(parser.finish().text()).isEqualTo("a\nb");
      assertThat(parser.isMidLine()).isTrue();
    }

    @Test
    void hasNothingLeftAfterAWholeEvent() {
      assertThat(data("data: a\n\n")).hasSize(1);
      assertThat(parser.isMidEvent()).isFalse();
      assertThat(parser.finish()).isNull();
      assertThat(parser.isMidLine()).isFalse();
    }

    @Test
    void givesWholeEventsFirst() {
      parser.feed(ByteBuffer.wrap(utf8("data: a\n\ndata: b")));
      assertThat(parser.finish().text()).isEqualTo("a");
      assertThat(parser.finish().text()).isEqualTo("b");
      assertThat(parser.finish()).isNull();
    }

    @Test
    void ofNoInputGivesNothing() {
      assertThat(parser.finish()).isNull();
      assertThat(parser.isMidLine()).isFalse();
    }
  }

  @Nested
  class Limit {
    @Test
    void isInclusive() {
      parser = new SseParser(10, 9);
      assertThat(data("data: 1234\n\n")).containsExactly("1234");
      assertThat(data("data: 1234\ndata: 5678\n\n")).containsExactly("1234\n5678");
    }

    @Test
    void ofALineIsTold() {
      parser = new SseParser(10, 100);
      assertRefused("data: 12345\n\n", FrameTooLongException.Limit.LINE, 10);
    }

    @Test
    void ofAnEventIsTold() {
      parser = new SseParser(100, 9);
      assertRefused("data: 1234\ndata: 56789\n\n", FrameTooLongException.Limit.EVENT, 9);
    }

    @Test
    void holdsForCommentsAndUnknownFields() {
      parser = new SseParser(10, 100);
      assertRefused(":1234567890\n", FrameTooLongException.Limit.LINE, 10);
    }

    @Test
    void comesAfterTheEventsBeforeIt() {
      parser = new SseParser(10, 100);
      parser.feed(ByteBuffer.wrap(utf8("data: a\n\ndata: 12345")));
      assertThat(parser.poll().text()).isEqualTo("a");
      assertThatThrownBy(parser::poll).isInstanceOf(FrameTooLongException.class);
    }

    @Test
    void onceParsedIsFinal() {
      parser = new SseParser(10, 100);
      parser.feed(ByteBuffer.wrap(utf8("data: 12345\n\ndata: a\n\n")));
      assertThatThrownBy(parser::poll).isInstanceOf(FrameTooLongException.class);
      assertThatThrownBy(parser::poll).isInstanceOf(FrameTooLongException.class);
      assertThatThrownBy(parser::finish).isInstanceOf(FrameTooLongException.class);
    }

    @Test
    void stopsAnEndlessLineOneReadLater() {
      parser = new SseParser(10_000, 1 << 20);
      assertThat(fedUntilRefused("data: ", "x".repeat(1000))).isBetween(10_001, 11_006);
    }

    @Test
    void stopsAnEndlessEventOneReadLater() {
      parser = new SseParser(1 << 20, 10_000);
      assertThat(fedUntilRefused("data: ", "x".repeat(1000))).isBetween(10_001, 11_006);
      parser = new SseParser(1 << 20, 10_000);
      assertThat(fedUntilRefused("", "data: " + "x".repeat(993) + "\n")).isBetween(10_001, 11_006);
    }

    @Test
    void ofTheLineIsToldIfBothArePassedAtOneByte() {
      parser = new SseParser(10, 4);
      assertRefused("data: 12345\n\n", FrameTooLongException.Limit.LINE, 10);
      parser = new SseParser(11, 4);
      assertRefused("data: 12345\n\n", FrameTooLongException.Limit.EVENT, 4);
    }

    @Test
    void isToldAlikeWhereverTheReadsEnd() {
      byte[] stream = utf8("data\ndata\ndata: abc\n\n");
      for (int maxLine = 1; maxLine < 12; maxLine++) {
        for (int maxEvent = 1; maxEvent < 6; maxEvent++) {
          SseReplay.Outcome whole =
              SseReplay.replay(new SseParser(maxLine, maxEvent), stream, List.of(stream.length));
          SseReplay.Outcome bytes =
              SseReplay.replay(new SseParser(maxLine, maxEvent), stream, List.of(1));
          assertThat(bytes).as("limits %d and %d", maxLine, maxEvent).isEqualTo(whole);
        }
      }
    }

    @Test
    void mustBePositive() {
      assertThatThrownBy(() -> new SseParser(0, 1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new SseParser(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private void assertRefused(String stream, FrameTooLongException.Limit limit, int maxBytes) {
      FrameTooLongException e =
          catchThrowableOfType(FrameTooLongException.class, () -> data(stream));
      assertThat(e.limit()).isEqualTo(limit);
      assertThat(e.maxBytes()).isEqualTo(maxBytes);
      assertThat(e).hasMessageContaining("more than " + maxBytes + " bytes");
    }

    private int fedUntilRefused(String start, String piece) {
      int fed = start.length();
      data(start);
      while (true) {
        fed += piece.length();
        parser.feed(ByteBuffer.wrap(utf8(piece)));
        try {
          assertThat(parser.poll()).isNull();
        } catch (FrameTooLongException e) {
          return fed;
        }
      }
    }
  }

  @Nested
  @Timeout(20)
  class Load {
    private static final int MEGABYTES = 10 << 20;

    @Test
    void ofManyEventsInOneReadIsHandedOutInOrder() {
      StringBuilder stream = new StringBuilder();
      for (int i = 0; i < 100_000; i++) {
        stream.append("data: ").append(i).append("\n\n");
      }
      List<String> all = data(stream.toString());
      assertThat(all).hasSize(100_000).startsWith("0", "1").endsWith("99998", "99999");
    }

    @Test
    void ofOneLargeLineInSmallReadsIsScannedOnce() throws IOException {
      parser = new SseParser(2 * MEGABYTES, 2 * MEGABYTES);
      byte[] piece = "x".repeat(1024).getBytes(StandardCharsets.US_ASCII);
      data("data: ");
      for (int fed = 0; fed < MEGABYTES; fed += piece.length) {
        parser.feed(piece, 0, piece.length);
        assertThat(parser.poll() == null).isTrue();
      }
      assertThat(parser.readFrom(stream("\n\n"))).isEqualTo(2);
      assertThat(parser.poll().length()).isEqualTo(MEGABYTES);
    }

    @Test
    void ofOneLargeEventOfSmallLinesIsJoinedInPlace() {
      parser = new SseParser(2 * MEGABYTES, 2 * MEGABYTES);
      byte[] line = ("data:" + "x".repeat(1023) + "\n").getBytes(StandardCharsets.US_ASCII);
      for (int fed = 0; fed < MEGABYTES; fed += 1024) {
        parser.feed(line, 0, line.length);
        assertThat(parser.poll() == null).isTrue();
      }
      parser.feed(line, line.length - 1, 1);
      assertThat(parser.poll().length()).isEqualTo(MEGABYTES - 1);
    }

    @Test
    void ofSmallLinesAfterALargeOneLeavesTheLargeOneInPlace() {
      parser = new SseParser(2 * MEGABYTES, 2 * MEGABYTES);
      data("data:" + "x".repeat(MEGABYTES) + "\n");
      byte[] comment = {':', '\n'};
      for (int i = 0; i < 200_000; i++) {
        parser.feed(comment, 0, comment.length);
        assertThat(parser.poll() == null).isTrue();
      }
      assertThat(parser.finish().length()).isEqualTo(MEGABYTES);
    }

    @Test
    void ofCommentsWithinAnEventIsNotHeld() {
      byte[] comments = ": keep-alive\n".repeat(100).getBytes(StandardCharsets.US_ASCII);
      data("data: a\n");
      for (int fed = 0; fed < MEGABYTES; fed += comments.length) {
        parser.feed(comments, 0, comments.length);
        assertThat(parser.poll() == null).isTrue();
      }
      parser.feed(ByteBuffer.wrap(utf8("data: b\n\n")));
      Frame frame = parser.poll();
      assertThat(frame.text()).isEqualTo("a\nb");
      assertThat(frame.bytes()).hasSizeLessThan(64 * 1024);
    }
  }

  @Test
  void readingStopsAtTheEndOfInput() throws IOException {
    InputStream in = stream("data: a\n\n");
    assertThat(parser.readFrom(in)).isEqualTo(9);
    assertThat(parser.readFrom(in)).isEqualTo(-1);
    assertThat(parser.readFrom(in)).isEqualTo(-1);
    assertThat(parser.poll().text()).isEqualTo("a");
  }

  @Test
  void directBuffersAreConsumed() {
    byte[] bytes = utf8("data: a\n\n");
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    parser.feed(direct);
    assertThat(direct.remaining()).isZero();
    assertThat(parser.poll().text()).isEqualTo("a");
  }

  private List<String> data(String stream) {
    parser.feed(ByteBuffer.wrap(utf8(stream)));
    List<String> all = new ArrayList<>();
    for (Frame frame = parser.poll(); frame != null; frame = parser.poll()) {
      all.add(frame.text());
    }
    return all;
  }

  private List<Event> events(String stream) {
    parser.feed(ByteBuffer.wrap(utf8(stream)));
    List<Event> all = new ArrayList<>();
    SseReplay.drain(parser, all);
    return all;
  }

  private List<String> ids(String stream) {
    return events(stream).stream().map(Event::id).toList();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(utf8(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
