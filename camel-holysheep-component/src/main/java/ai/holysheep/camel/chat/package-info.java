/**
 * The vocabulary: requests, events, answers and usage as immutable values; imports only the JDK.
 */
@NullMarked
package ai.holysheep.camel.chat;

import org.jspecify.annotations.NullMarked;
