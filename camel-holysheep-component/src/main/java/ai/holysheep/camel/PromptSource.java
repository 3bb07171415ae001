package ai.holysheep.camel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/** What a consumer asks: the option {@code prompt}. Read anew for each question. */
final class PromptSource {

  private static final String RESOURCE = "resource:";

  private final CamelContext context;
  private final String option;
  private final @Nullable Expression expression;

  private PromptSource(CamelContext context, String option) {
    this.context = context;
    this.option = option;
    this.expression = option.contains("${") ? simple(option) : null;
  }

  /**
   * Checks the option.
   *
   * @throws IllegalArgumentException when there is none
   */
  static PromptSource of(@Nullable String option, CamelContext context) {
    if (option == null || option.isBlank()) {
      throw new IllegalArgumentException(
          "A route that begins with holysheep:chat needs the option 'prompt': a text, which may hold"
              + " expressions such as ${date:now:yyyy-MM-dd}, or resource:file:... or"
              + " resource:classpath:...");
    }
    return new PromptSource(context, option);
  }

  /** The question of one poll. */
  @Nullable String text(Exchange asking) {
    if (expression != null) {
      return expression.evaluate(asking, String.class);
    }
    return option.startsWith(RESOURCE) ? read(option.substring(RESOURCE.length())) : option;
  }

  private Expression simple(String text) {
    Expression simple = context.resolveLanguage("simple").createExpression(text);
    simple.init(context);
    return simple;
  }

  private String read(String resource) {
    try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(context, resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The prompt cannot be read from " + resource, e);
    }
  }
}
