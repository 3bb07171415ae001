package ai.holysheep.camel.springboot;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.StringHelper;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Sets options of a component from the properties {@code camel.component.NAME.*}, in any of the
 * spellings that Spring Boot allows.
 */
final class PropertiesCustomizer implements ComponentCustomizer {

  private static final String COMPONENT = "ai.holysheep.camel.HolySheepComponent";

  private final Environment environment;

  PropertiesCustomizer(Environment environment) {
    this.environment = environment;
  }

  @Override
  public boolean isEnabled(String name, Component target) {
    return target.getClass().getName().equals(COMPONENT);
  }

  /**
   * {@inheritDoc}
   *
   * @throws org.apache.camel.PropertyBindingException when there is no such option, or the value is
   *     none for it
   */
  @Override
  public void configure(String name, Component target) {
    Map<String, Object> options = new LinkedHashMap<>();
    Binder.get(environment)
        .bind("camel.component." + name, Bindable.mapOf(String.class, String.class))
        .orElse(Map.of())
        .forEach((key, value) -> options.put(option(key), value));
    PropertyBindingSupport.build()
        .withCamelContext(target.getCamelContext())
        .withTarget(target)
        .withProperties(options)
        .withConfigurer(target.getComponentPropertyConfigurer())
        .withIgnoreCase(true)
        .withMandatory(true)
        .bind();
  }

  /** The name of an HTTP header, behind the first dot, stays as it is. */
  private static String option(String key) {
    int dot = key.indexOf('.');
    return dot < 0
        ? StringHelper.dashToCamelCase(key)
        : StringHelper.dashToCamelCase(key.substring(0, dot)) + key.substring(dot);
  }
}
