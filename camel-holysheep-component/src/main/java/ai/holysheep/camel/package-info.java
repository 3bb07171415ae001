/** The front door: what a route author names. */
@NullMarked
package ai.holysheep.camel;

import org.jspecify.annotations.NullMarked;
