package ai.holysheep.camel.survival;

import static ai.holysheep.camel.survival.Step.step;

import ai.holysheep.camel.HolySheepAggregationStrategy;
import java.util.List;
import org.apache.camel.builder.Builder;

/** Ways to split a stream. */
final class Splitting {

  private Splitting() {}

  static List<Step> steps() {
    return List.of(
        step(
            "`split(body()).streaming()`",
            (routes, in) -> routes.rest(in.split(Builder.body()).streaming())),
        step("`split(body())`", (routes, in) -> routes.rest(in.split(Builder.body())))
            .advice("Add `streaming()`."),
        step(
                "`split(body()).streaming().parallelProcessing()`",
                (routes, in) ->
                    routes.rest(in.split(Builder.body()).streaming().parallelProcessing()))
            .advice("Leave `parallelProcessing()` out where the order counts."),
        step(
            "`split(body(), new HolySheepAggregationStrategy()).streaming()`",
            (routes, in) ->
                routes.rest(
                    in.split(Builder.body(), new HolySheepAggregationStrategy()).streaming())),
        step(
            "`stopOnException()`, and a part fails",
            (routes, in) -> {
              var split = in.split(Builder.body()).streaming().stopOnException();
              routes.rest(split);
              split.throwException(new IllegalStateException("part"));
            }),
        step(
            "`stopOnException()`, and `stop()` in a part",
            (routes, in) -> {
              var split = in.split(Builder.body()).streaming().stopOnException();
              routes.rest(split);
              split.stop();
            }),
        step(
            "`stopOnException()`, and `markRollbackOnly()` in a part",
            (routes, in) -> {
              var split = in.split(Builder.body()).streaming().stopOnException();
              routes.rest(split);
              split.markRollbackOnly();
            }),
        step(
                "a part fails, without `stopOnException()`",
                (routes, in) -> {
                  var split = in.split(Builder.body()).streaming();
                  routes.rest(split);
                  split.throwException(new IllegalStateException("part"));
                })
            .advice("With `stopOnException()` the model stops as well."));
  }
}
