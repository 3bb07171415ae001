package ai.holysheep.camel.session;

class OverSocketTest extends AgentSessionContract {

  @Override
  boolean hasSocket() {
    return true;
  }
}
