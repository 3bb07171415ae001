package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.EventStream;
import ai.holysheep.camel.testing.PushedEvents;

/** The same for calls whose events are pushed. */
class PushedReconnectTest extends ReconnectTest {

  @Override
  EventStream open(ChatRequest request, CallSettings settings, String owner) {
    return PushedEvents.open(client, transport, request, settings, owner);
  }
}
