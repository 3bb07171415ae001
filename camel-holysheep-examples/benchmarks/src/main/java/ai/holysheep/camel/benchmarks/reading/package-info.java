/** What a way to read answers is, and what is checked of the answers that it reads. */
@NullMarked
package ai.holysheep.camel.benchmarks.reading;

import org.jspecify.annotations.NullMarked;
