/** A model of what nodes and fleets carry, which takes what the benchmarks have measured. */
@NullMarked
package ai.holysheep.camel.benchmarks.scaling;

import org.jspecify.annotations.NullMarked;
