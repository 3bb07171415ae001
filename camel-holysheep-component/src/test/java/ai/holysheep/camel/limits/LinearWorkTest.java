package ai.holysheep.camel.limits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import ai.holysheep.camel.chat.Coalescing;
import ai.holysheep.camel.chat.CoalescingUnit;
import ai.holysheep.camel.chat.ToolCallFragment;
import ai.holysheep.camel.stream.EventSequence;
import ai.holysheep.camel.transport.http.SseParser;
import ai.holysheep.camel.wire.ChunkDecoder;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Twice as much from the server costs twice as much, not four times. What is counted is bytes
 * allocated, because whoever copies too much also allocates too much, and milliseconds vary.
 */
class LinearWorkTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int SOME = 2_000;

  /** Something that a server can send in any size. */
  @FunctionalInterface
  private interface Work {
    void run(int size) throws Exception;
  }

  @Test
  void chunkOfManyChoices() throws Exception {
    assertLinear(size -> decode("{\"choices\":[" + "{},".repeat(size) + "{}]}"));
  }

  @Test
  void chunkOfManyToolCallFragments() throws Exception {
    String calls = "{\"index\":0,\"function\":{\"arguments\":\"a\"}},";
    assertLinear(
        size ->
            decode("{\"choices\":[{\"delta\":{\"tool_calls\":[" + calls.repeat(size) + "{}]}}]}"));
  }

  @Test
  void nameOfAToolInManyPieces() throws Exception {
    assertLinear(
        size ->
            feed(
                size,
                new ToolCallFragment(0, null, "a", null),
                new ToolCallFragment(0, null, "b", null)));
  }

  @Test
  void argumentsOfAToolInManyPieces() throws Exception {
    assertLinear(size -> feed(size, new ToolCallFragment(0, null, null, "n")));
  }

  @Test
  void eventOfManyLines() throws Exception {
    assertLinear(size -> parse("data: a\n", size));
  }

  @Test
  void manyCommentsWithinAnEvent() throws Exception {
    assertLinear(size -> parse(": ping\n", size));
  }

  @Test
  void lineOfManyReads() throws Exception {
    assertLinear(size -> parse("data", size));
  }

  @ParameterizedTest
  @EnumSource(CoalescingUnit.class)
  void textWithoutEndInManyPieces(CoalescingUnit unit) throws Exception {
    for (String piece : new String[] {"a", "1", ".", " ", "\n", "\u0301", "-", "\ud83d", "好"}) {
      assertLinear(size -> join(new Coalescing(unit, 100_000, Duration.ZERO), piece, size, 1));
    }
  }

  @ParameterizedTest
  @EnumSource(CoalescingUnit.class)
  void longPieceOfManySentences(CoalescingUnit unit) throws Exception {
    for (String piece : new String[] {"Oh! ", "Oh.\n", "1. ", "…", "e\u0301"}) {
      assertLinear(size -> join(new Coalescing(unit, 1, Duration.ZERO), piece, 1, size));
    }
  }

  private static void join(Coalescing coalescing, String piece, int count, int length) {
    ChoiceDelta delta = new ChoiceDelta(0, piece.repeat(length), null, List.of(), null);
    Chunk chunk = new Chunk(null, null, List.of(delta), null, null);
    EventSequence events = new EventSequence("id", 0, 1, Integer.MAX_VALUE, coalescing);
    for (int i = 0; i < count; i++) {
      events.accept(chunk);
    }
  }

  private static void decode(String json) throws Exception {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    new ChunkDecoder().decode(bytes, 0, bytes.length);
  }

  private static void feed(int count, ToolCallFragment... fragments) {
    ChoiceDelta delta = new ChoiceDelta(0, null, null, List.of(fragments), null);
    Chunk chunk = new Chunk(null, null, List.of(delta), null, null);
    EventSequence events = new EventSequence("id", 1, Integer.MAX_VALUE);
    for (int i = 0; i < count; i++) {
      events.accept(chunk);
    }
  }

  private static void parse(String piece, int count) {
    byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
    byte[] start = "data: start\n".getBytes(StandardCharsets.UTF_8);
    SseParser parser = new SseParser(Integer.MAX_VALUE, Integer.MAX_VALUE);
    parser.feed(start, 0, start.length);
    for (int i = 0; i < count; i++) {
      parser.feed(bytes, 0, bytes.length);
      parser.poll();
    }
  }

  /** Four times the size; work that grows with the square would take sixteen times as much. */
  private static void assertLinear(Work work) throws Exception {
    allocated(work, 8 * SOME);
    long some = allocated(work, 2 * SOME);
    long more = allocated(work, 8 * SOME);
    assertThat(more).isLessThan(8 * Math.max(some, 100_000));
  }

  private static long allocated(Work work, int size) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run(size);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
