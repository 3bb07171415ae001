package ai.holysheep.camel.stream;

import ai.holysheep.camel.chat.ChoiceDelta;
import ai.holysheep.camel.chat.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes reasoning of what stands between {@code <think>} and {@code </think>} at the start of an
 * answer's text, for servers that do not tell the two apart themselves. The rest stays as it is;
 * but for the two tags, no character is lost or moved. Of a tag that comes in pieces, the beginning
 * is held back until it is known whether it is one. Not thread-safe, the caller guards it.
 */
public final class ThinkTags {

  private final int maxChoices;
  private final Map<Integer, ChoiceTags> choices = new TreeMap<>();
  private boolean endedWithinTag;

  /**
   * @param choiceCount how many answers were asked for
   */
  public ThinkTags(int choiceCount) {
    this.maxChoices = EventSequence.maxChoices(choiceCount);
  }

  /** The same chunk with reasoning instead of tagged text; itself where there is none. */
  public Chunk split(Chunk chunk) {
    List<ChoiceDelta> deltas = chunk.choices();
    List<ChoiceDelta> parts = null;
    for (int i = 0; i < deltas.size(); i++) {
      ChoiceDelta delta = deltas.get(i);
      ChoiceTags tags = tagsThatMayCome(delta);
      if (tags != null && parts == null) {
        parts = new ArrayList<>(deltas.subList(0, i));
      }
      if (parts != null) {
        add(delta, tags, parts);
      }
    }
    return parts == null
        ? chunk
        : new Chunk(chunk.responseId(), chunk.model(), parts, chunk.usage(), chunk.error());
  }

  private static void add(ChoiceDelta delta, @Nullable ChoiceTags tags, List<ChoiceDelta> parts) {
    if (tags == null) {
      parts.add(delta);
    } else {
      tags.split(delta, parts);
    }
  }

  /** Null where there is nothing to split. */
  private @Nullable ChoiceTags tagsThatMayCome(ChoiceDelta delta) {
    String text = delta.text();
    if (text == null || text.isEmpty()) {
      return null;
    }
    ChoiceTags tags = choices.get(delta.index());
    if (tags == null && choices.size() < maxChoices) {
      // Where there are more, the sequence of events refuses them.
      tags = new ChoiceTags();
      choices.put(delta.index(), tags);
    }
    return tags == null || tags.isPast() ? null : tags;
  }

  /**
   * What was held back, now that no more comes in this try.
   *
   * @return null where nothing was
   */
  public @Nullable Chunk rest() {
    List<ChoiceDelta> held = new ArrayList<>();
    choices.forEach((index, tags) -> tags.letGo(index, held));
    endedWithinTag |= !held.isEmpty();
    return held.isEmpty() ? null : new Chunk(null, null, held, null, null);
  }

  /** Whether this try has ended in the middle of what may have been a tag. */
  public boolean hasEndedWithinTag() {
    return endedWithinTag;
  }

  /** Another try begins, whose answers may think again, also where they go on after a text. */
  public void nextAttempt() {
    choices.clear();
    endedWithinTag = false;
  }
}
