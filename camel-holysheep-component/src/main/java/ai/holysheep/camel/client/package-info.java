/**
 * Runs one call from request to last event: sends, reads, watches the deadlines, names the failure.
 */
@NullMarked
package ai.holysheep.camel.client;

import org.jspecify.annotations.NullMarked;
