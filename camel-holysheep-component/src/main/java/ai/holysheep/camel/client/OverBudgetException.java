package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.Usage;

/** A call has used more than it may. Made an error for others by {@link Diagnosis}. */
final class OverBudgetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Usage used;

  OverBudgetException(Usage used) {
    super("over budget", null, false, false);
    this.used = used;
  }

  Usage used() {
    return used;
  }
}
