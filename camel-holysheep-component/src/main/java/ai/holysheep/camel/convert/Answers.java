package ai.holysheep.camel.convert;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.error.Received;

/** What is given out as a whole answer has to be one. */
public final class Answers {

  private Answers() {}

  /** The failure of whoever wants the whole of an answer of which only the beginning was kept. */
  public static HolySheepException notKept(ChatAnswer answer, long takenCount) {
    return new ProtocolViolatedException(
        "Stream "
            + answer.streamId()
            + " has no whole answer to give: it is longer than what a call keeps, "
            + answer.receivedCharacters()
            + " characters have come so far. Take its parts, or raise the option"
            + " 'maxKeptCharacters'.",
        FailureContext.NONE.received(new Received(answer, takenCount, null)));
  }
}
