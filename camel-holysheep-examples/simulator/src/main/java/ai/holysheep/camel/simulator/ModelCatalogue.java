package ai.holysheep.camel.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The models that the simulator offers, with the delays that the vendor publishes. Holds data only.
 */
public final class ModelCatalogue {

  private static final List<SimulatedModel> PUBLISHED =
      List.of(
          model("gpt-4.1", 1_240, 48, "openai"),
          model("claude-sonnet-4.5", 980, 42, "anthropic"),
          model("gemini-2.5-flash", 380, 18, "google"),
          model("deepseek-v3.2", 290, 12, "deepseek"));

  private ModelCatalogue() {}

  /**
   * All models, in the order of the vendor's table.
   *
   * @return an immutable list
   */
  public static List<SimulatedModel> all() {
    return PUBLISHED;
  }

  /**
   * Looks a model up by its exact id.
   *
   * @param id the id, case matters
   * @return the model, or empty if there is none of that id
   */
  public static Optional<SimulatedModel> find(String id) {
    return PUBLISHED.stream().filter(model -> model.id().equals(id)).findFirst();
  }

  private static SimulatedModel model(
      String id, long firstTokenMillis, long intervalMillis, String ownedBy) {
    return new SimulatedModel(
        id, Duration.ofMillis(firstTokenMillis), Duration.ofMillis(intervalMillis), ownedBy);
  }
}
