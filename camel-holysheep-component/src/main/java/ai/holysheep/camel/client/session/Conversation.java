package ai.holysheep.camel.client.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * What has been said in a session, as messages of a chat completion: what the server of a socket
 * knows by itself, and any other has to be told again. The oldest turns are forgotten first. Not
 * thread-safe, the session guards it.
 */
final class Conversation {

  private final int maxTurns;
  private final Deque<List<Map<String, Object>>> turns = new ArrayDeque<>();

  Conversation(int maxTurns) {
    this.maxTurns = maxTurns;
  }

  /** Adds the messages of a turn, which belong together. */
  void add(List<Map<String, Object>> messages) {
    turns.add(messages);
    if (turns.size() > maxTurns) {
      turns.remove();
    }
  }

  /** All messages, and behind them those of a turn that is under way. */
  List<Map<String, Object>> with(List<Map<String, Object>> turn) {
    List<Map<String, Object>> all = new ArrayList<>();
    turns.forEach(all::addAll);
    all.addAll(turn);
    return all;
  }

  static Map<String, Object> message(String role, Object content) {
    return Map.of("role", role, "content", content);
  }
}
