package ai.holysheep.camel.chat;

/** What the pieces of a text, as the server sends them, are joined to. */
public enum CoalescingUnit {
  /** Nothing: each piece is a part. */
  NONE,
  /** Characters as a reader sees them; a part ends where a piece ends. */
  CHARACTERS,
  /** Whole words; where a script has no blanks between them, its characters. */
  WORDS,
  /** Whole sentences; a line feed ends one too. */
  SENTENCES,
  /** What has come within a time. */
  TIME
}
