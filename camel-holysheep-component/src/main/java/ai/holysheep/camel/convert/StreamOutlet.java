package ai.holysheep.camel.convert;

import ai.holysheep.camel.chat.StreamEncoder;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * How a stream is given out where it is not split.
 *
 * @param encoders makes an encoder for the bytes of this stream
 * @param publisherThreads where a publisher waits for parts; borrowed, its tasks last as long as
 *     there is demand
 */
public record StreamOutlet(Supplier<StreamEncoder> encoders, Executor publisherThreads) {}
