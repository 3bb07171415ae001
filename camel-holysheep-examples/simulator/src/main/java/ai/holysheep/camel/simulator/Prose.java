package ai.holysheep.camel.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Writes the sentences of an answer. They depend on nothing but what is given, so that the same
 * request always has the same answer, and they are not all ASCII, so that UTF-8 is put to use.
 */
final class Prose {

  private static final int QUOTED_CHARACTERS = 60;
  private static final int SENTENCES = 4;

  /** A prime number of them: with any stride, none comes twice before all have come. */
  private static final List<List<String>> POOL =
      List.of(
              "No model was asked, so nothing here is true beyond the quotation.",
              "Each word leaves at the pace that the vendor publishes for this model.",
              "Picture a small café where the waiter brings one word at a time.",
              "A naïve client would wait for the last word; a good one shows the first at once.",
              "Half of a character may arrive before the other half, as in 羊 or 🐑.",
              "The sheep outside do not mind how long it takes.",
              "If the line breaks, the reader should know how much had come through.",
              "Counting tokens is dull work, which is why a machine does it.",
              "The same question will get the same reply tomorrow.",
              "It costs nothing, not even 0.42 dollars for a million tokens.",
              "A façade of words is enough to see whether the plumbing holds.",
              "The numbers at the end of this reply say how long it was.",
              "Zürich, Kraków and São Paulo are good places to look for odd letters.")
          .stream()
          .map(sentence -> Tokenizer.split(" " + sentence))
          .toList();

  private final int start;
  private final int stride;

  private Prose(String seed) {
    long mark = mark(seed);
    start = (int) (mark % POOL.size());
    stride = 1 + (int) (mark / POOL.size() % (POOL.size() - 1));
  }

  /**
   * An answer of 60 to 120 tokens, or of exactly as many as asked for.
   *
   * @param tokens the number of tokens; negative for the usual length
   * @param choice which of several choices it is, from 0
   */
  static List<String> answer(ChatRequest request, String subject, int tokens, int choice) {
    String instruction = request.instruction();
    String seed = request.model().id() + '\n' + instruction + '\n' + subject + '\n' + choice;
    List<String> opening = Tokenizer.split(opening(request, subject, seed, choice));
    Prose prose = new Prose(seed);
    if (tokens >= 0) {
      return prose.continued(opening, tokens);
    }
    prose.addSentences(opening, SENTENCES);
    opening.addAll(Tokenizer.split(" That is all 🐑"));
    return opening;
  }

  /** As many tokens of thinking aloud as asked for. */
  static List<String> reasoning(String subject, int tokens, int choice) {
    String opening = "The user writes " + quote(subject) + ", so I should think before I answer.";
    return new Prose(subject + choice).continued(Tokenizer.split(opening), tokens);
  }

  private static String opening(ChatRequest request, String subject, String seed, int choice) {
    StringBuilder text = new StringBuilder();
    text.append(
        choice == 0 ? "You wrote " : "Put in another way (" + (choice + 1) + "), you wrote ");
    text.append(quote(subject)).append(", and this is the simulated ");
    text.append(request.model().id()).append(" with its reply.");
    if (!request.instruction().isBlank()) {
      text.append(" I keep to the instruction ").append(quote(request.instruction())).append('.');
    }
    List<String> updates = request.updates();
    if (!updates.isEmpty()) {
      text.append(" I know ").append(updates.size());
      text.append(updates.size() == 1 ? " context update" : " context updates");
      text.append(", the last ").append(quote(updates.get(updates.size() - 1))).append('.');
    }
    for (String result : request.toolResults()) {
      text.append(" The tool answered ").append(quote(result)).append('.');
    }
    // A long prompt is quoted in part only; the mark tells two of them apart.
    text.append(" The mark of this request is %08x.".formatted(mark(seed)));
    return text.toString();
  }

  private List<String> continued(List<String> opening, int tokens) {
    List<String> all = new ArrayList<>(opening);
    for (int i = 0; all.size() < tokens; i++) {
      all.addAll(sentence(i));
    }
    return all.subList(0, tokens);
  }

  private void addSentences(List<String> tokens, int count) {
    for (int i = 0; i < count; i++) {
      tokens.addAll(sentence(i));
    }
  }

  private List<String> sentence(int index) {
    return POOL.get((int) ((start + (long) index * stride) % POOL.size()));
  }

  private static String quote(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    if (line.isEmpty()) {
      return "nothing";
    }
    int characters = line.codePointCount(0, line.length());
    if (characters > QUOTED_CHARACTERS) {
      line = line.substring(0, line.offsetByCodePoints(0, QUOTED_CHARACTERS)) + "…";
    }
    return "“" + line + "”";
  }

  private static long mark(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
