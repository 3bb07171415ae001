/**
 * A HolySheep API on this machine: chat completions over server-sent events at the published pace,
 * for tests, demos and benchmarks. Start it with {@link
 * ai.holysheep.camel.simulator.Simulator#start()}.
 */
@NullMarked
package ai.holysheep.camel.simulator;

import org.jspecify.annotations.NullMarked;
