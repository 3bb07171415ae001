package ai.holysheep.camel;

import org.apache.camel.CamelContext;

/** Lets tests of other packages see how many calls a component has under way. */
public final class OpenCalls {

  private OpenCalls() {}

  public static int of(CamelContext context) {
    return context
        .getComponent("holysheep", HolySheepComponent.class)
        .engine()
        .client()
        .activeCount();
  }
}
