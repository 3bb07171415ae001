/** How soon and how fast models answer, and what that costs. */
@NullMarked
package ai.holysheep.camel.examples.models;

import org.jspecify.annotations.NullMarked;
