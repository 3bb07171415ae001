package ai.holysheep.camel.transport.http;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What all HTTP connections of one component have in common.
 *
 * @param maxConcurrentStreams how many calls may be under way at once, over all hosts
 * @param connectTimeout the longest time to connect; zero waits as long as the system does
 * @param connectionRequestTimeout the longest wait for a place when all are taken; zero waits for
 *     ever
 * @param keepIdle how long a connection without a call is kept at least; it is closed before twice
 *     that time is over
 * @param sslContext the keys and trusted certificates for https; null for those of the JVM
 * @param proxy what requests go through; null for the direct way
 */
public record HttpSettings(
    int maxConcurrentStreams,
    Duration connectTimeout,
    Duration connectionRequestTimeout,
    Duration keepIdle,
    @Nullable SSLContext sslContext,
    @Nullable HttpProxy proxy) {}
