package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.ActiveStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The calls that are under way, by the ids of their streams. Thread-safe. */
final class ActiveCalls {

  private final Map<String, RunningCall> calls = new ConcurrentHashMap<>();

  void add(String id, RunningCall call) {
    calls.put(id, call);
  }

  void remove(String id) {
    calls.remove(id);
  }

  int count() {
    return calls.size();
  }

  /** How each of them stands now, in no order. */
  List<ActiveStream> states() {
    return calls.values().stream().map(RunningCall::state).toList();
  }

  void cancelAll(String reason) {
    calls.values().forEach(call -> call.cancel(reason));
  }

  void cancelAllOf(String owner, String reason) {
    calls.values().stream().filter(call -> call.isOf(owner)).forEach(call -> call.cancel(reason));
  }

  /** Cancels one call; false where it is not under way. */
  boolean cancel(String id, String reason) {
    RunningCall call = calls.get(id);
    if (call != null) {
      call.cancel(reason);
    }
    return call != null;
  }
}
