/**
 * The exception family, one class per party who can act; imports only the JDK and the vocabulary.
 */
@NullMarked
package ai.holysheep.camel.error;

import org.jspecify.annotations.NullMarked;
