package ai.holysheep.camel.stream;

import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallFragment;
import ai.holysheep.camel.error.LimitExceededException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Joins the fragments of the tool calls of one answer. Fragments belong together by their index;
 * servers that do not number them begin a call with a new id or, without ids, with a name. A call
 * must be held to be joined, so one that is too long to be held is a failure.
 */
final class ToolCallAssembler {

  /** Far more than any model asks for at once. */
  private static final int MAX_CALLS = 1024;

  // Found by maps, so that a server that makes up numbers costs no more than its bytes.
  private final List<Draft> drafts = new ArrayList<>();
  private final List<Draft> untaken = new ArrayList<>();
  private final Map<Integer, Draft> latestByIndex = new HashMap<>();
  private final Map<String, Draft> firstById = new HashMap<>();
  private final Allowance allowance;
  private long droppedCharacters;

  ToolCallAssembler(Allowance allowance) {
    this.allowance = allowance;
  }

  /**
   * Adds a fragment. One that says nothing but a number makes no call. A call that was taken is
   * told: what still comes for it is too late, and dropped.
   *
   * @throws LimitExceededException when it is more than may be kept; the call is not complete then
   */
  void accept(ToolCallFragment fragment) {
    if (!says(fragment.id()) && !says(fragment.name()) && !says(fragment.arguments())) {
      return;
    }
    Draft draft = draftOf(fragment);
    String id = fragment.id();
    if (id != null && !firstById.containsKey(id)) {
      allow(draft, id);
      firstById.put(id, draft);
    }
    if (draft.taken == null) {
      draft.whole |= fragment.whole();
      add(fragment, draft);
    }
  }

  private void add(ToolCallFragment fragment, Draft draft) {
    if (says(fragment.id())) {
      draft.id = fragment.id();
    }
    // Some servers repeat the whole name in every fragment, some send it in pieces.
    String name = fragment.name();
    if (name != null && !name.contentEquals(draft.name)) {
      allow(draft, name);
      draft.name.append(name);
    }
    String arguments = fragment.arguments();
    if (arguments != null) {
      allow(draft, arguments);
      draft.arguments.append(arguments);
    }
  }

  private void allow(Draft draft, String piece) {
    if (!allowance.takeForToolCall(piece.length())) {
      draft.cut = true;
      droppedCharacters += piece.length();
      throw allowance.toolCallsTooLong();
    }
  }

  /** How many characters came that are not kept. */
  long droppedCharacters() {
    return droppedCharacters;
  }

  /** Whether there is a call that the answer ends with: others are made while it goes on. */
  boolean isEndOfAnswer() {
    return drafts.stream().anyMatch(draft -> !draft.whole);
  }

  /** The calls in order of their index. */
  List<ToolCall> calls(boolean complete) {
    return drafts.stream()
        .sorted(Comparator.comparingInt(draft -> draft.index))
        .map(draft -> draft.call(complete))
        .toList();
  }

  /** The calls that were not taken before, in order of their index. */
  List<ToolCall> take(boolean complete) {
    if (untaken.isEmpty()) {
      return List.of();
    }
    List<ToolCall> calls =
        untaken.stream()
            .sorted(Comparator.comparingInt(draft -> draft.index))
            .map(draft -> draft.take(complete))
            .toList();
    untaken.clear();
    return calls;
  }

  private Draft draftOf(ToolCallFragment fragment) {
    Integer index = fragment.index();
    Draft found = index == null ? unnumbered(fragment) : numbered(index, fragment);
    return found == null ? begin(index == null ? drafts.size() : index) : found;
  }

  private Draft begin(int index) {
    if (drafts.size() == MAX_CALLS) {
      throw new LimitExceededException("an answer has more than " + MAX_CALLS + " tool calls");
    }
    Draft draft = new Draft(index);
    drafts.add(draft);
    untaken.add(draft);
    latestByIndex.put(index, draft);
    return draft;
  }

  /**
   * Some servers give all parallel calls the index 0; then a new id with a name begins the next.
   */
  private @Nullable Draft numbered(int index, ToolCallFragment fragment) {
    Draft found = latestByIndex.get(index);
    return found != null && found.isFollowedBy(fragment) ? null : found;
  }

  private @Nullable Draft unnumbered(ToolCallFragment fragment) {
    String id = fragment.id();
    if (says(id)) {
      return firstById.get(id);
    }
    Draft last = drafts.isEmpty() ? null : drafts.get(drafts.size() - 1);
    return last != null && last.isEndedBy(fragment) ? null : last;
  }

  private static boolean says(@Nullable String text) {
    return text != null && !text.isEmpty();
  }

  private static final class Draft {

    private final int index;
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();
    private @Nullable String id;
    private @Nullable ToolCall taken;
    private boolean cut;
    private boolean whole;

    Draft(int index) {
      this.index = index;
    }

    /** Whether a fragment with the same index begins another call. */
    boolean isFollowedBy(ToolCallFragment fragment) {
      String otherId = fragment.id();
      boolean repeated = says(otherId) && Objects.equals(otherId, id);
      boolean another = taken != null || says(otherId) && id != null;
      return says(fragment.name()) && !repeated && another;
    }

    /** Whether a fragment without index and id begins another call. */
    boolean isEndedBy(ToolCallFragment fragment) {
      return says(fragment.name()) && (!arguments.isEmpty() || taken != null);
    }

    ToolCall take(boolean complete) {
      taken = call(complete);
      return taken;
    }

    ToolCall call(boolean complete) {
      return taken != null
          ? taken
          : new ToolCall(id, name.toString(), arguments.toString(), (complete || whole) && !cut);
    }
  }
}
