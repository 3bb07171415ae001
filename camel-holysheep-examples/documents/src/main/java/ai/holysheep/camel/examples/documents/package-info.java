/** A folder of documents in, summaries or translations out. */
@NullMarked
package ai.holysheep.camel.examples.documents;

import org.jspecify.annotations.NullMarked;
