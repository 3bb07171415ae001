package ai.holysheep.camel.survival;

import static ai.holysheep.camel.survival.Step.step;

import java.util.List;
import org.apache.camel.builder.Builder;

/** EIPs that ask the model themselves, with a copy of the exchange or not. */
final class Asking {

  private Asking() {}

  static List<Step> steps() {
    return List.of(
        step("`to`", (routes, in) -> routes.rest(in.to(routes.asked()))),
        step("`toD`", (routes, in) -> routes.rest(in.toD(routes.asked()))),
        step("`enrich`", (routes, in) -> routes.rest(in.enrich(routes.asked()))),
        step(
            "`recipientList`",
            (routes, in) ->
                routes.rest(in.recipientList(Builder.constant(routes.asked()), "false"))),
        step(
            "`routingSlip`",
            (routes, in) -> routes.rest(in.routingSlip(Builder.constant(routes.asked()), "|"))),
        step(
            "`multicast`, one branch",
            (routes, in) -> routes.rest(in.multicast().to(routes.asked()).end())),
        step(
            "`loadBalance().failover()`",
            (routes, in) -> routes.rest(in.loadBalance().failover().to(routes.asked()).end())),
        step(
            "`loop(1).copy()`",
            (routes, in) -> routes.rest(in.loop(1).copy().to(routes.asked()).end())),
        step(
            "`doTry`",
            (routes, in) ->
                routes.rest(
                    in.doTry()
                        .to(routes.asked())
                        .doCatch(IllegalStateException.class)
                        .to("mock:failed")
                        .end())),
        step(
            "`wireTap`",
            (routes, in) -> {
              in.wireTap("direct:tapped");
              routes.rest(routes.from("direct:tapped").to(routes.asked()));
            }));
  }
}
