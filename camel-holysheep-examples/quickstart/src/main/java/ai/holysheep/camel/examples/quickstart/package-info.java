/** A question on the command line, an answer that appears token by token. */
@NullMarked
package ai.holysheep.camel.examples.quickstart;

import org.jspecify.annotations.NullMarked;
