/** A server that costs next to nothing, so that what is measured is its client. */
@NullMarked
package ai.holysheep.camel.simulator.load;

import org.jspecify.annotations.NullMarked;
