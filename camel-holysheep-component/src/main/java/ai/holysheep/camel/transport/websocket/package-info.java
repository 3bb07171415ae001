/** Sockets over Vert.x; the only place that knows it. */
@NullMarked
package ai.holysheep.camel.transport.websocket;

import org.jspecify.annotations.NullMarked;
