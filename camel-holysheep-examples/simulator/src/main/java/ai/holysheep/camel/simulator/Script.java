package ai.holysheep.camel.simulator;

import java.util.function.Consumer;

/**
 * An answer as a sequence of events, written when they are asked for. Step k, from 0, holds the
 * k-th token; step {@code length()} holds what comes with the last of them.
 */
interface Script {

  /** How many steps have a token. */
  int length();

  /** What comes before all steps. */
  void opening(Consumer<String> sink);

  void step(int step, Consumer<String> sink);

  /** What comes after all steps. */
  void closing(Consumer<String> sink);

  /** An event that cannot be parsed. */
  String malformed();

  String error(ApiError error);
}
