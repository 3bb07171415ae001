/**
 * The ways to read answers that are compared: those of this component, its peers, and the limit.
 */
@NullMarked
package ai.holysheep.camel.benchmarks.ways;

import org.jspecify.annotations.NullMarked;
