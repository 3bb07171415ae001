package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.EventStream;

/** The same for calls that go on while their reader waits. */
class AwaitedReconnectTest extends ReconnectTest {

  @Override
  EventStream open(ChatRequest request, CallSettings settings, String owner) {
    return client.stream(request, awaited(settings), owner);
  }
}
