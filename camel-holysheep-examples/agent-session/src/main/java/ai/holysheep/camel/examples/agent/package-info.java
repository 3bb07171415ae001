/** A talk with a model that calls tools and can be interrupted. */
@NullMarked
package ai.holysheep.camel.examples.agent;

import org.jspecify.annotations.NullMarked;
