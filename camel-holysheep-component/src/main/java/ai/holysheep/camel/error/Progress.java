package ai.holysheep.camel.error;

/** How far a call had come, in all its tries, when it failed: what another try would repeat. */
public enum Progress {
  /** Nothing had been sent. */
  NOT_SENT,
  /** The request had been sent or begun; no part of the answer had been handed on. */
  SENT,
  /** Parts of the answer had been handed on. */
  PARTIAL
}
