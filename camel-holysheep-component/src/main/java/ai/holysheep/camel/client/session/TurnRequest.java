package ai.holysheep.camel.client.session;

import ai.holysheep.camel.wire.ClientPayload;
import org.jspecify.annotations.Nullable;

/**
 * What a turn is begun with.
 *
 * @param input what the user says
 * @param asked how the model is asked
 * @param owner in whose name; null for nobody's
 */
record TurnRequest(ClientPayload input, SessionRequest asked, @Nullable String owner) {}
