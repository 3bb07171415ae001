/**
 * What others are told of calls: metrics, spans, log lines. Is told facts and changes nothing; with
 * neither Micrometer nor OpenTelemetry on the classpath, nothing of them is loaded.
 */
@NullMarked
package ai.holysheep.camel.observe;

import org.jspecify.annotations.NullMarked;
