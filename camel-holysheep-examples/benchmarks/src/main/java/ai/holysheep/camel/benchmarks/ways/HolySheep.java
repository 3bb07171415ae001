package ai.holysheep.camel.benchmarks.ways;

import static ai.holysheep.camel.HolySheepConstants.COMPLETION_TOKENS;
import static ai.holysheep.camel.HolySheepConstants.EVENT_TYPE;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What all ways of this component have in common. */
final class HolySheep {

  private HolySheep() {}

  /** The endpoint for a target, with further options. */
  static String chat(Target target, String options) {
    return "holysheep:chat?model=%s&baseUrl=%s&apiKey=%s&%s"
        .formatted(target.model(), target.baseUrl(), Target.API_KEY, options);
  }

  /** Tells the check of an answer what one of its parts holds. */
  static void tell(Exchange part) {
    tell(Routes.check(part), part.getMessage());
  }

  static void tell(StreamCheck check, Message part) {
    if (part.getBody() instanceof String token) {
      check.token(token);
    } else if ("usage".equals(part.getHeader(EVENT_TYPE))) {
      check.usage(part.getHeader(COMPLETION_TOKENS, Long.class));
    }
  }
}
