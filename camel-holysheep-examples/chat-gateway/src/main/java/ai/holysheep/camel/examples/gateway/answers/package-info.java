/**
 * Answers that outlive the connection on which they were asked for. Knows neither Camel nor Vert.x.
 */
@NullMarked
package ai.holysheep.camel.examples.gateway.answers;

import org.jspecify.annotations.NullMarked;
