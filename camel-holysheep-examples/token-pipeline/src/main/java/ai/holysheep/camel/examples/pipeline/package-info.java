/** Prompts from a Kafka topic, tokens and answers to others, to files and to a JMS queue. */
@NullMarked
package ai.holysheep.camel.examples.pipeline;

import org.jspecify.annotations.NullMarked;
