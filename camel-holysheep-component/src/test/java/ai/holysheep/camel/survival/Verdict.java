package ai.holysheep.camel.survival;

import ai.holysheep.camel.survival.Sightings.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What happened in one case, in words that are chosen from what was seen.
 *
 * @param live whether the first part came through before the second was sent
 * @param answerAfterwards whether the body of the calling exchange converts to the whole answer
 * @param failed whether the calling exchange failed
 */
record Verdict(
    Place place,
    Sightings sightings,
    boolean live,
    Connection connection,
    boolean answerAfterwards,
    boolean failed) {

  private static final List<Long> WHOLE_STREAM = List.of(0L, 1L, 2L);

  /** What became of the connection to the server. */
  enum Connection {
    KEPT,
    CLOSED,
    OPEN
  }

  /** What came through. */
  enum Arrived {
    PARTS("live", "all parts, in order, each when it comes; the next one waits until it is done"),
    QUEUED("queued", "all parts, in order, each when it comes; the stream goes on meanwhile"),
    OVERTAKEN("no order", "all parts, when they come, several at a time: they may overtake"),
    LATE("late", "all parts, in order, but none before the answer is whole"),
    REPEATED("repeated", "every part, more than once"),
    EACH("live, each branch", "every branch gets all parts, in order, each when it comes"),
    FIRST_BRANCH("one branch", "the first branch gets all parts, the others none"),
    SHARED(
        "shared",
        "each part goes to one branch only, whichever takes it first; one that waits when another has taken the last part fails"),
    FIRST("first part", "the first part and no other"),
    SOME("some", "some of the parts"),
    ANSWER("answer", "one message with the whole answer, when that is whole"),
    NOTHING("nothing", "no part and no answer comes through");

    private final String word;
    private final String meaning;

    Arrived(String word, String meaning) {
      this.word = word;
      this.meaning = meaning;
    }

    String word() {
      return word;
    }

    String meaning() {
      return meaning;
    }
  }

  String words() {
    Arrived arrived = arrived();
    List<String> words = new ArrayList<>();
    words.add(arrived.word());
    if (arrived != Arrived.NOTHING) {
      addLosses(words);
    }
    if (connection != Connection.KEPT) {
      words.add(connection == Connection.CLOSED ? "connection closed" : "connection stays open");
    }
    if (failed && arrived != Arrived.SHARED) {
      words.add("the caller fails");
    } else if (!answerAfterwards) {
      words.add("no answer afterwards");
    }
    return String.join("; ", words);
  }

  private void addLosses(List<String> words) {
    if (seen().stream().anyMatch(one -> !Objects.equals(one.header(), "c-7"))) {
      words.add("without headers");
    }
    if (seen().stream().anyMatch(one -> !Objects.equals(one.property(), 7))) {
      words.add("without properties");
    }
    if (arrived() != Arrived.FIRST && seen().stream().noneMatch(Sighting::isLast)) {
      words.add("no usage");
    }
  }

  private List<Sighting> seen() {
    return sightings.all();
  }

  private Arrived arrived() {
    if (seen().isEmpty()) {
      return Arrived.NOTHING;
    }
    if (seen().stream().noneMatch(Sighting::isPart)) {
      return seen().stream().allMatch(one -> one.text().equals(Case.ANSWER))
          ? Arrived.ANSWER
          : Arrived.NOTHING;
    }
    List<List<Long>> branches = branches();
    return branches.size() == 1 ? ofOne(branches.get(0)) : ofSeveral(branches);
  }

  private Arrived ofOne(List<Long> indexes) {
    if (indexes.equals(List.of(0L))) {
      return Arrived.FIRST;
    }
    if (!sorted(indexes).equals(WHOLE_STREAM)) {
      return indexes.containsAll(WHOLE_STREAM) ? Arrived.REPEATED : Arrived.SOME;
    }
    if (sightings.isOvertaken() || !indexes.equals(WHOLE_STREAM)) {
      return Arrived.OVERTAKEN;
    }
    if (!live) {
      return Arrived.LATE;
    }
    if (sightings.hasBranches()) {
      return Arrived.FIRST_BRANCH;
    }
    return sightings.isAhead() ? Arrived.QUEUED : Arrived.PARTS;
  }

  private Arrived ofSeveral(List<List<Long>> branches) {
    if (branches.stream().allMatch(WHOLE_STREAM::equals)) {
      return live ? Arrived.EACH : Arrived.LATE;
    }
    List<Long> together = branches.stream().flatMap(List::stream).toList();
    return sorted(together).equals(WHOLE_STREAM) ? Arrived.SHARED : Arrived.SOME;
  }

  private List<List<Long>> branches() {
    return seen().stream()
        .filter(Sighting::isPart)
        .collect(
            Collectors.groupingBy(
                Sighting::branch, Collectors.mapping(Sighting::index, Collectors.toList())))
        .values()
        .stream()
        .toList();
  }

  private static List<Long> sorted(List<Long> indexes) {
    return indexes.stream().sorted().toList();
  }
}
