package ai.holysheep.camel.catalogue;

import static ai.holysheep.camel.catalogue.Verdict.END;
import static ai.holysheep.camel.catalogue.Verdict.call;
import static ai.holysheep.camel.catalogue.Verdict.end;
import static ai.holysheep.camel.catalogue.Verdict.reasoning;
import static ai.holysheep.camel.catalogue.Verdict.text;
import static ai.holysheep.camel.catalogue.Waiting.waiting;
import static ai.holysheep.camel.catalogue.Words.DONE;
import static ai.holysheep.camel.catalogue.Words.FINISH;
import static ai.holysheep.camel.catalogue.Words.HEL;
import static ai.holysheep.camel.catalogue.Words.LO;
import static ai.holysheep.camel.catalogue.Words.USAGE;
import static ai.holysheep.camel.catalogue.Words.event;

import ai.holysheep.camel.testing.Chunks;

/** Silence, and what sounds like life but is none. With the default deadlines. */
final class Waits {

  private static final String PING = ": ping\n\n";
  private static final String NOTHING = event(Words.delta("{\"content\":\"\"}"));
  private static final String PIECE =
      event(
          Words.delta(
              "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"1\"}}]}"));

  private Waits() {}

  static Group group() {
    return Group.group(
        "Silence",
        waiting("A head that never comes is waited for as long as a first token")
            .then(61, "")
            .runsOut("firstTokenTimeout"),
        waiting("A head without a body is no first token")
            .head(40)
            .then(21, "")
            .runsOut("firstTokenTimeout"),
        waiting("Comments are no first token")
            .head(0)
            .again(7, 10, PING)
            .runsOut("firstTokenTimeout"),
        waiting("Chunks that say nothing are no first token")
            .head(0)
            .again(7, 10, NOTHING)
            .runsOut("firstTokenTimeout"),
        waiting("Silence after a token has its own limit")
            .head(0)
            .then(0, HEL)
            .then(31, "")
            .runsOut("idleTimeout", text("Hel")),
        waiting("Comments do not keep a dead answer alive")
            .head(0)
            .then(0, HEL)
            .again(4, 10, PING)
            .runsOut("idleTimeout", text("Hel")),
        waiting("Chunks that say nothing do not keep a dead answer alive")
            .head(0)
            .then(0, HEL)
            .again(4, 10, NOTHING)
            .runsOut("idleTimeout", text("Hel")),
        waiting("Half a message does not keep a dead answer alive")
            .head(0)
            .then(0, HEL)
            .again(4, 10, "data: {")
            .runsOut("idleTimeout", text("Hel")),
        waiting("Messages that cannot be read do not keep a dead answer alive")
            .head(0)
            .then(0, HEL)
            .again(4, 10, event("?"))
            .runsOut("idleTimeout", text("Hel")),
        waiting("Each token begins the wait anew")
            .head(50)
            .then(5, HEL)
            .then(29, LO)
            .then(29, FINISH)
            .gives(text("Hel"), text("lo"), END),
        waiting("Comments between tokens do no harm")
            .head(0)
            .again(3, 10, PING)
            .then(10, HEL)
            .again(2, 10, PING)
            .then(5, LO + FINISH)
            .gives(text("Hel"), text("lo"), END),
        waiting("Reasoning is a first token, and life")
            .head(50)
            .then(5, event(Chunks.reasoning("hm")))
            .then(29, event(Chunks.reasoning("m")))
            .then(29, HEL + FINISH)
            .gives(reasoning("hm"), reasoning("m"), text("Hel"), END),
        waiting("Pieces of a tool call are life, though the call is told whole")
            .head(0)
            .again(4, 25, PIECE)
            .then(25, event(Chunks.finish("tool_calls")) + USAGE + DONE)
            .gives(call("c1", "f", "1111"), end("tool_calls", "7+3 tokens")),
        waiting("The time that the route takes is not silence of the server")
            .head(0)
            .then(0, HEL)
            .then(20, LO)
            .then(20, FINISH)
            .routeTakes(500)
            .gives(text("Hel"), text("lo"), END),
        waiting(
                "Tokens that drip in for ever are stopped by the limit of the whole, where it is set")
            .head(0)
            .again(5, 25, HEL)
            .withTotal(100)
            .runsOut("requestTimeout", text("Hel"), text("Hel"), text("Hel")),
        waiting("An answer that comes all at once at the end of a long wait is good")
            .head(59)
            .then(0, HEL + LO + FINISH)
            .gives(text("Hel"), text("lo"), END));
  }
}
