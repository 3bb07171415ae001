package ai.holysheep.camel.benchmarks.micro;

import ai.holysheep.camel.wire.ChunkDecoder;
import ai.holysheep.camel.wire.UnreadableException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Reading the messages of tokens. */
@State(Scope.Thread)
public class ChunkDecoderBenchmark {

  /** So many messages are read in turn. */
  static final int MESSAGES = 64;

  private final byte[][] alike = messages(SampleStream::message);
  private final byte[][] different = messages(SampleStream::obfuscatedMessage);
  private final ChunkDecoder likeBefore = new ChunkDecoder();
  private final ChunkDecoder eachAnew = new ChunkDecoder();

  /** Messages that differ in nothing but their text. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void messagesAlike(Blackhole sink) throws UnreadableException {
    decode(likeBefore, alike, sink);
  }

  /** Messages that differ in more, so that the JSON of each is read. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public void messagesUnlike(Blackhole sink) throws UnreadableException {
    decode(eachAnew, different, sink);
  }

  private static void decode(ChunkDecoder decoder, byte[][] messages, Blackhole sink)
      throws UnreadableException {
    for (byte[] message : messages) {
      sink.consume(decoder.decode(message, 0, message.length));
    }
  }

  private static byte[][] messages(IntFunction<byte[]> message) {
    return IntStream.range(0, MESSAGES).mapToObj(message).toArray(byte[][]::new);
  }
}
