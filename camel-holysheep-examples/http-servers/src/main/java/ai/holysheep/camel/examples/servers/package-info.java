/** HTTP requests that are answered token by token, by each of Camel's HTTP servers. */
@NullMarked
package ai.holysheep.camel.examples.servers;

import org.jspecify.annotations.NullMarked;
