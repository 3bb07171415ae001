package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import java.util.Arrays;
import java.util.Locale;

/** All ways, by name. */
public enum Ways {
  /** One thread that counts bytes: the limit. */
  RAW_SOCKET(RawSocket::new),
  /** HttpClient 5, blocking; looks for the ends of lines and nothing else. */
  RAW_CLASSIC(RawClassicClient::new),
  /** HttpClient 5, async; looks for the ends of lines and nothing else. */
  RAW_ASYNC(RawAsyncClient::new),
  /** The least that makes exchanges of tokens, in a split. */
  MINIMAL_PULL(MinimalPull::new),
  /** The least that makes exchanges of tokens, on the threads that read them. */
  MINIMAL_PUSH(MinimalPush::new),
  /** A split over the body. */
  PULL(HolySheepPull::new),
  /** The same with metrics and spans. */
  PULL_OBSERVED(HolySheepObserved::new),
  /** With the option streamTo. */
  PUSH(target -> new HolySheepPush(target, true)),
  /** With the option streamTo, on the threads that read. */
  PUSH_WITHOUT_POOL(target -> new HolySheepPush(target, false)),
  /** Answers as a consumer. */
  CONSUMER(HolySheepConsumers::new),
  /** Turns of agent sessions over WebSockets, with the option streamTo. */
  AGENT(HolySheepAgent::new),
  /** A route by hand with camel-http. */
  CAMEL_HTTP(CamelHttp::new),
  /** The official client for OpenAI in a split, as Camel's own component uses it. */
  OPENAI_JAVA(OpenAiJava::new),
  /** LangChain4j's streaming model, without a route. */
  LANGCHAIN4J(LangChain4j::new),
  /** Spring AI's streaming model, without a route. */
  SPRING_AI(SpringAi::new),
  /** A whole answer with this component. */
  CALL(HolySheepCall::new),
  /** A whole answer with camel-http. */
  CAMEL_HTTP_CALL(CamelHttpCall::new);

  private interface Opener {
    Way open(Target target) throws Exception;
  }

  private final Opener opener;

  Ways(Opener opener) {
    this.opener = opener;
  }

  /** The name as users write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The way of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Ways of(String word) {
    return Arrays.stream(values())
        .filter(way -> way.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no way " + word));
  }

  /** Opens it for one run. */
  public Way open(Target target) throws Exception {
    return opener.open(target);
  }
}
