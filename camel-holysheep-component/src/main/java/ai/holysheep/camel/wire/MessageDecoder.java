package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.Chunk;

/** Reads the messages of one call. Not thread-safe. */
public interface MessageDecoder {

  /**
   * Reads JSON in UTF-8.
   *
   * @throws UnreadableException when it does not begin with an object, or breaks off within one
   * @throws ai.holysheep.camel.error.LimitExceededException when it is nested too deeply
   */
  Chunk decode(byte[] data, int offset, int length) throws UnreadableException;
}
