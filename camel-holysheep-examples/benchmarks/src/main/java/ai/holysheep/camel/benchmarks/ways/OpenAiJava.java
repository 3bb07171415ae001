package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * The official client for OpenAI: its iterator of chunks is the body that a streaming split reads,
 * and its response is closed with the exchange.
 */
final class OpenAiJava implements Way {

  private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);

  private final OpenAIClient client;
  private final ChatCompletionCreateParams params;
  private final Routes routes;

  OpenAiJava(Target target) throws Exception {
    // Calls that block have no limit but the one to what is kept of their connections.
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(target.baseUrl().toString())
            .apiKey(Target.API_KEY)
            .maxRetries(0)
            .maxIdleConnections(target.streams())
            .keepAliveDuration(KEEP_ALIVE)
            .build();
    params =
        ChatCompletionCreateParams.builder()
            .model(target.model())
            .addUserMessage(Target.PROMPT)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    routes =
        new Routes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from("direct:ask")
                    .process(asked -> ask(asked))
                    .split(body())
                    .streaming()
                    .process(part -> tell(part));
              }
            });
  }

  @SuppressWarnings("MustBeClosedChecker") // It is, when the exchange is done.
  private void ask(Exchange asked) {
    StreamResponse<ChatCompletionChunk> response =
        client.chat().completions().createStreaming(params);
    asked.getMessage().setBody(response.stream().iterator());
    asked
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                response.close();
              }
            });
  }

  private static void tell(Exchange part) {
    StreamCheck check = Routes.check(part);
    ChatCompletionChunk chunk = part.getMessage().getBody(ChatCompletionChunk.class);
    if (!chunk.choices().isEmpty()) {
      check.token(chunk.choices().get(0).delta().content().orElse(""));
    }
    chunk.usage().ifPresent(usage -> check.usage(usage.completionTokens()));
  }

  @Override
  public void read(StreamCheck check) throws Exception {
    routes.ask(check);
  }

  @Override
  public boolean isWaiting() {
    return true;
  }

  @Override
  public void close() {
    routes.close();
    client.close();
  }
}
