/** Bytes and text frames behind one interface; knows no JSON, no retry, no Camel. */
@NullMarked
package ai.holysheep.camel.transport;

import org.jspecify.annotations.NullMarked;
