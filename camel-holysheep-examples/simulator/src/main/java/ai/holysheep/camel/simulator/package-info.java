/** A HolySheep API on this machine. */
@NullMarked
package ai.holysheep.camel.simulator;

import org.jspecify.annotations.NullMarked;
