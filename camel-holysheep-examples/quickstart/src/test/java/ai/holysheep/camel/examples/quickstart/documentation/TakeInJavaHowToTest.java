package ai.holysheep.camel.examples.quickstart.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.chat.TextReceived;
import ai.holysheep.camel.convert.ChatStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.reactive.streams.api.CamelReactiveStreams;
import org.apache.camel.component.reactive.streams.api.CamelReactiveStreamsService;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

/** The Java code of the guide to streams in Java: templates and publishers. */
class TakeInJavaHowToTest extends HowToTestSupport {

  private static final String PROMPT = "[[echo]]one two";

  @Test
  void fluentTemplate() throws Exception {
    StringBuilder text = new StringBuilder();
    FluentProducerTemplate fluent = context.createFluentProducerTemplate();
    // begin: fluent-template
    try (ChatStream stream =
        fluent
            .to("holysheep:chat?model=deepseek-v3.2&stream=true")
            .withHeader("CamelHolySheepTemperature", 0.2)
            .withBody("Tell me a story")
            .request(ChatStream.class)) {
      while (stream.hasNext()) {
        ChatEvent event = stream.nextEvent();
        if (event instanceof TextReceived token) {
          text.append(token.text());
        }
      }
    }
    // end: fluent-template
    assertThat(text).contains("Tell me a story");
  }

  @Test
  void asynchronousTemplate() throws Exception {
    String endpoint = "holysheep:chat?model=deepseek-v3.2&stream=true";
    // begin: async-template
    CompletableFuture<String> text =
        template
            .asyncRequestBody(endpoint, "Tell me a story", ChatStream.class)
            .thenApply(
                stream -> {
                  try (stream) {
                    return stream.text();
                  }
                });
    // end: async-template
    assertThat(text.get(10, TimeUnit.SECONDS)).contains("Tell me a story");
  }

  @Test
  @SuppressWarnings("unchecked")
  void publisher() throws Exception {
    String endpoint = "holysheep:chat?model=deepseek-v3.2&stream=true";
    List<String> bodies = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> done = new CompletableFuture<>();
    // begin: flow-publisher
    Flow.Publisher<Message> parts = template.requestBody(endpoint, PROMPT, Flow.Publisher.class);
    parts.subscribe(
        new Flow.Subscriber<>() {
          private Flow.Subscription subscription;

          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscription.request(1);
          }

          @Override
          public void onNext(Message part) {
            bodies.add(part.getBody(String.class));
            subscription.request(1);
          }

          @Override
          public void onError(Throwable failure) {
            done.completeExceptionally(failure);
          }

          @Override
          public void onComplete() {
            done.complete(null);
          }
        });
    // end: flow-publisher
    done.get(10, TimeUnit.SECONDS);
    assertThat(bodies).hasSize(3).startsWith("one", " two");
  }

  @Test
  @SuppressWarnings("unchecked")
  void reactiveStreamsRoute() throws Exception {
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            // begin: reactive-streams-route
            from("reactive-streams:parts?maxInflightExchanges=1&forwardOnComplete=true")
                .to("seda:parts");
            // end: reactive-streams-route
          }
        });
    String endpoint = "holysheep:chat?model=deepseek-v3.2&stream=true";
    // begin: reactive-streams-publisher
    Publisher<Exchange> parts = template.requestBody(endpoint, PROMPT, Publisher.class);
    CamelReactiveStreamsService camel = CamelReactiveStreams.get(context);
    parts.subscribe(camel.streamSubscriber("parts"));
    // end: reactive-streams-publisher
    for (String type : List.of("token", "token", "usage")) {
      Exchange part = results.receive("seda:parts", 10_000);
      assertThat(part.getMessage().getHeader("CamelHolySheepEventType")).isEqualTo(type);
    }
    Exchange end = results.receive("seda:parts", 10_000);
    assertThat(end.getMessage().getHeader("CamelReactiveStreamsEventType")).isEqualTo("onComplete");
  }
}
