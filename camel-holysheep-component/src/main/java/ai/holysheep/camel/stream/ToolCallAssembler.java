package ai.holysheep.camel.stream;

import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallFragment;
import ai.holysheep.camel.error.LimitExceededException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Joins the fragments of the tool calls of one answer. Fragments belong together by their index;
 * servers that do not number them begin a call with a new id or, without ids, with a name.
 */
final class ToolCallAssembler {

  /** Far more than any model asks for at once. */
  private static final int MAX_CALLS = 1024;

  private final List<Draft> drafts = new ArrayList<>();

  /** A call that was taken is told: what still comes for it is too late, and dropped. */
  void accept(ToolCallFragment fragment) {
    Draft draft = draftOf(fragment);
    if (draft.taken == null) {
      draft.add(fragment);
    }
  }

  boolean isEmpty() {
    return drafts.isEmpty();
  }

  /** The calls in order of their index. */
  List<ToolCall> calls(boolean complete) {
    return inOrder().map(draft -> draft.call(complete)).toList();
  }

  /** The calls that were not taken before, in order of their index. */
  List<ToolCall> take(boolean complete) {
    return inOrder()
        .filter(draft -> draft.taken == null)
        .map(draft -> draft.take(complete))
        .toList();
  }

  private Stream<Draft> inOrder() {
    return drafts.stream().sorted(Comparator.comparingInt(draft -> draft.index));
  }

  private Draft draftOf(ToolCallFragment fragment) {
    Integer index = fragment.index();
    Draft found = index == null ? unnumbered(fragment) : numbered(index, fragment);
    if (found == null) {
      if (drafts.size() == MAX_CALLS) {
        throw new LimitExceededException("an answer has more than " + MAX_CALLS + " tool calls");
      }
      found = new Draft(index == null ? drafts.size() : index);
      drafts.add(found);
    }
    return found;
  }

  /**
   * Some servers give all parallel calls the index 0; then a new id with a name begins the next.
   */
  private @Nullable Draft numbered(int index, ToolCallFragment fragment) {
    Draft found = null;
    for (Draft draft : drafts) {
      found = draft.index == index ? draft : found;
    }
    return found != null && found.isFollowedBy(fragment) ? null : found;
  }

  private @Nullable Draft unnumbered(ToolCallFragment fragment) {
    String id = fragment.id();
    if (id != null && !id.isEmpty()) {
      return drafts.stream().filter(draft -> id.equals(draft.id)).findFirst().orElse(null);
    }
    Draft last = drafts.isEmpty() ? null : drafts.get(drafts.size() - 1);
    return last != null && last.isEndedBy(fragment) ? null : last;
  }

  private static final class Draft {

    private final int index;
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();
    private @Nullable String id;
    private @Nullable ToolCall taken;

    Draft(int index) {
      this.index = index;
    }

    /** Whether a fragment with the same index begins another call. */
    boolean isFollowedBy(ToolCallFragment fragment) {
      String otherId = fragment.id();
      boolean hasId = otherId != null && !otherId.isEmpty();
      boolean repeated = hasId && Objects.equals(id, otherId);
      return isNamed(fragment) && !repeated && (taken != null || hasId && id != null);
    }

    /** Whether a fragment without index and id begins another call. */
    boolean isEndedBy(ToolCallFragment fragment) {
      return isNamed(fragment) && (!arguments.isEmpty() || taken != null);
    }

    private static boolean isNamed(ToolCallFragment fragment) {
      return fragment.name() != null && !fragment.name().isEmpty();
    }

    void add(ToolCallFragment fragment) {
      if (fragment.id() != null && !fragment.id().isEmpty()) {
        id = fragment.id();
      }
      // Some servers repeat the whole name in every fragment, some send it in pieces.
      if (fragment.name() != null && !fragment.name().contentEquals(name)) {
        name.append(fragment.name());
      }
      if (fragment.arguments() != null) {
        arguments.append(fragment.arguments());
      }
    }

    ToolCall take(boolean complete) {
      taken = call(complete);
      return taken;
    }

    ToolCall call(boolean complete) {
      return taken != null
          ? taken
          : new ToolCall(id, name.toString(), arguments.toString(), complete);
    }
  }
}
