/**
 * What the parts of this component cost that the token of a stream goes through, each by itself and
 * all together, without a network and with one.
 */
@NullMarked
package ai.holysheep.camel.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
