package ai.holysheep.camel.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerRequest;

/** Answers the list of models and single models. */
final class ModelsHandler {

  /** 2025-01-01, the same for all models: when they were made is not published. */
  private static final long CREATED_SECONDS = 1_735_689_600L;

  private ModelsHandler() {}

  static void list(HttpServerRequest http) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("object", "list");
    ArrayNode data = root.putArray("data");
    ModelCatalogue.all().forEach(model -> data.add(json(model)));
    Replies.json(http, 200, root.toString());
  }

  static void one(HttpServerRequest http, String id) {
    SimulatedModel model =
        ModelCatalogue.find(id).orElseThrow(() -> ApiError.unknownModel(id).refused());
    Replies.json(http, 200, json(model).toString());
  }

  private static ObjectNode json(SimulatedModel model) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", model.id())
        .put("object", "model")
        .put("created", CREATED_SECONDS)
        .put("owned_by", model.ownedBy());
  }
}
