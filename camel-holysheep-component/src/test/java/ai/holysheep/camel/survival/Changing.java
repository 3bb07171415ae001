package ai.holysheep.camel.survival;

import static ai.holysheep.camel.survival.Step.step;

import ai.holysheep.camel.HolySheepAggregationStrategy;
import ai.holysheep.camel.HolySheepConstants;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Handler;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.Builder;
import org.apache.camel.model.ProcessorDefinition;

/** Steps that look at a stream or its parts, wait, or make something else of them. */
final class Changing {

  /** What a bean of a route sees. */
  static final class Reader {

    @Handler
    void read(Exchange exchange) {
      exchange.getMessage().getHeaders();
    }
  }

  private Changing() {}

  static List<Step> steps() {
    return List.of(
        step(
                "`log(\"${body}\")`",
                (routes, in) -> routes.rest(in.log(LoggingLevel.ERROR, "${body}")))
            .advice("Between endpoint and split, log without the body, or log inside the split."),
        step("`to(\"log:...\")`", (routes, in) -> routes.rest(in.to("log:parts?level=ERROR")))
            .advice("As above, or `showBody=false`."),
        step(
            "`to(\"log:...?showBody=false\")`",
            (routes, in) -> routes.rest(in.to("log:parts?level=ERROR&showBody=false"))),
        step("`mock`", (routes, in) -> routes.rest(in.to("mock:looks"))),
        step("`bean` that leaves the body", (routes, in) -> routes.rest(in.bean(new Reader()))),
        step(
                "`file`",
                (routes, in) ->
                    routes.rest(
                        in.to("file:target/survival?fileName=${exchangeId}&fileExist=Append")))
            .advice("A file takes the stream: write it, or split it and write the parts."),
        step(
                "`convertBodyTo(String.class)`",
                (routes, in) -> routes.rest(in.convertBodyTo(String.class)))
            .advice(
                "Between endpoint and split it makes one message of the stream; inside a split it is harmless."),
        step("`setBody(...)`", (routes, in) -> routes.rest(in.setBody(Builder.constant("other"))))
            .advice("Keep the stream in a variable or property, or close it."),
        step("`marshal().json()`", (routes, in) -> routes.rest(in.marshal().json()))
            .advice("For JSON per part, `bodyFormat=json`."),
        step(
            "`setHeader`",
            (routes, in) -> routes.rest(in.setHeader("late", Builder.constant("yes")))),
        step(
                "`removeHeaders(\"*\")`",
                (routes, in) -> routes.rest(in.removeHeaders("*", HolySheepConstants.INDEX)))
            .advice("Name the headers to remove: parts lose their type and stream id too."),
        step("`delay`", (routes, in) -> routes.rest(in.delay(1))),
        step("`throttle`", (routes, in) -> routes.rest(in.throttle(100).timePeriodMillis(1))),
        step("`aggregate` with `HolySheepAggregationStrategy`", Changing::aggregated)
            .not(Place.BETWEEN, "it joins parts")
            .not(Place.BEHIND, "it joins parts"),
        step("`resequence` by index", Changing::resequenced)
            .not(Place.BETWEEN, "it sorts parts")
            .not(Place.BEHIND, "it sorts parts")
            .advice(
                "Parts come in order; where they may overtake, the strategy above joins them in any order."),
        step(
            "a second split, with `streaming()`",
            (routes, in) -> routes.rest(in.split(Builder.body()).streaming())),
        step(
            "`stop()`",
            (routes, in) -> {
              routes.rest(in);
              in.stop();
            }),
        step(
            "`throwException`, behind what uses it",
            (routes, in) -> {
              routes.rest(in);
              in.throwException(new IllegalStateException("step"));
            }),
        step(
            "`markRollbackOnly`, behind what uses it",
            (routes, in) -> {
              routes.rest(in);
              in.markRollbackOnly();
            }));
  }

  private static void aggregated(CaseRoutes routes, ProcessorDefinition<?> in) {
    HolySheepAggregationStrategy strategy = new HolySheepAggregationStrategy();
    routes.rest(
        in.aggregate(Builder.header(HolySheepConstants.STREAM_ID), strategy)
            .completionPredicate(strategy));
  }

  private static void resequenced(CaseRoutes routes, ProcessorDefinition<?> in) {
    routes.rest(
        in.resequence(Builder.header(HolySheepConstants.INDEX)).batch().size(3).timeout(60_000));
  }
}
