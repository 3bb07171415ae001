package ai.holysheep.camel.survival;

import static ai.holysheep.camel.survival.Step.step;

import ai.holysheep.camel.HolySheepConstants;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.Builder;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.TryDefinition;

/** Steps that hand a stream, or its parts, on to another route or branch. */
final class HandingOn {

  private static final String NEXT = "direct:next";

  /** A queue's consumers sleep for so long when they find that the context is not yet started. */
  private static final String QUEUE = "seda:next?pollTimeout=10";

  private static final String OTHER = "direct:other";

  private HandingOn() {}

  static List<Step> steps() {
    return List.of(
        step("`direct`", (routes, in) -> to(routes, in, NEXT)),
        step("`seda`", (routes, in) -> to(routes, in, QUEUE))
            .advice(
                "A slow route behind the queue does not slow the stream: give the queue a `size` and `blockWhenFull=true`."),
        step(
                "`seda` with `concurrentConsumers=2`",
                (routes, in) -> {
                  in.to(QUEUE + "&concurrentConsumers=2");
                  routes.branch(QUEUE + "&concurrentConsumers=2");
                })
            .advice("One consumer keeps the order of parts."),
        step(
            "`seda` with `waitForTaskToComplete=Always`",
            (routes, in) -> {
              in.to(QUEUE + "&waitForTaskToComplete=Always");
              routes.branch(QUEUE);
            }),
        step("`threads`", (routes, in) -> routes.rest(in.threads())),
        step(
            "`toD`",
            (routes, in) -> {
              in.toD("direct:${exchangeProperty.order}");
              routes.branch("direct:7");
            }),
        step(
                "`wireTap`",
                (routes, in) -> {
                  in.wireTap(NEXT);
                  routes.branch(NEXT);
                })
            .advice(
                "Parts that are tapped one by one may overtake; tap a `seda` with one consumer."),
        step(
                "`wireTap`, and the route itself",
                (routes, in) -> {
                  routes.rest(in.wireTap(NEXT));
                  routes.branch(NEXT);
                })
            .advice("Split once, and tap the parts inside the split."),
        step("`multicast`, one branch", (routes, in) -> multicast(routes, in.multicast(), 1)),
        step("`multicast`, two branches", (routes, in) -> multicast(routes, in.multicast(), 2))
            .advice("Split first, and multicast the parts inside the split."),
        step(
                "`multicast().parallelProcessing()`, two branches",
                (routes, in) -> multicast(routes, in.multicast().parallelProcessing(), 2))
            .advice("Split first, and multicast the parts inside the split."),
        step(
            "`recipientList`",
            (routes, in) -> {
              in.recipientList(Builder.constant(NEXT));
              routes.branch(NEXT);
            }),
        step(
            "`routingSlip`",
            (routes, in) -> {
              in.routingSlip(Builder.constant(NEXT));
              routes.branch(NEXT);
            }),
        step(
            "`loadBalance().failover()`",
            (routes, in) -> {
              in.loadBalance().failover().to(NEXT).end();
              routes.branch(NEXT);
            }),
        step(
            "`enrich`, in the route that it asks",
            (routes, in) -> {
              in.enrich(NEXT);
              routes.branch(NEXT);
            }),
        step(
            "`enrich` whose strategy keeps the body",
            (routes, in) -> {
              routes.from(OTHER).setBody(Builder.constant("other"));
              routes.rest(in.enrich(OTHER, HandingOn::kept));
            }),
        step(
            "`pollEnrich` whose strategy keeps the body",
            (routes, in) -> routes.rest(in.pollEnrich("seda:empty", 0, HandingOn::kept))),
        step(
                "`loop().copy()`, twice",
                (routes, in) -> {
                  in.loop(2).copy().to(NEXT).end();
                  routes.branch(NEXT);
                })
            .advice("A stream is there once: the second turn finds no parts."),
        step("`ProducerTemplate`", HandingOn::template),
        step("`filter`", (routes, in) -> routes.rest(in.filter(Builder.constant(true)))),
        step("`choice`", (routes, in) -> choice(routes, in)),
        step("`doTry`", HandingOn::tried),
        step("`doCatch`", HandingOn::caught),
        step("`onException(...).handled(true)`", HandingOn::handled),
        step(
            "`idempotentConsumer` of stream id and index",
            (routes, in) ->
                routes.rest(
                    in.idempotentConsumer(
                        Builder.simple(
                            "${header."
                                + HolySheepConstants.STREAM_ID
                                + "}-${header."
                                + HolySheepConstants.INDEX
                                + "}"),
                        org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository
                            .memoryIdempotentRepository(10)))));
  }

  private static void to(CaseRoutes routes, ProcessorDefinition<?> in, String endpoint) {
    in.to(endpoint);
    routes.branch(endpoint);
  }

  private static void multicast(
      CaseRoutes routes, org.apache.camel.model.MulticastDefinition in, int branches) {
    in.to(NEXT);
    routes.branch(NEXT);
    if (branches == 2) {
      in.to(OTHER);
      routes.branch(OTHER);
    }
    in.end();
  }

  private static Exchange kept(Exchange old, Exchange other) {
    return old;
  }

  private static void template(CaseRoutes routes, ProcessorDefinition<?> in) {
    in.process(
        exchange -> {
          try (var template = exchange.getContext().createProducerTemplate()) {
            template.sendBodyAndHeaders(
                NEXT, exchange.getMessage().getBody(), exchange.getMessage().getHeaders());
          }
        });
    routes.branch(NEXT);
  }

  private static void choice(CaseRoutes routes, ProcessorDefinition<?> in) {
    in.choice().when(Builder.constant(true)).to(NEXT).otherwise().to("mock:other").end();
    routes.branch(NEXT);
  }

  private static void tried(CaseRoutes routes, ProcessorDefinition<?> in) {
    TryDefinition attempt = in.doTry();
    routes.rest(attempt);
    attempt.doCatch(IllegalStateException.class).to("mock:failed").end();
  }

  private static void caught(CaseRoutes routes, ProcessorDefinition<?> in) {
    routes.rest(
        in.doTry()
            .throwException(new IllegalStateException("step"))
            .doCatch(IllegalStateException.class));
  }

  private static void handled(CaseRoutes routes, ProcessorDefinition<?> in) {
    in.to("direct:failing");
    var failing = routes.from("direct:failing");
    routes.rest(failing.onException(IllegalStateException.class).handled(true));
    failing.throwException(new IllegalStateException("step"));
  }
}
