package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.ActiveStream;

/** A call that is under way, for those who did not begin it. Thread-safe. */
interface RunningCall {

  /** Whether it was made in the name of this owner. */
  boolean isOf(String owner);

  /** How it stands now. */
  ActiveStream state();

  /** See {@link ai.holysheep.camel.chat.EventStream#cancel}. */
  void cancel(String reason);
}
