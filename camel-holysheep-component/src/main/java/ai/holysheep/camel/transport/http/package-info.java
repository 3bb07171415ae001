/** Frames that arrive as Server-Sent Events over HTTP; knows no JSON, no retry, no Camel. */
@NullMarked
package ai.holysheep.camel.transport.http;

import org.jspecify.annotations.NullMarked;
