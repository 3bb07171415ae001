/**
 * The load benchmark: each way to read answers in a process of its own, against a load server in
 * another one.
 */
@NullMarked
package ai.holysheep.camel.benchmarks.load;

import org.jspecify.annotations.NullMarked;
