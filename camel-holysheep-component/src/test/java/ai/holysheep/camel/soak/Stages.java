package ai.holysheep.camel.soak;

import ai.holysheep.camel.testing.ScriptedServer.Peer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that goes as far with each answer as the question says, and then waits. */
final class Stages {

  static final String SILENT = "silent";
  static final String HEAD = "head";
  static final String FIRST = "first";
  static final String MIDDLE = "middle";
  static final String ENDLESS = "endless";
  static final String WHOLE = "whole";
  static final String CUT_ONCE = "cutonce";
  static final String CUT = "cut";
  static final String REFUSED = "refused";
  static final String REFUSED_ONCE = "refusedonce";
  static final String REFUSED_FOR_LONG = "refusedlong";

  /** Tokens of the stages that have more than one. */
  static final int TOKENS = 10;

  private static final Pattern QUESTION = Pattern.compile("\"([a-z]+)-([0-9]+)\"");
  private static final String ERROR = "{\"error\":{\"message\":\"slow down\"}}";

  private final AtomicInteger answering = new AtomicInteger();
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();

  /** How many answers are under way; all other connections are idle or closed. */
  int answering() {
    return answering.get();
  }

  /** How often this question was asked. */
  int asked(String question) {
    return asked.getOrDefault(question, 0);
  }

  void answer(Peer peer) throws Exception {
    Matcher question = QUESTION.matcher(peer.request().body());
    if (!question.find()) {
      throw new IllegalStateException(peer.request().body());
    }
    String name = question.group(1) + "-" + question.group(2);
    answering.incrementAndGet();
    try {
      answer(peer, question.group(1), asked.merge(name, 1, Integer::sum) == 1);
    } finally {
      answering.decrementAndGet();
    }
  }

  private static void answer(Peer peer, String stage, boolean first) throws Exception {
    switch (stage) {
      case SILENT -> peer.silence();
      case HEAD -> peer.head().silence();
      case FIRST -> peer.head().token("t0 ").silence();
      case MIDDLE -> tokens(peer).silence();
      case ENDLESS -> peer.head().tokensForEver();
      case CUT -> tokens(peer).close();
      case CUT_ONCE -> cutOnce(peer, first);
      case REFUSED -> peer.document(429, "application/json", ERROR);
      case REFUSED_ONCE -> refusedOnce(peer, first);
      case REFUSED_FOR_LONG -> peer.document(429, "application/json", ERROR, "Retry-After: 30");
      default -> tokens(peer).finish();
    }
  }

  private static void cutOnce(Peer peer, boolean first) throws Exception {
    if (first) {
      tokens(peer).close();
    } else {
      tokens(peer).finish();
    }
  }

  private static void refusedOnce(Peer peer, boolean first) throws Exception {
    if (first) {
      peer.document(429, "application/json", ERROR, "retry-after-ms: 1");
    } else {
      tokens(peer).finish();
    }
  }

  private static Peer tokens(Peer peer) throws Exception {
    peer.head();
    for (int i = 0; i < TOKENS; i++) {
      peer.token("t" + i + " ");
    }
    return peer;
  }
}
