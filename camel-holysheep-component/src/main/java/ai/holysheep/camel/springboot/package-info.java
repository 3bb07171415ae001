/** Options of the component from the properties of a Spring Boot application; optional. */
@NullMarked
package ai.holysheep.camel.springboot;

import org.jspecify.annotations.NullMarked;
