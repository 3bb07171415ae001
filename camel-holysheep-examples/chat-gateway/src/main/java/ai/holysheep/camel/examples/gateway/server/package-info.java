/** The HTTP server under the routes: files of the page, origins, sockets. Knows no model. */
@NullMarked
package ai.holysheep.camel.examples.gateway.server;

import org.jspecify.annotations.NullMarked;
