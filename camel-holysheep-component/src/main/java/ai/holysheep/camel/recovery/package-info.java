/**
 * Decides whether a call that failed is tried again, when, and how: pure decisions from facts, no
 * clock, no waiting, no logging.
 */
@NullMarked
package ai.holysheep.camel.recovery;

import org.jspecify.annotations.NullMarked;
