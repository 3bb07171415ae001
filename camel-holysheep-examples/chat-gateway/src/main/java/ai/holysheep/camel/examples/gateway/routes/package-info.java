/** What the gateway does, as routes: a file for each kind of client. */
@NullMarked
package ai.holysheep.camel.examples.gateway.routes;

import org.jspecify.annotations.NullMarked;
