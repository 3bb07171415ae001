package ai.holysheep.camel.survival;

/** The words around the tables. */
final class SurvivalPage {

  private static final String INTRODUCTION =
      """
      What becomes of a stream in the EIPs and endpoints of a route, for each way to take it:

      - **pull**: `to("holysheep:chat?stream=true")`, then `split(body()).streaming()`;
      - **push**: `to("holysheep:chat?streamTo=direct:parts")`; the target is the route from `direct:parts`;
      - **consumer**: `from("holysheep:chat?stream=true&prompt=...")`.

      Each cell is the outcome of a route that was run against a server on this machine; it sends two tokens, and waits after
      the first one to see whether that comes through. Unless a cell says otherwise, what comes through has the headers and
      properties of the exchange that asked (in a route of the consumer: those that the route has set), the `usage` part is the
      last, the connection is kept for the next call, and the body of the calling exchange then converts to the whole answer.

      """;

  private static final String FURTHER =
      """

      - *connection closed*: the server stops making tokens. *connection stays open*: until `abandonedTimeout`, or until the
        garbage collector finds the stream, as nobody reads it; [more](../explanation/stream-life.md#streams-that-nobody-reads).
      - *no answer afterwards*: the body is something else, or a stream that was closed before its end.
      - *without headers*, *without properties*: those of the exchange that asked are lost.
      """;

  private static final String REST =
      """

      ## Good to know

      | what | what happens |
      | --- | --- |
      | the last part of a split | has `CamelSplitComplete=true` |
      | a second split of the same stream | has no parts; the body still converts to the whole answer |
      | `split` with a strategy | as with any split; [`HolySheepAggregationStrategy`](../how-to/join-a-stream.md) gives the whole answer |
      | `circuitBreaker` that asks | as `enrich`; see [circuit breakers](../how-to/use-a-circuit-breaker.md) |
      | an EIP that asks, without stream caching (`streamCache="false"`, or a list of classes that leaves `ChatStream` out) | the stream is read for the EIP's copy of the exchange when the split is behind: parts lack headers that are set later, `stopOnException` does not stop the reading, and a failure's properties are not on the exchange |
      | stream caching, which is on by default | reads nothing of the stream, nor of an `InputStream` made of it; the stream learns from it which exchange it is in |
      | `onCompletion` that asks and splits | all parts |
      | `wireTap` | the tapped route reads on, even when the main route has ended or failed |
      | `ProducerTemplate`, `FluentProducerTemplate` that ask | the body is a live stream after the call; whoever called closes it, or takes it to its end |
      | `log("${body}")`, `to("log:...")`, `convertBodyTo(String.class)` | wait for the whole answer; the stream can still be split, the text of a conversion cannot |
      | messages of file and HTTP consumers | the parts are of the same class, with what it carries; the message between endpoint and split is not |

      These are tested by `SplitStreamTest`, `EarlyStopTest`, `CopiedStreamTest`, `StreamSurvivalTest` and `StreamConversionTest`.

      ## Ending

      | event | what happens |
      | --- | --- |
      | the last part was taken | the connection is kept for the next call |
      | `stopOnException()` of a split, and a part fails | nothing more is read, the connection is closed at once, and the exchange fails, unless an error handler deals with the failure |
      | a part fails in a target or a consumer's route | the same; with the endpoint's `stopOnException=false` the others are still routed |
      | `close()`, of the stream or of an `InputStream`, `Reader` or `java.util.stream.Stream` made of it | the connection is closed |
      | `cancel(reason)` | the connection is closed; whoever takes parts gets a `CallCancelledException` |
      | the Camel context stops | as `cancel`, after the time that Camel gives to exchanges under way |
      """;

  private SurvivalPage() {}

  static String page(String command, String tables) {
    return "# Streams in EIPs\n\n<!-- Made from the code. Do not edit; to make it anew: "
        + command
        + " -->\n\n"
        + INTRODUCTION
        + SurvivalMatrix.legend()
        + FURTHER
        + tables
        + REST;
  }
}
