package ai.holysheep.camel.catalogue;

import static ai.holysheep.camel.catalogue.Rule.rule;
import static ai.holysheep.camel.catalogue.Verdict.call;
import static ai.holysheep.camel.catalogue.Verdict.cutCall;
import static ai.holysheep.camel.catalogue.Verdict.end;
import static ai.holysheep.camel.catalogue.Verdict.reasoning;
import static ai.holysheep.camel.catalogue.Verdict.text;
import static ai.holysheep.camel.catalogue.Words.DONE;
import static ai.holysheep.camel.catalogue.Words.HEL;
import static ai.holysheep.camel.catalogue.Words.USAGE;
import static ai.holysheep.camel.catalogue.Words.delta;
import static ai.holysheep.camel.catalogue.Words.event;

import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.testing.Chunks;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Tool calls and their fragments. */
final class ToolCalls {

  private static final String CALLED = end("tool_calls", "7+3 tokens");
  private static final String SAID_STOP = end("tool_calls", "7+3 tokens", "said stop");
  private static final String A =
      "{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":1}\"}}";
  private static final String B =
      "{\"index\":1,\"id\":\"c2\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}";

  private ToolCalls() {}

  static Group group() {
    return Group.group(
        "Tool calls",
        calls(
                "Fragments are joined",
                first(0, "c1", "f", ""),
                more(0, "{\\\"a\\\""),
                more(0, ":1}"))
            .gives(call("c1", "f", "{\"a\":1}"), CALLED),
        calls("A call may come whole", A).gives(call("c1", "f", "{\"a\":1}"), CALLED),
        calls("Several calls may come in one chunk", A + "," + B)
            .gives(call("c1", "f", "{\"a\":1}"), call("c2", "g", "{}"), CALLED),
        calls(
                "Fragments of several calls may come mixed",
                first(0, "c1", "f", ""),
                first(1, "c2", "g", ""),
                more(1, "[1"),
                more(0, "{"),
                more(1, "]"),
                more(0, "}"))
            .gives(call("c1", "f", "{}"), call("c2", "g", "[1]"), CALLED),
        calls(
                "Calls are told in the order of their numbers, which may have gaps",
                first(7, "c2", "g", "{}"),
                first(2, "c1", "f", "{}"))
            .gives(call("c1", "f", "{}"), call("c2", "g", "{}"), CALLED),
        calls("A number beyond all measure makes no holes", first(2_000_000_000, "c1", "f", "{}"))
            .gives(call("c1", "f", "{}"), CALLED),
        calls(
                "The number may be a string",
                "{\"index\":\"0\",\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}",
                "{\"index\":\"0\",\"function\":{\"arguments\":\"}\"}}")
            .gives(call("c1", "f", "{}"), CALLED),
        calls(
                "Without numbers the id tells calls apart",
                "{\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}",
                "{\"id\":\"c1\",\"function\":{\"arguments\":\"}\"}}",
                "{\"id\":\"c2\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}")
            .gives(call("c1", "f", "{}"), call("c2", "g", "{}"), CALLED),
        calls(
                "Without numbers and ids a new name begins a call",
                "{\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}",
                "{\"function\":{\"name\":\"g\",\"arguments\":\"{\"}}",
                "{\"function\":{\"arguments\":\"}\"}}")
            .gives(call(null, "f", "{}"), call(null, "g", "{}"), CALLED),
        calls(
                "Calls that all have the number nothing are told apart by id",
                first(0, "c1", "f", "{}"),
                first(0, "c2", "f", "{}"))
            .gives(call("c1", "f", "{}"), call("c2", "f", "{}"), CALLED),
        calls(
                "The same id under two numbers is two calls",
                first(0, "c1", "f", "{}"),
                first(1, "c1", "f", "{}"))
            .gives(call("c1", "f", "{}"), call("c1", "f", "{}"), CALLED),
        calls(
                "Names, ids and arguments may be empty or null in later fragments",
                first(0, "c1", "f", "{"),
                "{\"index\":0,\"id\":\"\",\"function\":{\"name\":\"\",\"arguments\":null}}",
                "{\"index\":0,\"id\":null,\"type\":null,\"function\":{\"name\":null,\"arguments\":\"}\"}}")
            .gives(call("c1", "f", "{}"), CALLED),
        calls(
                "The name may be repeated with every fragment",
                first(0, "c1", "f", "{"),
                first(0, "c1", "f", "}"))
            .gives(call("c1", "f", "{}"), CALLED),
        calls(
                "The name may come in pieces",
                first(0, "c1", "get_", ""),
                first(0, "c1", "weather", "{}"))
            .gives(call("c1", "get_weather", "{}"), CALLED),
        calls(
                "The id may come late",
                "{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}",
                "{\"index\":0,\"id\":\"c1\",\"function\":{\"arguments\":\"}\"}}")
            .gives(call("c1", "f", "{}"), CALLED),
        calls(
                "A call may have no arguments",
                "{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\"}}")
            .gives(call("c1", "f", ""), CALLED),
        calls(
                "Arguments may be an object instead of its text",
                "{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":{\"a\":1}}}")
            .gives(call("c1", "f", "{\"a\":1}"), CALLED),
        calls(
                "Arguments may be a list instead of its text",
                "{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":[1]}}")
            .gives(call("c1", "f", "[1]"), CALLED),
        calls(
                "Arguments that are no JSON are given as they are",
                "{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"a=1\"}}")
            .gives(call("c1", "f", "a=1"), CALLED),
        calls(
                "Signatures of thoughts do not matter",
                "{\"index\":0,\"id\":\"c1\",\"extra_content\":{\"google\":{\"thought_signature\":\"x\"}},\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}")
            .gives(call("c1", "f", "{}"), CALLED),
        rule("A stop after a tool call is a tool call").stream(
                tools(A) + event(Chunks.finish("stop")) + USAGE + DONE)
            .gives(call("c1", "f", "{\"a\":1}"), SAID_STOP),
        rule("A call may come with its finish reason").stream(
                event(Chunks.chunk("{\"tool_calls\":[" + A + "]}", "tool_calls")) + USAGE + DONE)
            .gives(call("c1", "f", "{\"a\":1}"), CALLED),
        rule("A finish reason on every chunk loses no call").stream(
                event(Chunks.chunk("{\"tool_calls\":[" + A + "]}", "stop"))
                    + event(Chunks.chunk("{\"tool_calls\":[" + B + "]}", "stop"))
                    + USAGE
                    + DONE)
            .gives(call("c1", "f", "{\"a\":1}"), call("c2", "g", "{}"), SAID_STOP),
        rule("A finish reason on every chunk cuts no call").stream(
                event(Chunks.chunk("{\"tool_calls\":[" + first(0, "c1", "f", "{") + "]}", "stop"))
                    + event(Chunks.chunk("{\"tool_calls\":[" + more(0, "}") + "]}", "stop"))
                    + USAGE
                    + DONE)
            .gives(call("c1", "f", "{}"), SAID_STOP),
        rule("A call that begins after the finish reason is told").stream(
                HEL + event(Chunks.finish("stop")) + tools(A) + USAGE + DONE)
            .gives(text("Hel"), call("c1", "f", "{\"a\":1}"), SAID_STOP),
        rule("A call that the limit of tokens has cut is not complete").stream(
                tools(first(0, "c1", "f", "{\\\"a\\\""))
                    + event(Chunks.finish("length"))
                    + USAGE
                    + DONE)
            .gives(cutCall("c1", "f", "{\"a\""), end("length", "7+3 tokens")),
        rule("A call that is cut by the end of the stream is not told").stream(
                tools(first(0, "c1", "f", "{")))
            .fails(StreamTruncatedException.class, "ended without a finish reason"),
        rule("A call without a finish reason is not complete").stream(tools(A) + USAGE + DONE)
            .gives(cutCall("c1", "f", "{\"a\":1}"), end("unknown", "7+3 tokens")),
        rule("The old form of a call is a call").stream(
                event(delta("{\"function_call\":{\"name\":\"f\",\"arguments\":\"{\"}}"))
                    + event(delta("{\"function_call\":{\"arguments\":\"}\"}}"))
                    + event(Chunks.finish("function_call"))
                    + USAGE
                    + DONE)
            .gives(call(null, "f", "{}"), end("tool_calls", "7+3 tokens", "said function_call")),
        rule("Fields of calls that are null or empty are none")
            .delta("{\"content\":\"a\",\"tool_calls\":null,\"function_call\":null}")
            .adds(text("a")),
        rule("An empty list of calls is none").delta("{\"tool_calls\":[]}").isPassedOver(),
        rule("A list of nothing is no call")
            .delta("{\"tool_calls\":[null,7,\"x\"]}")
            .isPassedOver(),
        rule("A call of nothing is none")
            .delta("{\"tool_calls\":[{\"index\":0,\"function\":null}]}")
            .isPassedOver(),
        rule("One object instead of a list of calls is a call").stream(
                event(delta("{\"tool_calls\":" + A + "}"))
                    + event(Chunks.finish("tool_calls"))
                    + USAGE
                    + DONE)
            .gives(call("c1", "f", "{\"a\":1}"), CALLED),
        rule("Reasoning, text and a call may come in one chunk").stream(
                event(
                        delta(
                            "{\"content\":\"a\",\"reasoning_content\":\"hm\",\"tool_calls\":["
                                + A
                                + "]}"))
                    + event(Chunks.finish("tool_calls"))
                    + USAGE
                    + DONE)
            .gives(reasoning("hm"), text("a"), call("c1", "f", "{\"a\":1}"), CALLED));
  }

  private static Arrival calls(String rule, String... chunks) {
    String stream = Arrays.stream(chunks).map(ToolCalls::tools).collect(Collectors.joining());
    return rule(rule).stream(stream + event(Chunks.finish("tool_calls")) + USAGE + DONE)
        .being("tool_calls " + Words.shown(String.join(" ⏎ ", chunks)));
  }

  private static String tools(String calls) {
    return event(delta("{\"tool_calls\":[" + calls + "]}"));
  }

  private static String first(int index, String id, String name, String arguments) {
    return "{\"index\":%d,\"id\":\"%s\",\"function\":{\"name\":\"%s\",\"arguments\":\"%s\"}}"
        .formatted(index, id, name, arguments);
  }

  private static String more(int index, String arguments) {
    return "{\"index\":%d,\"function\":{\"arguments\":\"%s\"}}".formatted(index, arguments);
  }
}
