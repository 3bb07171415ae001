package ai.holysheep.camel.client;

import ai.holysheep.camel.recovery.RetryBudget;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** One budget for each server, so that one that is down takes nothing from another. Thread-safe. */
final class RetryBudgets {

  /** Messages may bring addresses of their own, so their number has to have an end. */
  private static final int MOST_SERVERS = 1000;

  private final int triesOfEach;

  // Guarded by this; the one that was not used for longest is forgotten first.
  private final Map<String, RetryBudget> budgets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RetryBudget> eldest) {
          return size() > MOST_SERVERS;
        }
      };

  RetryBudgets(int triesOfEach) {
    this.triesOfEach = triesOfEach;
  }

  synchronized RetryBudget of(URI uri) {
    String server = uri.getScheme() + "://" + uri.getAuthority();
    return budgets.computeIfAbsent(server, any -> new RetryBudget(triesOfEach));
  }
}
