/** What clients ask for and what they are told instead: checked, and in words for them. */
@NullMarked
package ai.holysheep.camel.examples.gateway.requests;

import org.jspecify.annotations.NullMarked;
