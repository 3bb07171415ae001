package ai.holysheep.camel.benchmarks.ways;

import ai.holysheep.camel.benchmarks.reading.StreamCheck;
import ai.holysheep.camel.benchmarks.reading.Target;
import ai.holysheep.camel.benchmarks.reading.Way;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.net.http.HttpClient;

/** LangChain4j's streaming model over the HTTP client of the JDK, which limits no connections. */
final class LangChain4j implements Way {

  private final OpenAiStreamingChatModel model;

  LangChain4j(Target target) {
    // Else each request would offer HTTP/2 to a server that has none.
    HttpClient.Builder http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    model =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(new JdkHttpClientBuilder().httpClientBuilder(http))
            .baseUrl(target.baseUrl().toString())
            .apiKey(Target.API_KEY)
            .modelName(target.model())
            .build();
  }

  @Override
  public void read(StreamCheck check) {
    model.chat(Target.PROMPT, new Telling(check));
  }

  @Override
  public boolean isWaiting() {
    return false;
  }

  @Override
  public void close() {
    // The client of the JDK 17 ends with its last reference.
  }

  private record Telling(StreamCheck check) implements StreamingChatResponseHandler {

    @Override
    public void onPartialResponse(String token) {
      check.token(token);
    }

    @Override
    public void onCompleteResponse(ChatResponse answer) {
      check.usage(answer.tokenUsage().outputTokenCount());
      check.ended();
    }

    @Override
    public void onError(Throwable cause) {
      check.failed(cause);
    }
  }
}
