package ai.holysheep.camel.catalogue;

import static ai.holysheep.camel.catalogue.Rule.rule;
import static ai.holysheep.camel.catalogue.Verdict.END;
import static ai.holysheep.camel.catalogue.Verdict.end;
import static ai.holysheep.camel.catalogue.Verdict.reasoning;
import static ai.holysheep.camel.catalogue.Verdict.text;
import static ai.holysheep.camel.catalogue.Words.DONE;
import static ai.holysheep.camel.catalogue.Words.FINISH;
import static ai.holysheep.camel.catalogue.Words.HEL;
import static ai.holysheep.camel.catalogue.Words.LO;
import static ai.holysheep.camel.catalogue.Words.USAGE;
import static ai.holysheep.camel.catalogue.Words.choice;
import static ai.holysheep.camel.catalogue.Words.event;

import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.testing.Chunks;

/** Text, reasoning and finish reasons in chunks of all shapes. */
final class ChunkShapes {

  private ChunkShapes() {}

  static Group group() {
    return Group.group(
        "Chunks",
        rule("A role alone is no token")
            .delta("{\"role\":\"assistant\",\"content\":\"\"}")
            .isPassedOver(),
        rule("No content is no token").delta("{\"content\":null}").isPassedOver(),
        rule("Blanks are tokens and stay as they are")
            .delta("{\"content\":\" \\n\\n\\t \"}")
            .adds(text(" \n\n\t ")),
        rule("Control characters and marks of direction stay as they are")
            .delta("{\"content\":\"\\u0000\\u001b[31m\u202E\"}")
            .adds(text("\0\u001b[31m\u202E")),
        rule("Half of an escaped character waits for no other half")
            .amid(
                event(Words.delta("{\"content\":\"\\ud83d\"}"))
                    + event(Words.delta("{\"content\":\"\\udc11\"}")))
            .adds(text("\ud83d"), text("\udc11")),
        rule("A byte order mark within the text is text")
            .delta("{\"content\":\"\uFEFFa\"}")
            .adds(text("\uFEFFa")),
        rule("Content may be a list of parts")
            .delta(
                "{\"content\":[{\"type\":\"text\",\"text\":\"a\"},\"b\",{\"type\":\"image_url\"},null]}")
            .adds(text("ab")),
        rule("Parts may be thoughts")
            .delta(
                "{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]}]}")
            .adds(reasoning("hm")),
        rule("Content may be a single part")
            .delta("{\"content\":{\"type\":\"text\",\"text\":\"a\"}}")
            .adds(text("a")),
        rule("Content that is a number is its digits").delta("{\"content\":42}").adds(text("42")),
        rule("Content that is true or false is no text")
            .delta("{\"content\":false}")
            .isPassedOver(),
        rule("A delta may be null").message(choice("{\"delta\":null}")).isPassedOver(),
        rule("A delta may be missing, as in the notes of content filters")
            .message(
                choice(
                    "{\"index\":0,\"finish_reason\":null,\"content_filter_offsets\":{\"start_offset\":1}}"))
            .isPassedOver(),
        rule("A delta that is a text is none").message(choice("{\"delta\":\"x\"}")).isPassedOver(),
        rule("Choices may be missing").message("{\"id\":\"x\"}").isPassedOver(),
        rule("Choices may be null").message("{\"choices\":null}").isPassedOver(),
        rule("Choices may be nothing but null").message("{\"choices\":[null]}").isPassedOver(),
        rule("Choices may be one object instead of a list")
            .message("{\"choices\":{\"index\":0,\"delta\":{\"content\":\"a\"}}}")
            .adds(text("a")),
        rule("The first chunk may have no choices but the filter's results").stream(
                event(
                        "{\"id\":\"\",\"model\":\"\",\"choices\":[],\"prompt_filter_results\":[{\"prompt_index\":0}]}")
                    + HEL
                    + LO
                    + FINISH)
            .gives(text("Hel"), text("lo"), END),
        rule("Unknown fields do not matter, padding is not text")
            .message(
                "{\"obfuscation\":\"xyz\",\"provider\":\"p\",\"timings\":{\"a\":[1]},\"choices\":[{\"native_finish_reason\":null,"
                    + "\"logprobs\":{\"content\":[{\"token\":\"a\",\"bytes\":[97]}]},\"delta\":{\"content\":\"a\",\"extra_content\":{\"content\":\"no\"}}}]}")
            .adds(text("a")),
        rule("Field names are compared exactly")
            .message("{\"Choices\":[{\"Delta\":{\"Content\":\"a\"}}]}")
            .isPassedOver(),
        rule("Field names may be long")
            .message(
                "{\"" + "x".repeat(40_000) + "\":1,\"choices\":[{\"delta\":{\"content\":\"a\"}}]}")
            .adds(text("a")),
        rule("Of equal names the last one counts")
            .delta("{\"content\":\"a\",\"content\":\"b\"}")
            .adds(text("b")),
        rule("A chunk may have the message so far beside its delta, which counts")
            .message(
                choice(
                    "{\"delta\":{\"content\":\"a\"},\"message\":{\"role\":\"assistant\",\"content\":\"Hela\"}}"))
            .adds(text("a")),
        rule("The delta counts also where the message so far stands before it")
            .message(
                choice(
                    "{\"message\":{\"role\":\"assistant\",\"content\":\"Hela\"},\"delta\":{\"content\":\"a\"}}"))
            .adds(text("a")),
        rule("An empty delta is stronger than a whole message beside it")
            .message(choice("{\"message\":{\"content\":\"Hello\"},\"delta\":{}}"))
            .isPassedOver(),
        rule("Text may stand in the choice, as in plain completions")
            .message(choice("{\"index\":0,\"text\":\"a\",\"finish_reason\":null}"))
            .adds(text("a")),
        rule("The same chunk twice is text twice")
            .amid(event(Chunks.token("la")).repeat(2))
            .adds(text("la"), text("la")),
        rule("Text that each chunk repeats from the start is delivered as it comes")
            .amid(event(Chunks.token("a")) + event(Chunks.token("ab")))
            .adds(text("a"), text("ab")),
        rule("Id and model may change in the middle")
            .message("{\"id\":\"other\",\"model\":\"other\",\"choices\":[]}")
            .isPassedOver(),
        rule("Ids may be numbers")
            .message("{\"id\":7,\"created\":\"x\",\"object\":null,\"model\":[]}")
            .isPassedOver(),
        rule("Answers may come mixed").stream(
                event(Chunks.chunk(1, "{\"content\":\"b\"}", null))
                    + event(Chunks.chunk(0, "{\"content\":\"a\"}", "stop"))
                    + event(Chunks.chunk(1, "{\"content\":\"c\"}", "stop"))
                    + USAGE
                    + DONE)
            .askedWith("n=2")
            .gives(text(1, "b"), text(0, "a"), text(1, "c"), END),
        rule("One chunk may bring several answers").stream(
                event(
                        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"},"
                            + "{\"index\":1,\"delta\":{\"content\":\"b\"},\"finish_reason\":\"stop\"}]}")
                    + USAGE
                    + DONE)
            .askedWith("n=2")
            .gives(text(0, "a"), text(1, "b"), END),
        rule("The number of an answer may be a string, a fraction of nothing, or missing")
            .amid(
                event(choice("{\"index\":\"0\",\"delta\":{\"content\":\"a\"}}"))
                    + event(choice("{\"index\":0.0,\"delta\":{\"content\":\"b\"}}"))
                    + event(choice("{\"delta\":{\"content\":\"c\"}}"))
                    + event(choice("{\"index\":-1,\"delta\":{\"content\":\"d\"}}")))
            .adds(text("a"), text("b"), text("c"), text("d")),
        rule("An answer that was not asked for is told by its number")
            .message(Chunks.chunk(1_000_000_000, "{\"content\":\"a\"}", "stop"))
            .adds(text(1_000_000_000, "a")),
        rule("Numbers beyond all measure do not matter")
            .message("{\"created\":1" + "0".repeat(900) + ",\"choices\":[]}")
            .isPassedOver(),
        rule("A number without end is skipped and counted")
            .message("{\"created\":1" + "0".repeat(2000) + ",\"choices\":[]}")
            .isSkipped(),
        rule("A number that is none is skipped and counted")
            .message("{\"logprob\":NaN,\"choices\":[{\"delta\":{\"content\":\"a\"}}]}")
            .isSkipped(),
        rule("Nesting without end fails the answer and names the option")
            .amid(event("{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}"))
            .breaksOff(ProtocolViolatedException.class, "'maxJsonDepth'"),
        rule("The finish reason may come with the last text").stream(
                HEL + event(Chunks.chunk("{\"content\":\"lo\"}", "stop")) + USAGE + DONE)
            .gives(text("Hel"), text("lo"), END),
        rule("The finish reason may come without a delta").stream(
                HEL + event(choice("{\"delta\":null,\"finish_reason\":\"stop\"}")) + USAGE)
            .gives(text("Hel"), END),
        rule("Text after the finish reason is delivered").stream(
                HEL + Words.STOP + LO + USAGE + DONE)
            .gives(text("Hel"), text("lo"), END),
        rule("A finish reason on every chunk does not end the stream").stream(
                event(Chunks.chunk("{\"content\":\"Hel\"}", "stop"))
                    + event(Chunks.chunk("{\"content\":\"lo\"}", "stop"))
                    + USAGE
                    + DONE)
            .gives(text("Hel"), text("lo"), END),
        rule("A finish reason that is empty or the word null is none").stream(
                event(Chunks.chunk("{\"content\":\"Hel\"}", ""))
                    + event(Chunks.chunk("{}", "null")))
            .fails(StreamTruncatedException.class, "ended without a finish reason", text("Hel")),
        rule("A finish reason that is false or an object is none")
            .amid(
                event(choice("{\"delta\":{\"content\":\"a\"},\"finish_reason\":false}"))
                    + event(
                        choice(
                            "{\"delta\":{\"content\":\"b\"},\"finish_reason\":{\"type\":\"x\"}}")))
            .adds(text("a"), text("b")),
        finish("An answer cut by its limit says so", "length", "length"),
        finish("A limit may be called max_tokens", "max_tokens", "length"),
        finish("An answer cut by a filter says so", "content_filter", "content_filter"),
        finish("The reason may be in capitals", "STOP", "stop"),
        finish("An end of turn is a stop", "end_turn", "stop"),
        finish("An end of sequence is a stop", "eos", "stop"),
        finish("A fault of the server is told as the reason", "error", "error"),
        finish("A reason that nobody knows is kept as it is", "abort", "unknown"),
        rule("Reasoning may be called reasoning_content")
            .delta("{\"reasoning_content\":\"hm\",\"content\":null}")
            .adds(reasoning("hm")),
        rule("Reasoning may be called reasoning")
            .delta("{\"reasoning\":\"hm\",\"content\":\"\"}")
            .adds(reasoning("hm")),
        rule("Reasoning under both names is told once")
            .delta("{\"reasoning\":\"hm\",\"reasoning_content\":\"hm\"}")
            .adds(reasoning("hm")),
        rule("Reasoning in details beside its text is told once")
            .delta(
                "{\"reasoning\":\"hm\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\"}]}")
            .adds(reasoning("hm")),
        rule("Reasoning may come in details alone")
            .delta(
                "{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"hm\"},{\"type\":\"reasoning.encrypted\",\"data\":\"x\"}]}")
            .adds(reasoning("hm")),
        rule("Reasoning that is an object without text is none")
            .delta("{\"reasoning\":{\"effort\":\"low\"}}")
            .isPassedOver(),
        rule("Reasoning comes before the text of the same chunk")
            .delta("{\"content\":\"a\",\"reasoning_content\":\"hm\"}")
            .adds(reasoning("hm"), text("a")),
        rule("Tags of thinking within the text are text")
            .delta("{\"content\":\"<think>hm</think>a\"}")
            .adds(text("<think>hm</think>a")),
        rule("Tags of thinking at the start of the text are reasoning where that is asked for")
            .stream(
                event(Chunks.token("<thi"))
                    + event(Chunks.token("nk>hm</"))
                    + event(Chunks.token("think>Hel"))
                    + LO
                    + FINISH)
            .askedWith("splitThinkTags=true")
            .gives(reasoning("hm"), text("Hel"), text("lo"), END),
        rule("Tags of thinking further on are text also where that is asked for")
            .delta("{\"content\":\"<think>hm</think>a\"}")
            .askedWith("splitThinkTags=true")
            .adds(text("<think>hm</think>a")),
        rule("A tag of thinking that is only closed is text also where that is asked for").stream(
                event(Chunks.token("hm</think>")) + LO + FINISH)
            .askedWith("splitThinkTags=true")
            .gives(text("hm</think>"), text("lo"), END),
        rule("A refusal is text, because it is all that the model says")
            .delta("{\"content\":null,\"refusal\":\"No\"}")
            .adds(text("No")),
        rule("A refusal that is null says nothing")
            .delta("{\"content\":\"a\",\"refusal\":null}")
            .adds(text("a")),
        rule("A refusal in place of a whole answer is its text")
            .reply(
                200,
                "application/json",
                choice(
                    "{\"message\":{\"content\":null,\"refusal\":\"No\"},\"finish_reason\":\"stop\"}"))
            .gives(text("No"), end("stop", "tokens estimated")),
        rule("Messages of another API are no answer").stream(
                "event: content_block_delta\n"
                    + event(
                        "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}")
                    + "event: message_stop\n"
                    + event("{\"type\":\"message_stop\"}"))
            .fails(StreamTruncatedException.class, "ended without a finish reason"));
  }

  private static WireFault finish(String rule, String word, String reason) {
    Arrival end = rule(rule).stream(HEL + event(Chunks.finish(word)) + USAGE + DONE);
    return reason.equals(word)
        ? end.gives(text("Hel"), end(reason, "7+3 tokens"))
        : end.gives(text("Hel"), end(reason, "7+3 tokens", "said " + word));
  }
}
