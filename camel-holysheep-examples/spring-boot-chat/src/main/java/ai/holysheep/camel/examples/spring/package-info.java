/** A Spring Boot application that answers over HTTP, token by token. */
@NullMarked
package ai.holysheep.camel.examples.spring;

import org.jspecify.annotations.NullMarked;
