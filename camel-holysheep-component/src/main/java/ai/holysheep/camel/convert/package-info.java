/** Exchange to request and event to exchange; no I/O, no waiting of its own. */
@NullMarked
package ai.holysheep.camel.convert;

import org.jspecify.annotations.NullMarked;
