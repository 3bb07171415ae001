/**
 * JSON in and out: writes requests, decodes chunks and errors; the only room that knows Jackson.
 */
@NullMarked
package ai.holysheep.camel.wire;

import org.jspecify.annotations.NullMarked;
