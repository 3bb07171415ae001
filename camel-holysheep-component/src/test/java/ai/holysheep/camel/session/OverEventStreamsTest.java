package ai.holysheep.camel.session;

class OverEventStreamsTest extends AgentSessionContract {

  @Override
  boolean hasSocket() {
    return false;
  }
}
