/** What runs of the load benchmark have measured, as CSV, table and charts. */
@NullMarked
package ai.holysheep.camel.benchmarks.report;

import org.jspecify.annotations.NullMarked;
