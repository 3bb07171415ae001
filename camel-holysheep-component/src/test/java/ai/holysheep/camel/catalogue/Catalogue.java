package ai.holysheep.camel.catalogue;

import java.util.List;
import java.util.stream.Collectors;

/** All that real servers and proxies send, or do not send, and what becomes of it. */
public final class Catalogue {

  private static final String INTRODUCTION =
      """
      Servers, gateways and proxies differ in what they call a stream. Each line below is a test, run with the bytes
      whole, one by one, and cut at random: against a server on this machine, and under "Silence" and "Trying again"
      with a clock that the test moves. Under "Requests" it is the route's message that arrives.

      - `‹Hel›` and `‹lo›` are whole events with these pieces of text, `‹stop›` is one with the finish reason, `‹usage›`
        one with 7 and 3 tokens, `‹DONE›` is the last one; `{Hel}` is the JSON of such an event.
      - `{… "delta": …}` is a chunk with all its other fields. Bytes that cannot be seen are written as `\\r`, `\\n`,
        `\\u0000` or `\\xC3`.
      - Where only a piece is shown, it stands between `‹Hel›` and `‹lo›` of a stream that is good otherwise.
      - `"Hel"` is a part with that text, `#1 "b"` one of the second of several answers, `end` the last part with finish
        reason and tokens. An exception is shown with some words of its message; it carries the text that had come.
      - Under "Trying again" `→` leads to the next try; the one after the last that is shown would be good. The wait before a try
        is the mean: by chance it is up to half a `reconnectDelay` (for the n-th try n times that) shorter or longer.
      """;

  private Catalogue() {}

  static List<Group> groups() {
    return List.of(
        Framing.group(),
        Endings.group(),
        Bodies.group(),
        Statuses.group(),
        Retries.group(),
        Connections.group(),
        ChunkShapes.group(),
        Figures.group(),
        ToolCalls.group(),
        ReportedErrors.group(),
        Waits.group(),
        Requests.group());
  }

  /** The page of all cases, for docs/reference. */
  public static String page(String note) {
    return "# What servers send, and what becomes of it\n\n"
        + note
        + INTRODUCTION
        + groups().stream()
            .filter(group -> !group.faults().isEmpty())
            .map(Catalogue::section)
            .collect(Collectors.joining())
        + "\nSee also: [errors](errors.md), [events](events.md), [why so]"
        + "(../decisions/2026-11-22-verdicts-on-wire-faults.md).\n";
  }

  private static String section(Group group) {
    return "\n## "
        + group.title()
        + "\n\n| rule | what arrives | what the route gets |\n| --- | --- | --- |\n"
        + group.faults().stream().map(Catalogue::row).collect(Collectors.joining());
  }

  private static String row(WireFault fault) {
    return "| %s | %s | %s |\n"
        .formatted(cell(fault.rule()), code(fault.arrives()), cell(fault.verdict()));
  }

  /** In a table a bar ends its cell even within code. */
  private static String code(String text) {
    String mark = text.contains("`") ? "``" : "`";
    return text.isBlank() ? "nothing" : mark + text.strip().replace("|", "\\|") + mark;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
