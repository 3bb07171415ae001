package ai.holysheep.camel.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The models that the simulator offers, with the delays and prices that the vendor publishes. Holds
 * data only.
 */
public final class ModelCatalogue {

  private static final List<SimulatedModel> PUBLISHED =
      List.of(
          model("gpt-4.1", 1_240, 48, "openai", "8.00"),
          model("claude-sonnet-4.5", 980, 42, "anthropic", "15.00"),
          model("gemini-2.5-flash", 380, 18, "google", "2.50"),
          model("deepseek-v3.2", 290, 12, "deepseek", "0.42"));

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
      String id, long firstTokenMillis, long intervalMillis, String ownedBy, String outputPrice) {
    return new SimulatedModel(
        id,
        Duration.ofMillis(firstTokenMillis),
        Duration.ofMillis(intervalMillis),
        ownedBy,
        new BigDecimal(outputPrice));
  }
}
