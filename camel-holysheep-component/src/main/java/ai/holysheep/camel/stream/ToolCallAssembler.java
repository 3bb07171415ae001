package ai.holysheep.camel.stream;

import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.chat.ToolCallFragment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins the fragments of the tool calls of one answer. Fragments belong together by their index;
 * servers that do not number them begin a call with a new id or, without ids, with a name.
 */
final class ToolCallAssembler {

  private final List<Draft> drafts = new ArrayList<>();

  void accept(ToolCallFragment fragment) {
    draftOf(fragment).add(fragment);
  }

  boolean isEmpty() {
    return drafts.isEmpty();
  }

  /** The calls in order of their index. */
  List<ToolCall> calls(boolean complete) {
    return drafts.stream()
        .sorted(Comparator.comparingInt(draft -> draft.index))
        .map(draft -> draft.call(complete))
        .toList();
  }

  private Draft draftOf(ToolCallFragment fragment) {
    Integer index = fragment.index();
    Draft found = index == null ? unnumbered(fragment) : numbered(index, fragment);
    if (found == null) {
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
    boolean begins = fragment.name() != null && !fragment.name().isEmpty();
    return last != null && begins && last.hasArguments() ? null : last;
  }

  private static final class Draft {

    private final int index;
    private final StringBuilder name = new StringBuilder();
    private final StringBuilder arguments = new StringBuilder();
    private @Nullable String id;

    Draft(int index) {
      this.index = index;
    }

    boolean isFollowedBy(ToolCallFragment fragment) {
      String otherId = fragment.id();
      boolean named = fragment.name() != null && !fragment.name().isEmpty();
      return named && id != null && otherId != null && !otherId.isEmpty() && !otherId.equals(id);
    }

    boolean hasArguments() {
      return !arguments.isEmpty();
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

    ToolCall call(boolean complete) {
      return new ToolCall(id, name.toString(), arguments.toString(), complete);
    }
  }
}
