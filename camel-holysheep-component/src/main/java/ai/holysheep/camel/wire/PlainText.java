package ai.holysheep.camel.wire;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.StreamEncoder;
import ai.holysheep.camel.chat.TextReceived;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The text of the first answer in UTF-8. It has no words for anything else. */
final class PlainText implements StreamEncoder {

  private static final byte[] NOTHING = {};

  private String heldBack = "";
  private boolean begun;
  private boolean over;
  private @Nullable RuntimeException failure;

  @Override
  public byte[] encode(ChatEvent event) {
    if (over) {
      return NOTHING;
    }
    if (event instanceof TextReceived received && isOfFirstAnswer(event)) {
      begun = true;
      return wholeCharacters(heldBack + received.text());
    }
    if (event instanceof AnswerRestarted restarted) {
      heldBack = "";
      // Bytes that were given out cannot be taken back.
      return begun ? encodeFailure(restarted.cause()) : NOTHING;
    }
    if (event instanceof CallFailed failed) {
      return encodeFailure(failed.exception());
    }
    over = event.isLast();
    return over ? heldBack.getBytes(StandardCharsets.UTF_8) : NOTHING;
  }

  @Override
  public byte[] encodeFailure(RuntimeException exception) {
    if (!over) {
      over = true;
      failure = exception;
    }
    return NOTHING;
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public @Nullable RuntimeException untoldFailure() {
    return failure;
  }

  @Override
  public @Nullable RuntimeException failure() {
    return failure;
  }

  static boolean isOfFirstAnswer(ChatEvent event) {
    Integer choice = event.origin().choiceIndex();
    return choice == null || choice == 0;
  }

  /** The first half of a character waits for the second, which may come with the next event. */
  private byte[] wholeCharacters(String text) {
    int end = text.length();
    int whole = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    heldBack = text.substring(whole);
    return text.substring(0, whole).getBytes(StandardCharsets.UTF_8);
  }
}
