/**
 * The state of one call: order of events, tool calls being assembled, exactly one last event; no
 * I/O, no threads.
 */
@NullMarked
package ai.holysheep.camel.stream;

import org.jspecify.annotations.NullMarked;
