package ai.holysheep.camel.catalogue;

import static ai.holysheep.camel.catalogue.Rule.rule;
import static ai.holysheep.camel.catalogue.Verdict.end;
import static ai.holysheep.camel.catalogue.Verdict.text;
import static ai.holysheep.camel.catalogue.Words.DONE;
import static ai.holysheep.camel.catalogue.Words.HEL;
import static ai.holysheep.camel.catalogue.Words.STOP;
import static ai.holysheep.camel.catalogue.Words.USAGE;
import static ai.holysheep.camel.catalogue.Words.event;

/** What servers say about tokens. */
final class Figures {

  private static final String GOOD = "{\"prompt_tokens\":7,\"completion_tokens\":3}";

  private Figures() {}

  static Group group() {
    return Group.group(
        "Usage",
        usage("Usage may come without a total", GOOD, "7+3 tokens"),
        usage("Missing figures stay unknown", "{\"completion_tokens\":3}", "?+3 tokens"),
        usage("A cost does not matter", "{\"completion_tokens\":3,\"cost\":0.01}", "?+3 tokens"),
        usage(
            "Figures may be strings and fractions of nothing",
            "{\"prompt_tokens\":\"7\",\"completion_tokens\":3.0}",
            "7+3 tokens"),
        usage(
            "Figures below nothing stay unknown",
            "{\"prompt_tokens\":-7,\"completion_tokens\":3}",
            "?+3 tokens"),
        usage(
            "Figures beyond all measure stay unknown",
            "{\"prompt_tokens\":99999999999999999999,\"completion_tokens\":3}",
            "?+3 tokens"),
        usage(
            "Figures beyond an int are told",
            "{\"prompt_tokens\":5000000000,\"completion_tokens\":3}",
            "5000000000+3 tokens"),
        usage(
            "Figures may have other names",
            "{\"input_tokens\":7,\"output_tokens\":3}",
            "7+3 tokens"),
        usage(
            "Cached and reasoning tokens are told",
            "{\"prompt_tokens\":7,\"completion_tokens\":3,\"prompt_tokens_details\":{\"cached_tokens\":2},\"completion_tokens_details\":{\"reasoning_tokens\":1}}",
            "7+3 tokens (2 cached) (1 reasoning)"),
        usage(
            "Details may be null",
            "{\"prompt_tokens\":7,\"completion_tokens\":3,\"prompt_tokens_details\":null,\"completion_tokens_details\":{\"reasoning_tokens\":null}}",
            "7+3 tokens"),
        usage("Usage that says nothing is none", "{}", "tokens estimated"),
        usage("Usage that is null is none", "null", "tokens estimated"),
        usage("Usage that is a list is none", "[" + GOOD + "]", "tokens estimated"),
        rule("Usage that is null on the chunks before does not matter")
            .message("{\"choices\":[],\"usage\":null}")
            .isPassedOver(),
        rule("Usage on every chunk is cumulative, and the last one counts").stream(
                event(
                        "{\"choices\":[{\"delta\":{\"content\":\"Hel\"}}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":1}}")
                    + STOP
                    + USAGE
                    + DONE)
            .gives(text("Hel"), end("stop", "7+3 tokens")),
        rule("Usage may come on the last chunk with text").stream(
                event(
                        "{\"choices\":[{\"delta\":{\"content\":\"Hel\"},\"finish_reason\":\"stop\"}],\"usage\":"
                            + GOOD
                            + "}")
                    + DONE)
            .gives(text("Hel"), end("stop", "7+3 tokens")),
        rule("Usage that is null after the real one takes nothing away").stream(
                HEL + STOP + USAGE + event("{\"choices\":[],\"usage\":null}") + DONE)
            .gives(text("Hel"), end("stop", "7+3 tokens")),
        rule("Usage before the finish reason counts").stream(USAGE + HEL + STOP + DONE)
            .gives(text("Hel"), end("stop", "7+3 tokens")),
        rule("Usage may stand within the choice").stream(
                HEL
                    + event(
                        "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\",\"usage\":"
                            + GOOD
                            + "}]}")
                    + DONE)
            .gives(text("Hel"), end("stop", "7+3 tokens")),
        rule("Without usage tokens are estimated, and it is said so").stream(HEL + STOP + DONE)
            .gives(text("Hel"), end("stop", "tokens estimated")));
  }

  private static WireFault usage(String rule, String usage, String tokens) {
    return rule(rule).stream(HEL + STOP + event("{\"choices\":[],\"usage\":" + usage + "}") + DONE)
        .being("usage " + Words.shown(usage))
        .gives(text("Hel"), end("stop", tokens));
  }
}
