package ai.holysheep.camel.springboot;

import org.apache.camel.spi.ComponentCustomizer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Gives the component the options that an application's properties have for it. */
@AutoConfiguration
@ConditionalOnClass(ComponentCustomizer.class)
public class HolySheepAutoConfiguration {

  /** Sets the options of each component of this kind, whatever its name. */
  @Bean
  public ComponentCustomizer holySheepComponentOptions(Environment environment) {
    return new PropertiesCustomizer(environment);
  }
}
