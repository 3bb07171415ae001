package ai.holysheep.camel.simulator;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a prompt asks of the simulator, written as {@code [[name]]} or {@code [[name=value]]} inside
 * it. The table in the module's README is the reference. Unknown names stay part of the prompt.
 */
final class Directives {

  static final int MAX_TOKENS = 1_000_000;

  private static final Pattern DIRECTIVE =
      Pattern.compile("\\[\\[([a-z]+)(?:=(.*?))?]]", Pattern.DOTALL);

  /**
   * The directives with a number: the least value, the greatest, and the value without a number.
   */
  private static final Map<String, Range> NUMBERS =
      Map.ofEntries(
          Map.entry("tokens", new Range(0, MAX_TOKENS, null)),
          Map.entry("reasoning", new Range(0, MAX_TOKENS, 20)),
          Map.entry("html", new Range(400, 599, 502)),
          Map.entry("cut", new Range(0, MAX_TOKENS, 0)),
          Map.entry("drop", new Range(0, MAX_TOKENS, 0)),
          Map.entry("mute", new Range(0, MAX_TOKENS, 0)),
          Map.entry("stall", new Range(0, MAX_TOKENS, 0)),
          Map.entry("malformed", new Range(0, MAX_TOKENS, 0)),
          Map.entry("error", new Range(0, MAX_TOKENS, 0)),
          Map.entry("pieces", new Range(1, MAX_TOKENS, 1)),
          Map.entry("fragments", new Range(1, MAX_TOKENS, 1)),
          Map.entry("times", new Range(0, MAX_TOKENS, null)));

  /** The directives without a value. */
  private static final Set<String> FLAGS =
      Set.of("nosocket", "toolend", "lateusage", "nousage", "unknown", "binary");

  private final Map<String, Integer> numbers = new HashMap<>();
  private final Set<String> flags = new HashSet<>();
  private int closeCode;
  private final List<ToolCall> toolCalls = new ArrayList<>();
  private @Nullable Status status;
  private @Nullable String echo;
  private String subject = "";

  private Directives() {}

  /** A tool call asked for; null arguments are made up from the function's schema. */
  record ToolCall(String name, @Nullable String arguments) {}

  /** An error asked for; a null code is the one usual with the status. */
  record Status(int status, @Nullable String code) {}

  private record Range(int min, int max, @Nullable Integer absent) {}

  /**
   * Reads a prompt.
   *
   * @throws ApiError.RefusedException if a directive has a value that makes no sense
   */
  static Directives parse(String prompt) {
    Directives directives = new Directives();
    StringBuilder subject = new StringBuilder();
    Matcher matcher = DIRECTIVE.matcher(prompt);
    int position = 0;
    while (directives.echo == null && matcher.find()) {
      subject.append(prompt, position, matcher.start());
      position = matcher.end();
      String name = matcher.group(1);
      if (name.equals("echo")) {
        directives.echo = prompt.substring(position);
      } else if (!directives.accept(name, matcher.group(2))) {
        subject.append(matcher.group());
      }
    }
    directives.subject = subject.append(prompt, position, prompt.length()).toString().strip();
    return directives;
  }

  private boolean accept(String name, @Nullable String value) {
    if (name.equals("tool") && value != null) {
      toolCalls.add(toolCall(value.strip()));
      return true;
    }
    if (name.equals("status") && value != null) {
      status = status(value.strip());
      return true;
    }
    if (name.equals("close") && value != null) {
      acceptClose(value.strip());
      return true;
    }
    if (FLAGS.contains(name) && value == null) {
      flags.add(name);
      return true;
    }
    Range range = NUMBERS.get(name);
    if (range == null) {
      return false;
    }
    numbers.put(name, number(name, value, range));
    return true;
  }

  private static ToolCall toolCall(String value) {
    int space = value.indexOf(' ');
    return space < 0
        ? new ToolCall(value, null)
        : new ToolCall(value.substring(0, space), value.substring(space + 1).strip());
  }

  private static Status status(String value) {
    int colon = value.indexOf(':');
    String number = colon < 0 ? value : value.substring(0, colon);
    String code = colon < 0 ? null : value.substring(colon + 1);
    return new Status(number("status", number, new Range(400, 599, null)), code);
  }

  private void acceptClose(String value) {
    int colon = value.indexOf(':');
    String after = colon < 0 ? value : value.substring(0, colon);
    String code = colon < 0 ? "1011" : value.substring(colon + 1);
    numbers.put("close", number("close", after, new Range(0, MAX_TOKENS, null)));
    closeCode = number("close", code, new Range(1000, 4999, null));
    if (!WebSocketCloseStatus.isValidStatusCode(closeCode)) {
      throw refused("The close code " + closeCode + " must not be sent.");
    }
  }

  private static int number(String name, @Nullable String value, Range range) {
    if (value == null && range.absent() != null) {
      return range.absent();
    }
    try {
      int number = Integer.parseInt(String.valueOf(value).strip());
      if (number >= range.min() && number <= range.max()) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number out of range is.
    }
    String message =
        "The directive [[%s=...]] takes a number from %s to %s, not %s."
            .formatted(name, range.min(), range.max(), value);
    throw refused(message);
  }

  private static ApiError.RefusedException refused(String message) {
    return ApiError.invalid(message, "messages", "invalid_directive").refused();
  }

  /** The prompt without its directives. */
  String subject() {
    return subject;
  }

  /** The text to send back as it is, or null. */
  @Nullable String echo() {
    return echo;
  }

  List<ToolCall> toolCalls() {
    return toolCalls;
  }

  /** How many tokens the text shall have; negative if that is left to the simulator. */
  int tokens() {
    return numbers.getOrDefault("tokens", -1);
  }

  /** How many tokens of reasoning come first. */
  int reasoningTokens() {
    return numbers.getOrDefault("reasoning", 0);
  }

  /** How many bytes one write may have. */
  int pieceBytes() {
    return numbers.getOrDefault("pieces", Integer.MAX_VALUE);
  }

  /** How many requests with this prompt fail before it is answered well. */
  int times() {
    return numbers.getOrDefault("times", Integer.MAX_VALUE);
  }

  /** How many bytes a fragment of a message has over a socket. */
  int fragmentBytes() {
    return numbers.getOrDefault("fragments", Integer.MAX_VALUE);
  }

  /** The code of the close frame that ends the socket; 0 where none does. */
  int closeCode() {
    return closeCode;
  }

  /** Whether a directive without a value is there. */
  boolean has(String flag) {
    return flags.contains(flag);
  }

  /** The error to answer with, or null. */
  @Nullable Status status() {
    return status;
  }

  /** The status to answer with a page of HTML, as a proxy would, or 0. */
  int htmlStatus() {
    return numbers.getOrDefault("html", 0);
  }

  /** Whether the answer shall be an error. */
  boolean refuses() {
    return status != null || htmlStatus() > 0;
  }

  /** What shall go wrong within a reply. */
  Fault fault() {
    return fault(false);
  }

  /** What shall go wrong within an answer over a socket. */
  Fault socketFault() {
    return fault(true);
  }

  private Fault fault(boolean overSocket) {
    for (Fault.Kind kind : Fault.Kind.values()) {
      Integer after = numbers.get(kind.directive());
      if (after != null && (overSocket || !kind.isOfSockets())) {
        return new Fault(kind, after);
      }
    }
    return Fault.NONE;
  }
}
