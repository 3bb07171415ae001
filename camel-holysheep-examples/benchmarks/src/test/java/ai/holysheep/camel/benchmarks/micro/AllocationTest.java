package ai.holysheep.camel.benchmarks.micro;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.Blackhole;

/**
 * No accident makes tokens dear: what each of them allocates stays below a bound, in the parts of
 * the component by themselves and in whole routes with parts as text.
 */
class AllocationTest {

  // The most bytes for one chunk. Each is what was measured, under the agent that records coverage,
  // and a tenth more, but no more than 100: so that 200 bytes more for each chunk cannot pass. Who
  // makes chunks cheaper lowers them: set one to 0, and its test says what is measured.
  private static final int SSE_EVENT = 36;
  private static final int MESSAGE_ALIKE = 150;
  private static final int MESSAGE_UNLIKE = 1460;
  private static final int EVENT = 95;
  private static final int JSON_WRITTEN = 720;
  private static final int JSON_READ = 1430;
  private static final int MESSAGE_FILLED = 475;
  private static final int EXCHANGE = 960;
  private static final int PULL_CALL = 305;
  private static final int PUSH_CALL = 330;
  private static final int PULL_ROUTE = 2165;
  private static final int PUSH_ROUTE = 1750;
  private static final int PUSH_ROUTE_WITHOUT_POOL = 1815;

  // This one is loose: how much room the bytes that were read take depends on how far ahead of the
  // pool they are read, a few hundred bytes for each chunk more or less.
  private static final int PUSH_ROUTE_AND_READING = 2700;

  private static final int TOKENS = RouteBenchmark.TOKENS;
  private static final int CHUNKS_OF_ROUND = 20_000;

  private final Blackhole sink =
      new Blackhole(
          "Today's password is swordfish. I understand instantiating Blackholes directly is"
              + " dangerous.");

  @Test
  void findingEvents() throws Exception {
    SseParserBenchmark parser = new SseParserBenchmark();
    isBelow("SseParser", SSE_EVENT, SseParserBenchmark.EVENTS, () -> parser.eventsTogether(sink));
    isBelow("SseParser", SSE_EVENT, 1, () -> parser.eventAlone(sink));
  }

  @Test
  void readingMessages() throws Exception {
    ChunkDecoderBenchmark decoder = new ChunkDecoderBenchmark();
    int messages = ChunkDecoderBenchmark.MESSAGES;
    isBelow("ChunkDecoder", MESSAGE_ALIKE, messages, () -> decoder.messagesAlike(sink));
    isBelow("ChunkDecoder by JSON", MESSAGE_UNLIKE, messages, () -> decoder.messagesUnlike(sink));
  }

  @Test
  void makingEvents() throws Exception {
    EventSequenceBenchmark events = new EventSequenceBenchmark();
    int chunks = EventSequenceBenchmark.CHUNKS;
    isBelow("EventSequence", EVENT, chunks, () -> events.chunkToEvent(sink));
  }

  @Test
  void writingAndReadingJson() throws Exception {
    EventBodyBenchmark body = new EventBodyBenchmark();
    isBelow("EventWriter", JSON_WRITTEN, 1, () -> body.write(sink));
    isBelow("EventReader", JSON_READ, 1, () -> body.read(sink));
  }

  @Test
  void makingExchanges() throws Exception {
    ExchangeBenchmark exchanges = new ExchangeBenchmark();
    isBelow("EventMessages", MESSAGE_FILLED, 1, () -> exchanges.fillMessage(sink));
    isBelow("EventExchanges", EXCHANGE, 1, () -> exchanges.makeExchange(sink));
  }

  @Test
  void callsWithoutNetwork() throws Exception {
    CallBenchmark call = new CallBenchmark();
    try {
      isBelow("ChatClient, pull", PULL_CALL, CallBenchmark.TOKENS, () -> call.pull(sink));
      isBelow("ChatClient, push", PUSH_CALL, CallBenchmark.TOKENS, () -> call.push(sink));
    } finally {
      call.close();
    }
  }

  @Test
  void pullRoute() throws Exception {
    try (ChatRoute route = new ChatRoute(ChatRoute.Kind.PULL, TOKENS)) {
      isBelow("route, pull", PULL_ROUTE, Allocation.ofThisThread(), route);
    }
  }

  @Test
  void pushRoute() throws Exception {
    Allocation routing = Allocation.ofThreadsBut(Allocation.SERVER, Allocation.READER);
    Allocation all = Allocation.ofThreadsBut(Allocation.SERVER);
    try (ChatRoute route = new ChatRoute(ChatRoute.Kind.PUSH, TOKENS)) {
      isBelow("route, push", PUSH_ROUTE, routing, route);
      isBelow("route, push, and reading", PUSH_ROUTE_AND_READING, all, route);
    }
  }

  @Test
  void pushRouteOnTheThreadThatReads() throws Exception {
    Allocation all = Allocation.ofThreadsBut(Allocation.SERVER);
    try (ChatRoute route = new ChatRoute(ChatRoute.Kind.PUSH_WITHOUT_POOL, TOKENS)) {
      isBelow("route, push without pool", PUSH_ROUTE_WITHOUT_POOL, all, route);
    }
  }

  private static void isBelow(String what, int allowed, Allocation allocation, ChatRoute route)
      throws Exception {
    allocation.isBelow(what, allowed, TOKENS, CHUNKS_OF_ROUND, route::readAnswer);
  }

  private static void isBelow(String what, int allowed, int chunks, Allocation.Work work)
      throws Exception {
    Allocation.ofThisThread().isBelow(what, allowed, chunks, CHUNKS_OF_ROUND, work);
  }
}
