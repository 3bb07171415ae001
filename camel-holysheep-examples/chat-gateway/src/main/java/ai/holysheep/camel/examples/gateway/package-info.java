/** A gateway to models: a web page to chat with them, and a server for OpenAI's clients. */
@NullMarked
package ai.holysheep.camel.examples.gateway;

import org.jspecify.annotations.NullMarked;
