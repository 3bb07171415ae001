package ai.holysheep.camel.wire;

/**
 * A request ready to be sent.
 *
 * @param body the JSON text in UTF-8
 * @param model the model that it asks
 * @param promptCharacters the length of all texts in its messages
 * @param choiceCount how many answers it asks for
 * @param continuable whether a model could go on after the beginning of its answer: what it says in
 *     a format such as JSON it would begin anew
 */
public record WrittenRequest(
    byte[] body, String model, long promptCharacters, int choiceCount, boolean continuable) {}
