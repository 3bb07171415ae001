package ai.holysheep.camel.route;

import static ai.holysheep.camel.HolySheepConstants.COMPLETE;
import static ai.holysheep.camel.HolySheepConstants.COMPLETION_TOKENS;
import static ai.holysheep.camel.HolySheepConstants.DUPLICATE_COUNT;
import static ai.holysheep.camel.HolySheepConstants.ERROR_CATEGORY;
import static ai.holysheep.camel.HolySheepConstants.EVENT_TYPE;
import static ai.holysheep.camel.HolySheepConstants.MISSING;
import static ai.holysheep.camel.HolySheepConstants.STREAM_ID;
import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepAggregationStrategy;
import ai.holysheep.camel.HolySheepStreamId;
import ai.holysheep.camel.chat.ChatEvent;
import ai.holysheep.camel.convert.BodyFormat;
import ai.holysheep.camel.convert.FilledMessages;
import ai.holysheep.camel.testing.PartsOfAStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.aggregate.ClosedCorrelationKeyException;
import org.apache.camel.processor.aggregate.MemoryAggregationRepository;
import org.apache.camel.spi.AggregationRepository;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultExchangeHolder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code aggregate(streamId, strategy)}, where the parts come from somewhere else. */
class JoinAggregateTest extends StreamRouteTestSupport {

  private static final List<ChatEvent> HELLO = PartsOfAStream.tokens("s", "Hel", "lo", "!");

  private final HolySheepAggregationStrategy strategy = new HolySheepAggregationStrategy();

  @Test
  void partsWithTheirHeadersGiveTheAnswer() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    routes(
        rb -> {
          rb.from("direct:ask").to(ask()).split(body()).streaming().to("seda:parts");
          rb.from("seda:parts?concurrentConsumers=3")
              .aggregate(rb.header(STREAM_ID), strategy)
              .to("mock:answer");
        });
    template.sendBody("direct:ask", "Hi");
    assertAnswer("Hello");
  }

  @Test
  void partsOfJsonGiveTheAnswerInAnotherContextWithoutHeaders() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    CountDownLatch answered = new CountDownLatch(1);
    List<Exchange> answers = Collections.synchronizedList(new ArrayList<>());
    try (DefaultCamelContext other = new DefaultCamelContext()) {
      other.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:parts")
                  .aggregate(new HolySheepStreamId(), strategy)
                  .process(answers::add)
                  .process(exchange -> answered.countDown());
            }
          });
      other.start();
      routes(
          rb ->
              rb.from("direct:ask")
                  .to(ask("bodyFormat=json"))
                  .split(body())
                  .streaming()
                  .process(
                      exchange ->
                          other
                              .createProducerTemplate()
                              .sendBody(
                                  "direct:parts", exchange.getMessage().getBody(byte[].class))));
      assertThat(template.send("direct:ask", e -> e.getMessage().setBody("Hi")).getException())
          .isNull();
      await(answered);
      Message answer = answers.get(0).getMessage();
      assertThat(answer.getBody()).isEqualTo("Hello");
      assertThat(answer.getHeader(COMPLETE)).isEqualTo(true);
      assertThat(answer.getHeader(COMPLETION_TOKENS, Long.class)).isPositive();
      assertThat(other.getComponentNames()).doesNotContain("holysheep");
    }
  }

  @ParameterizedTest
  @EnumSource(BodyFormat.class)
  void orderAndRepetitionDoNotMatter(BodyFormat format) throws Exception {
    aggregate("");
    for (int index : new int[] {3, 1, 3, 0, 1, 2}) {
      send(HELLO.get(index), format);
    }
    Message answer = assertAnswer("Hello!");
    assertThat(answer.getHeader(DUPLICATE_COUNT)).isEqualTo(2L);
    assertThat(answer.getExchange().getProperty(Exchange.AGGREGATED_COMPLETED_BY))
        .isEqualTo("predicate");
  }

  @Test
  void streamsAreKeptApart() throws Exception {
    aggregate("");
    List<ChatEvent> other = PartsOfAStream.tokens("t", "Good", "bye");
    send(HELLO.get(0), BodyFormat.text);
    other.forEach(event -> send(event, BodyFormat.text));
    assertAnswer("Goodbye");
    HELLO.subList(1, 4).forEach(event -> send(event, BodyFormat.text));
    assertThat(received("mock:answer", 2).get(1).getMessage().getBody()).isEqualTo("Hello!");
  }

  @Test
  void timeoutGivesWhatThereIsAndSaysWhatIsMissing() throws Exception {
    aggregate("timeout");
    send(HELLO.get(0), BodyFormat.text);
    send(HELLO.get(2), BodyFormat.text);
    Message answer = received("mock:answer", 1).get(0).getMessage();
    assertThat(answer.getBody()).isEqualTo("Hel!");
    assertThat(answer.getHeader(COMPLETE)).isEqualTo(false);
    assertThat(answer.getHeader(MISSING)).isEqualTo("1,3-");
    assertThat(answer.getHeader(STREAM_ID)).isEqualTo("s");
  }

  @Test
  void failureOfTheStreamIsToldInHeaders() throws Exception {
    aggregate("");
    for (ChatEvent event : PartsOfAStream.of("s").text("Hel").fail()) {
      send(event, BodyFormat.json);
    }
    Message answer = received("mock:answer", 1).get(0).getMessage();
    assertThat(answer.getBody()).isEqualTo("Hel");
    assertThat(answer.getHeader(COMPLETE)).isEqualTo(false);
    assertThat(answer.getHeader(EVENT_TYPE)).isEqualTo("error");
    assertThat(answer.getHeader(ERROR_CATEGORY)).isEqualTo("SERVER_ERROR");
    assertThat(answer.getExchange().getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
        .hasMessage("It broke.");
  }

  @Test
  void intervalGivesWhatThereIs() throws Exception {
    aggregate("interval");
    send(HELLO.get(3), BodyFormat.json);
    Message answer = received("mock:answer", 1).get(0).getMessage();
    assertThat(answer.getHeader(MISSING)).isEqualTo("0-2");
    assertThat(answer.getHeader(COMPLETION_TOKENS)).isEqualTo(3L);
  }

  @Test
  void endOfTheContextGivesWhatThereIs() throws Exception {
    routes(
        rb ->
            rb.from("direct:parts")
                .aggregate(new HolySheepStreamId(), strategy)
                .forceCompletionOnStop()
                .to("mock:answer"));
    send(HELLO.get(0), BodyFormat.text);
    context.getRouteController().stopAllRoutes();
    Message answer = received("mock:answer", 1).get(0).getMessage();
    assertThat(answer.getBody()).isEqualTo("Hel");
    assertThat(answer.getHeader(MISSING)).isEqualTo("1-");
  }

  @Test
  void partThatComesTooLateIsRefusedWhereKeysAreClosed() throws Exception {
    routes(
        rb ->
            rb.from("direct:parts")
                .aggregate(new HolySheepStreamId(), strategy)
                .closeCorrelationKeyOnCompletion(100)
                .to("mock:answer"));
    HELLO.forEach(event -> send(event, BodyFormat.text));
    assertAnswer("Hello!");
    Exchange late = send(HELLO.get(1), BodyFormat.text);
    assertThat(late.getException()).isInstanceOf(ClosedCorrelationKeyException.class);
  }

  @Test
  void partThatComesTooLateIsAGroupThatSaysThatItHasNothingElse() throws Exception {
    aggregate("timeout");
    HELLO.forEach(event -> send(event, BodyFormat.text));
    assertAnswer("Hello!");
    send(HELLO.get(1), BodyFormat.text);
    Message late = received("mock:answer", 2).get(1).getMessage();
    assertThat(late.getHeader(COMPLETE)).isEqualTo(false);
    assertThat(late.getHeader(MISSING)).isEqualTo("0,2-");
  }

  @Test
  void exchangeThatIsNoPartFailsAndHarmsNoGroup() throws Exception {
    routes(rb -> rb.from("direct:parts").aggregate(rb.constant(1), strategy).to("mock:answer"));
    send(HELLO.get(0), BodyFormat.text);
    Exchange junk = template.send("direct:parts", e -> e.getMessage().setBody("junk"));
    assertThat(junk.getException()).hasRootCauseMessage("is not valid JSON");
    send(PartsOfAStream.tokens("t", "stray").get(0), BodyFormat.text);
    HELLO.subList(1, 4).forEach(event -> send(event, BodyFormat.text));
    assertAnswer("Hello!");
  }

  @Test
  void manyThreadsWithOptimisticLockingLoseNothing() throws Exception {
    routes(
        rb ->
            rb.from("seda:parts?concurrentConsumers=4")
                .aggregate(new HolySheepStreamId(), strategy)
                .aggregationRepository(new MemoryAggregationRepository(true))
                .optimisticLocking()
                .parallelProcessing()
                .to("mock:answer"));
    String[] tokens = IntStream.range(0, 500).mapToObj(i -> i + " ").toArray(String[]::new);
    List<ChatEvent> events = new ArrayList<>(PartsOfAStream.tokens("s", tokens));
    Collections.shuffle(events, new Random(7));
    events.forEach(event -> send("seda:parts", event, BodyFormat.text));
    Message answer = assertAnswer(String.join("", tokens));
    assertThat(answer.getHeaders()).doesNotContainKey(DUPLICATE_COUNT);
  }

  @Test
  void repositoryThatStoresBytesLosesNothing() throws Exception {
    BytesRepository repository = new BytesRepository();
    routes(
        rb ->
            rb.from("direct:parts")
                .aggregate(new HolySheepStreamId(), strategy)
                .aggregationRepository(repository)
                .to("mock:answer"));
    for (int index : new int[] {3, 0, 2, 1}) {
      send(HELLO.get(index), BodyFormat.text);
    }
    assertAnswer("Hello!");
    assertThat(repository.getKeys()).isEmpty();
  }

  @Test
  void routeInYamlNeedsNoBeans() throws Exception {
    yaml(
        """
        - route:
            from:
              uri: direct:parts
              steps:
                - aggregate:
                    aggregationStrategy: "#class:ai.holysheep.camel.HolySheepAggregationStrategy"
                    correlationExpression:
                      method:
                        beanType: ai.holysheep.camel.HolySheepStreamId
                    steps:
                      - to:
                          uri: mock:answer
        """);
    HELLO.forEach(event -> send(event, BodyFormat.json));
    assertAnswer("Hello!");
  }

  @Test
  void optionsCanBeSetInYaml() throws Exception {
    yaml(
        """
        - beans:
            - name: answer
              type: ai.holysheep.camel.HolySheepAggregationStrategy
              properties:
                bodyFormat: json
                maxKeptCharacters: 4
        - route:
            from:
              uri: direct:parts
              steps:
                - aggregate:
                    aggregationStrategy: answer
                    correlationExpression:
                      header: CamelHolySheepStreamId
                    steps:
                      - to:
                          uri: mock:answer
        """);
    HELLO.forEach(event -> send(event, BodyFormat.text));
    Message answer = received("mock:answer", 1).get(0).getMessage();
    assertThat(answer.getBody(String.class))
        .startsWith("{\"type\":\"answer\",\"streamId\":\"s\"")
        .contains("\"content\":\"Hel\"", "\"cut\":true");
    assertThat(answer.getHeader(COMPLETE)).isEqualTo(false);
  }

  private void yaml(String routes) throws Exception {
    Resource resource = ResourceHelper.fromString("routes.yaml", routes);
    PluginHelper.getRoutesLoader(context).loadRoutes(resource);
  }

  private void aggregate(String completion) throws Exception {
    routes(
        rb -> {
          var aggregate = rb.from("direct:parts").aggregate(new HolySheepStreamId(), strategy);
          switch (completion) {
            case "timeout" -> aggregate.completionTimeout(100).completionTimeoutCheckerInterval(10);
            case "interval" -> aggregate.completionInterval(100);
            default -> {}
          }
          aggregate.to("mock:answer");
        });
  }

  private Exchange send(ChatEvent event, BodyFormat format) {
    return send("direct:parts", event, format);
  }

  /** As a broker hands it on: JSON has lost its headers. */
  private Exchange send(String endpoint, ChatEvent event, BodyFormat format) {
    return template.send(
        endpoint,
        exchange -> {
          FilledMessages.fill(exchange.getMessage(), event, format);
          if (format == BodyFormat.json) {
            exchange.getMessage().removeHeaders("*");
          }
        });
  }

  private Message assertAnswer(String text) {
    Message answer = received("mock:answer", 1).get(0).getMessage();
    assertThat(answer.getBody()).isEqualTo(text);
    assertThat(answer.getHeader(COMPLETE)).isEqualTo(true);
    assertThat(answer.getHeader(COMPLETION_TOKENS, Long.class)).isPositive();
    return answer;
  }

  /** Keeps what Camel's repositories for databases keep of an exchange. */
  private static final class BytesRepository extends ServiceSupport
      implements AggregationRepository {

    private final Map<String, byte[]> groups = new HashMap<>();

    @Override
    public Exchange add(CamelContext context, String key, Exchange exchange) {
      groups.put(key, bytes(DefaultExchangeHolder.marshal(exchange)));
      return null;
    }

    @Override
    public Exchange get(CamelContext context, String key) {
      byte[] stored = groups.get(key);
      if (stored == null) {
        return null;
      }
      Exchange exchange = new DefaultExchange(context);
      DefaultExchangeHolder.unmarshal(exchange, holder(stored));
      return exchange;
    }

    @Override
    public void remove(CamelContext context, String key, Exchange exchange) {
      groups.remove(key);
    }

    private static byte[] bytes(DefaultExchangeHolder holder) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(holder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }

    private static DefaultExchangeHolder holder(byte[] bytes) {
      try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
        return (DefaultExchangeHolder) in.readObject();
      } catch (IOException | ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void confirm(CamelContext context, String exchangeId) {}

    @Override
    public Set<String> getKeys() {
      return groups.keySet();
    }
  }
}
