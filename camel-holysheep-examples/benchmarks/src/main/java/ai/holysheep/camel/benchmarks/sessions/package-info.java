/** What agent sessions cost while nothing is said in them. */
@NullMarked
package ai.holysheep.camel.benchmarks.sessions;

import org.jspecify.annotations.NullMarked;
