/**
 * From the exchanges of one stream back to the whole answer. What a group of exchanges has brought
 * so far is an immutable value, because Camel may aggregate one exchange into the same group twice:
 * with optimistic locking, whoever comes second begins again from what the first has stored.
 */
@NullMarked
package ai.holysheep.camel.convert.join;

import org.jspecify.annotations.NullMarked;
