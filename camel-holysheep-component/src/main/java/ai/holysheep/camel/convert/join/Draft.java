package ai.holysheep.camel.convert.join;

import ai.holysheep.camel.chat.AnswerRestarted;
import ai.holysheep.camel.chat.CallEnded;
import ai.holysheep.camel.chat.CallFailed;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.Origin;
import ai.holysheep.camel.chat.ReasoningReceived;
import ai.holysheep.camel.chat.Report;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.chat.ToolCallReceived;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer while its parts are put together, in their order.
 *
 * @param choices the answers by their index
 * @param kept how much of the parts is in here
 * @param report how the call ended; null before its last part, and when it failed
 * @param failure why the call failed; null while it has not
 */
record Draft(
    @Nullable String responseId,
    @Nullable String model,
    NumberedValues<ChoiceParts> choices,
    Size kept,
    @Nullable Report report,
    @Nullable RuntimeException failure)
    implements Serializable {

  static final Draft EMPTY = new Draft(null, null, NumberedValues.none(), Size.NONE, null, null);

  /** The same with the next part; a restart makes all before it void. */
  Draft with(Part part) {
    ChatEvent event = part.event();
    Draft valid = event instanceof AnswerRestarted ? EMPTY : this;
    Draft known = valid.naming(event.origin());
    if (event instanceof CallEnded ended) {
      return known.ended(ended.report(), null);
    }
    if (event instanceof CallFailed failed) {
      return known.ended(null, failed.exception());
    }
    return hasContent(event) ? known.adding(part) : known;
  }

  private static boolean hasContent(ChatEvent event) {
    return event instanceof TextReceived
        || event instanceof ReasoningReceived
        || event instanceof ToolCallReceived;
  }

  private Draft naming(Origin origin) {
    boolean news =
        responseId == null && origin.responseId() != null
            || model == null && origin.model() != null;
    return news
        ? new Draft(
            responseId == null ? origin.responseId() : responseId,
            model == null ? origin.model() : model,
            choices,
            kept,
            report,
            failure)
        : this;
  }

  private Draft ended(@Nullable Report newReport, @Nullable RuntimeException newFailure) {
    return new Draft(responseId, model, choices, kept, newReport, newFailure);
  }

  private Draft adding(Part part) {
    ChoiceParts before = choices.get(part.choiceIndex());
    ChoiceParts choice = before == null ? ChoiceParts.none(part.choiceIndex()) : before;
    return new Draft(
        responseId,
        model,
        choices.with(choice.index(), choice.with(part)),
        kept.plus(part.size()),
        report,
        failure);
  }

  ChatAnswer answer(String streamId) {
    List<Choice> answers = new ArrayList<>(choices.size());
    for (ChoiceParts choice : choices.values()) {
      // Why the others ended, no part of a stream says.
      answers.add(choice.choice(answers.isEmpty() ? report : null));
    }
    if (answers.isEmpty() && report != null) {
      answers.add(ChoiceParts.none(0).choice(report));
    }
    return new ChatAnswer(streamId, responseId, model, List.copyOf(answers), report);
  }
}
