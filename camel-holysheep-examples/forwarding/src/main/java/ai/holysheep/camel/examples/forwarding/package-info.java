/** The parts of an answer through Kafka and JMS, joined again on the other side. */
@NullMarked
package ai.holysheep.camel.examples.forwarding;

import org.jspecify.annotations.NullMarked;
