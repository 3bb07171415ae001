/**
 * Writes bytes into the HTTP reply of a request that a route answers. Needs
 * camel-platform-http-vertx, which is optional: nothing else refers to it.
 */
@NullMarked
package ai.holysheep.camel.respond;

import org.jspecify.annotations.NullMarked;
