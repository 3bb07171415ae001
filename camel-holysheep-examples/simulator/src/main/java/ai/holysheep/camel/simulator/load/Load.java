package ai.holysheep.camel.simulator.load;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an answer comes. A request names it in place of a model.
 *
 * @param tokens how many tokens the answer has, 1 to 99,999,999
 * @param interval the time between two of them; zero for as fast as the client reads
 */
public record Load(int tokens, Duration interval) {

  private static final Pattern MODEL = Pattern.compile("load-(\\d{1,8})-(\\d{1,9})");

  /** The name of a model that answers so: {@code load-<tokens>-<microseconds between them>}. */
  public String model() {
    return "load-" + tokens + "-" + interval.toNanos() / 1000;
  }

  /** Whether the tokens come as fast as they are read. */
  boolean isBurst() {
    return interval.isZero();
  }

  /** What a model's name says; null where it is no load. */
  static @Nullable Load of(String model) {
    Matcher name = MODEL.matcher(model);
    if (!name.matches() || Integer.parseInt(name.group(1)) == 0) {
      return null;
    }
    long nanos = Long.parseLong(name.group(2)) * 1000;
    return new Load(Integer.parseInt(name.group(1)), Duration.ofNanos(nanos));
  }
}
