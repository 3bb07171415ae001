package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import java.net.http.HttpClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/** Spring AI's streaming model over the HTTP client of the JDK, which limits no connections. */
final class SpringAi implements Way {

  private final OpenAiChatModel model;

  SpringAi(Target target) {
    // Else each request would offer HTTP/2 to a server that has none.
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    OpenAiApi api =
        OpenAiApi.builder()
            .baseUrl(target.baseUrl().toString())
            .completionsPath("/chat/completions")
            .apiKey(Target.API_KEY)
            .webClientBuilder(WebClient.builder().clientConnector(new JdkClientHttpConnector(http)))
            .build();
    model =
        OpenAiChatModel.builder()
            .openAiApi(api)
            .defaultOptions(
                OpenAiChatOptions.builder().model(target.model()).streamUsage(true).build())
            .build();
  }

  @Override
  public void read(StreamCheck check) {
    model.stream(new Prompt(Target.PROMPT))
        .subscribe(part -> tell(check, part), check::failed, check::ended);
  }

  private static void tell(StreamCheck check, ChatResponse part) {
    Generation generation = part.getResult();
    String token = generation == null ? null : generation.getOutput().getText();
    if (token != null) {
      check.token(token);
    }
    // Parts without a usage have one of zero tokens.
    long completionTokens = part.getMetadata().getUsage().getCompletionTokens();
    if (completionTokens > 0) {
      check.usage(completionTokens);
    }
  }

  @Override
  public boolean isWaiting() {
    return false;
  }

  @Override
  public void close() {
    // The client of the JDK 17 ends with its last reference.
  }
}
