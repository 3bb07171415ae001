package ai.holysheep.camel.survival;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;

/** The routes of one case: the call, the step, and behind it what sees what is left. */
final class CaseRoutes extends RouteBuilder {

  static final String ASK = "direct:ask";
  static final String HEADER = "correlation";
  static final String PROPERTY = "order";

  private final Step step;
  private final Place place;
  private final String uri;
  private final Sightings sightings;

  CaseRoutes(Step step, Place place, String uri, Sightings sightings) {
    this.step = step;
    this.place = place;
    this.uri = uri;
    this.sightings = sightings;
  }

  @Override
  public void configure() throws Exception {
    switch (place) {
      case BETWEEN, SPLIT -> step.wire(this, asking().to(uri).process(sightings::keeps));
      case INSIDE -> step.wire(this, entering(asking().to(uri).split(body()).streaming()));
      case TARGET -> {
        asking().to(pushing());
        step.wire(this, entering(from("direct:parts")));
      }
      case BEHIND -> {
        from("direct:parts").log("${header.CamelHolySheepIndex}");
        step.wire(this, asking().to(pushing()));
      }
      case CONSUMER -> step.wire(this, entering(consumer()));
      case ASKS_PULL -> step.wire(this, asking());
      case ASKS_PUSH -> {
        from("direct:parts").process(e -> sightings.enters(e)).process(sink("parts"));
        step.wire(this, asking());
      }
    }
  }

  /** The endpoint that the step asks, for steps that ask themselves. */
  String asked() {
    return place == Place.ASKS_PUSH ? pushing() : uri;
  }

  /** Sees what comes out of the step, here in the route. */
  void rest(ProcessorDefinition<?> behind) {
    rest(behind, "route");
  }

  /** Sees what comes to this endpoint; several of them are branches. */
  void branch(String endpoint) {
    rest(from(endpoint), endpoint);
  }

  private void rest(ProcessorDefinition<?> behind, String branch) {
    sightings.branch(branch);
    if (place == Place.BETWEEN || place == Place.ASKS_PULL) {
      behind.split(body()).streaming().process(sink(branch)).end();
    } else if (place != Place.ASKS_PUSH) {
      behind.process(sink(branch));
    }
  }

  private org.apache.camel.Processor sink(String branch) {
    return exchange -> sightings.sees(branch, exchange);
  }

  private ProcessorDefinition<?> asking() {
    return from(ASK).setProperty(PROPERTY, constant(7));
  }

  private ProcessorDefinition<?> consumer() {
    return from(uri + "&prompt=Hi&initialDelay=0&repeatCount=1")
        .setHeader(HEADER, constant("c-7"))
        .setProperty(PROPERTY, constant(7));
  }

  private ProcessorDefinition<?> entering(ProcessorDefinition<?> parts) {
    return parts.process((Exchange exchange) -> sightings.enters(exchange));
  }

  private String pushing() {
    return uri + "&streamTo=direct:parts";
  }
}
