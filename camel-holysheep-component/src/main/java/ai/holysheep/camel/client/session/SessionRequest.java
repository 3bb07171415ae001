package ai.holysheep.camel.client.session;

import ai.holysheep.camel.client.CallSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a model is asked in a turn.
 *
 * @param systemMessage put before the conversation; null for none
 * @param overrides OpenAI's request fields that were set for this turn
 * @param defaults OpenAI's request fields that were set in the route
 * @param settings the connection, its deadlines and its limits
 */
public record SessionRequest(
    @Nullable String systemMessage,
    Map<String, Object> overrides,
    Map<String, Object> defaults,
    CallSettings settings) {}
