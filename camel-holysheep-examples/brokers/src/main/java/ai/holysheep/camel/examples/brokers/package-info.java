/** Kafka and Artemis in the process of an example. Knows nothing of Camel. */
@NullMarked
package ai.holysheep.camel.examples.brokers;

import org.jspecify.annotations.NullMarked;
