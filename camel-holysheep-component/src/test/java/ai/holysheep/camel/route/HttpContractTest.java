package ai.holysheep.camel.route;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.ChatMessage;
import ai.holysheep.camel.chat.ToolCall;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.testing.Chunks;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire, and what a whole answer becomes. */
class HttpContractTest extends CamelTestSupport {

  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}}}";
  private static final String TOOLS = "[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";
  private static final String HI = "[{\"role\":\"user\",\"content\":\"Hi\"}]";

  private static final WireMockServer SERVER =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));

  @TempDir Path folder;

  @BeforeAll
  static void startServer() {
    SERVER.start();
  }

  @AfterAll
  static void stopServer() {
    SERVER.stop();
  }

  @BeforeEach
  void answerAll() {
    SERVER.resetAll();
    answer(Chunks.completion("Hello"));
  }

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext context = super.createCamelContext();
    HolySheepComponent other = new HolySheepComponent();
    other.getConfiguration().setModel("m-component");
    other.getConfiguration().setApiKey("k-component");
    other.getConfiguration().setTemperature(0.1);
    context.addComponent("preset", other);
    return context;
  }

  @Test
  void requestIsAPostOfJsonWithTheKey() {
    ask("&additionalHeader.X-Title=Farm", "Hi", Map.of());
    SERVER.verify(
        1,
        postRequestedFor(urlEqualTo("/v1/chat/completions"))
            .withHeader("Content-Type", matching("application/json(;.*)?"))
            .withHeader("Accept", equalTo("application/json"))
            .withHeader("Accept-Encoding", equalTo("identity"))
            .withHeader("Authorization", equalTo("Bearer k-1"))
            .withHeader("X-Title", equalTo("Farm")));
    assertSent("{\"model\":\"m-1\",\"messages\":" + HI + ",\"stream\":false}");
  }

  @Test
  void streamIsAskedForWithItsUsage() {
    Exchange exchange = ask("&stream=true", "Hi", Map.of());
    exchange.getMessage().getBody(ChatStream.class).close();
    SERVER.verify(any().withHeader("Accept", matching("text/event-stream.*")));
    assertSent(
        "{\"model\":\"m-1\",\"messages\":"
            + HI
            + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
  }

  @Test
  void headerDecidesWhetherItIsAStreamAndTheBodyHasNoSay() {
    String body = "{\"stream\":true,\"stream_options\":{\"x\":1},\"messages\":" + HI + "}";
    ask("&stream=true", body, Map.of(HolySheepConstants.STREAM, "false"));
    assertSent("{\"model\":\"m-1\",\"messages\":" + HI + ",\"stream\":false}");
  }

  @Test
  void streamOptionsOfTheBodyAreKeptBesideTheUsage() {
    String body = "{\"stream_options\":{\"include_usage\":false,\"x\":1},\"messages\":" + HI + "}";
    ask("&stream=true", body, Map.of()).getMessage().getBody(ChatStream.class).close();
    assertSent(
        "{\"model\":\"m-1\",\"messages\":"
            + HI
            + ",\"stream\":true,\"stream_options\":{\"include_usage\":true,\"x\":1}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/", "/v1//", "", "/a/b"})
  void pathIsThatOfTheBaseUrlHoweverItEnds(String path) {
    String base = "http://127.0.0.1:" + SERVER.port() + path;
    template.sendBody("holysheep:chat?model=m&apiKey=k&maxReconnects=0&baseUrl=" + base, "Hi");
    SERVER.verify(postRequestedFor(urlEqualTo(path.replaceAll("/+$", "") + "/chat/completions")));
  }

  static Stream<Arguments> parameters() {
    String format =
        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"answer\","
            + "\"strict\":true,\"schema\":"
            + SCHEMA
            + "}}";
    String function = "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}";
    return Stream.of(
        arguments(
            "temperature=0.5",
            "Temperature",
            "0.25",
            "\"temperature\":0.5",
            "\"temperature\":0.25"),
        arguments("topP=0.5", "TopP", 0.25, "\"top_p\":0.5", "\"top_p\":0.25"),
        arguments("maxTokens=5", "MaxTokens", "7", "\"max_tokens\":5", "\"max_tokens\":7"),
        arguments(
            "stop=a,b c", "Stop", List.of("x,y"), "\"stop\":[\"a\",\"b c\"]", "\"stop\":[\"x,y\"]"),
        arguments("stop=[\"a,b\"]", "Stop", "x", "\"stop\":[\"a,b\"]", "\"stop\":[\"x\"]"),
        arguments("seed=9007199254740993", "Seed", 7, "\"seed\":9007199254740993", "\"seed\":7"),
        arguments("n=2", "N", "3", "\"n\":2", "\"n\":3"),
        arguments(
            "presencePenalty=-1",
            "PresencePenalty",
            1,
            "\"presence_penalty\":-1.0",
            "\"presence_penalty\":1.0"),
        arguments(
            "frequencyPenalty=-1",
            "FrequencyPenalty",
            1,
            "\"frequency_penalty\":-1.0",
            "\"frequency_penalty\":1.0"),
        arguments(
            "responseFormat=json_object",
            "ResponseFormat",
            "text",
            "\"response_format\":{\"type\":\"json_object\"}",
            "\"response_format\":{\"type\":\"text\"}"),
        arguments(
            "jsonSchema=RAW(" + SCHEMA + ")",
            "ResponseFormat",
            "text",
            format,
            "\"response_format\":{\"type\":\"text\"}"),
        arguments(
            "jsonSchema=resource:classpath:requests/schema.json",
            "JsonSchema",
            SCHEMA,
            format,
            format),
        arguments(
            "responseFormat=text",
            "JsonSchema",
            Map.of("type", "object", "properties", Map.of("a", Map.of("type", "string"))),
            "\"response_format\":{\"type\":\"text\"}",
            format),
        arguments("tools=RAW(" + TOOLS + ")", "Tools", "[]", "\"tools\":" + TOOLS, "\"tools\":[]"),
        arguments(
            "tools=[]",
            "Tools",
            List.of(Map.of("type", "function", "function", Map.of("name", "f"))),
            "\"tools\":[]",
            "\"tools\":" + TOOLS),
        arguments("toolChoice=f", "ToolChoice", "auto", function, "\"tool_choice\":\"auto\""),
        arguments(
            "toolChoice=required",
            "ToolChoice",
            "none",
            "\"tool_choice\":\"required\"",
            "\"tool_choice\":\"none\""),
        arguments(
            "toolChoice=RAW({\"type\":\"x\"})",
            "ToolChoice",
            Map.of("type", "y"),
            "\"tool_choice\":{\"type\":\"x\"}",
            "\"tool_choice\":{\"type\":\"y\"}"),
        arguments("user=u-1", "User", "u-2", "\"user\":\"u-1\"", "\"user\":\"u-2\""),
        arguments(
            "additionalBodyProperty.top_k=5",
            "AdditionalBodyProperties",
            Map.of("top_k", 7),
            "\"top_k\":5",
            "\"top_k\":7"),
        arguments(
            "additionalBodyProperty.x=RAW({\"a\":[1,null]})",
            "AdditionalBodyProperties",
            Map.of("x", "1"),
            "\"x\":{\"a\":[1,null]}",
            "\"x\":\"1\""),
        arguments(
            "additionalBodyProperty.x=two words",
            "AdditionalBodyProperties",
            Map.of("x", List.of(true)),
            "\"x\":\"two words\"",
            "\"x\":[true]"));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void parameterIsSetByTheOptionAndOverriddenByTheHeader(
      String option, String header, Object value, String field, String overridden) {
    ask("&" + option, "Hi", Map.of());
    assertSent("{\"model\":\"m-1\",\"messages\":" + HI + ",\"stream\":false," + field + "}");
    SERVER.resetRequests();
    ask("&" + option, "Hi", Map.of("CamelHolySheep" + header, value));
    assertSent("{\"model\":\"m-1\",\"messages\":" + HI + ",\"stream\":false," + overridden + "}");
  }

  @Test
  void headerWinsOverBodyAndBodyOverOptionAndOptionOverComponent() {
    String uri = "preset:chat?baseUrl=" + baseUrl();
    String body = "{\"model\":\"m-body\",\"temperature\":0.3,\"messages\":" + HI + "}";
    send(uri, "Hi", Map.of());
    assertSent(request("m-component", "0.1"));
    send(uri + "&model=m-option&temperature=0.2", "Hi", Map.of());
    assertSent(request("m-option", "0.2"));
    send(uri + "&model=m-option&temperature=0.2", body, Map.of());
    assertSent(request("m-body", "0.3"));
    Map<String, Object> headers =
        Map.of(HolySheepConstants.MODEL, "m-header", HolySheepConstants.TEMPERATURE, 0.4);
    send(uri + "&model=m-option&temperature=0.2", body, headers);
    assertSent(request("m-header", "0.4"));
    SERVER.verify(4, any().withHeader("Authorization", equalTo("Bearer k-component")));
  }

  @Test
  void systemMessageIsPutBeforeAConversationThatHasNone() {
    ask("&systemMessage=Be brief", "Hi", Map.of());
    assertMessages("[{\"role\":\"system\",\"content\":\"Be brief\"}," + HI.substring(1));
    ask("&systemMessage=Be brief", "Hi", Map.of(HolySheepConstants.SYSTEM_MESSAGE, "Be long"));
    assertMessages("[{\"role\":\"system\",\"content\":\"Be long\"}," + HI.substring(1));
    ask("&systemMessage=Be brief", "Hi", Map.of(HolySheepConstants.SYSTEM_MESSAGE, ""));
    assertMessages(HI);
    for (String role : List.of("system", "developer")) {
      String own = "[{\"role\":\"" + role + "\",\"content\":\"Own\"}," + HI.substring(1);
      ask("&systemMessage=Be brief", own, Map.of());
      assertMessages(own);
    }
  }

  static Stream<Arguments> bodies() {
    String image =
        "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"u\"}}]}]";
    Map<String, Object> hi = Map.of("role", "user", "content", "Hi");
    return Stream.of(
        arguments("Hi", HI),
        arguments("  Hi \n", "[{\"role\":\"user\",\"content\":\"  Hi \\n\"}]"),
        arguments(new StringBuilder("Hi"), HI),
        arguments(" {\"messages\":" + HI + "}", HI),
        arguments(HI, HI),
        arguments(image, image),
        arguments("{\"a\":1}", "[{\"role\":\"user\",\"content\":\"{\\\"a\\\":1}\"}]"),
        arguments("[1]", "[{\"role\":\"user\",\"content\":\"[1]\"}]"),
        arguments("{\"messages\":", "[{\"role\":\"user\",\"content\":\"{\\\"messages\\\":\"}]"),
        arguments(List.of(hi), HI),
        arguments(List.of("Hi"), HI),
        arguments(new ChatMessage("user", "Hi"), HI),
        arguments(List.of(new ChatMessage("user", "Hi")), HI),
        arguments(new ChatMessage[] {new ChatMessage("user", "Hi")}, HI),
        arguments(Map.of("messages", List.of(hi)), HI),
        arguments("Hi".getBytes(StandardCharsets.UTF_8), HI),
        arguments(new ByteArrayInputStream(HI.getBytes(StandardCharsets.UTF_8)), HI),
        arguments(new StringReader("Hi"), HI),
        arguments("a\uD83D", "[{\"role\":\"user\",\"content\":\"a\uFFFD\"}]"),
        arguments("\uD83D\uDE00", "[{\"role\":\"user\",\"content\":\"\uD83D\uDE00\"}]"),
        arguments(List.of("a\uDE00"), "[{\"role\":\"user\",\"content\":\"a\uFFFD\"}]"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void bodyBecomesMessages(Object body, String messages) {
    ask("", body, Map.of());
    assertMessages(messages);
  }

  @Test
  void fieldsOfAMapAreSentAsTheyAre() {
    ask("", Map.of("messages", List.of("x"), "logprobs", true, "model", "m-2"), Map.of());
    assertSent("{\"model\":\"m-2\",\"messages\":[\"x\"],\"logprobs\":true,\"stream\":false}");
  }

  @Test
  void filesAndBytesAreReadInTheCharsetOfTheExchange() throws Exception {
    Path file = Files.writeString(folder.resolve("q.txt"), "H\u00e9", StandardCharsets.ISO_8859_1);
    String messages = "[{\"role\":\"user\",\"content\":\"H\u00e9\"}]";
    for (Object body : List.of(file.toFile(), file, Files.readAllBytes(file))) {
      Exchange exchange =
          template.request(
              uri(""),
              e -> {
                e.getMessage().setBody(body);
                e.setProperty(Exchange.CHARSET_NAME, "ISO-8859-1");
              });
      assertThat(exchange.getException()).isNull();
      assertMessages(messages);
    }
  }

  @Test
  void headersOfTheMessageNeverReachTheApi() {
    Map<String, Object> headers = new HashMap<>();
    headers.put("Authorization", "Bearer inbound");
    headers.put("Cookie", "session=1");
    headers.put("Host", "evil.example");
    headers.put("X-Inbound", "1");
    headers.put(Exchange.HTTP_URI, "http://evil.example");
    headers.put(Exchange.HTTP_PATH, "/evil");
    headers.put(Exchange.HTTP_QUERY, "a=b");
    headers.put(Exchange.HTTP_METHOD, "GET");
    headers.put(Exchange.CONTENT_TYPE, "text/csv");
    headers.put(Exchange.CONTENT_ENCODING, "gzip");
    Exchange exchange = ask("", "Hi", headers);
    SERVER.verify(
        1,
        postRequestedFor(urlEqualTo("/v1/chat/completions"))
            .withHeader("Authorization", equalTo("Bearer k-1"))
            .withHeader("Content-Type", matching("application/json.*"))
            .withHeader("Host", equalTo("127.0.0.1:" + SERVER.port()))
            .withHeader("Cookie", absent())
            .withHeader("Content-Encoding", absent())
            .withHeader("X-Inbound", absent())
            .withHeader(Exchange.HTTP_METHOD, absent()));
    assertThat(exchange.getMessage().getHeaders()).containsEntry("X-Inbound", "1");
  }

  @Test
  void additionalHeadersOfTheMessageWinOverThoseOfTheOptions() {
    Map<String, Object> added = new HashMap<>();
    added.put("x-a", "message");
    added.put("X-B", null);
    added.put("X-C", 7);
    ask(
        "&additionalHeader.X-A=option&additionalHeader.X-B=option&additionalHeader.X-D=option",
        "Hi",
        Map.of(HolySheepConstants.ADDITIONAL_HEADERS, added));
    SERVER.verify(
        any()
            .withHeader("X-A", equalTo("message"))
            .withHeader("X-B", absent())
            .withHeader("X-C", equalTo("7"))
            .withHeader("X-D", equalTo("option")));
  }

  @Test
  void serverThatWantsNoKeyGetsNone() {
    Assumptions.assumeTrue(System.getenv("HOLYSHEEP_API_KEY") == null);
    send("holysheep:chat?model=m-1&maxReconnects=0&baseUrl=" + baseUrl(), "Hi", Map.of());
    send("holysheep:chat?model=m-1&apiKey=&maxReconnects=0&baseUrl=" + baseUrl(), "Hi", Map.of());
    SERVER.verify(2, any().withHeader("Authorization", absent()));
  }

  @Test
  void keyAndHeadersOfTheOptionsAreNotSentToAnAddressOfTheMessage() {
    String uri =
        "holysheep:chat?model=m-1&apiKey=k-1&allowConnectionHeaders=true&maxReconnects=0&baseUrl=http://127.0.0.1:1"
            + "&additionalHeader.Authorization=Basic x&additionalHeader.X-A=1";
    Map<String, Object> headers =
        Map.of(
            HolySheepConstants.BASE_URL,
            baseUrl(),
            HolySheepConstants.ADDITIONAL_HEADERS,
            Map.of("X-B", 2));
    Exchange exchange = send(uri, "Hi", headers);
    SERVER.verify(
        1,
        any()
            .withHeader("Authorization", absent())
            .withHeader("X-A", absent())
            .withHeader("X-B", equalTo("2")));
    assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(HolySheepConstants.BASE_URL);
  }

  @Test
  void addressAndKeyOfTheMessageAreUsedAndForgotten() {
    String uri =
        "holysheep:chat?model=m-1&apiKey=k-1&allowConnectionHeaders=true&maxReconnects=0&baseUrl=http://127.0.0.1:1";
    Map<String, Object> headers =
        Map.of(HolySheepConstants.BASE_URL, baseUrl() + "/", HolySheepConstants.API_KEY, "k-2");
    Exchange exchange = send(uri, "Hi", headers);
    SERVER.verify(
        1,
        postRequestedFor(urlEqualTo("/v1/chat/completions"))
            .withHeader("Authorization", equalTo("Bearer k-2")));
    assertThat(exchange.getMessage().getHeaders())
        .doesNotContainKeys(HolySheepConstants.BASE_URL, HolySheepConstants.API_KEY);
  }

  @Test
  void wholeAnswerIsTheBodyAndItsFiguresAreHeaders() {
    Exchange exchange = ask("", "Hi", Map.of("correlation", "c-7"));
    assertThat(exchange.getMessage().getBody()).isEqualTo("Hello");
    assertThat(exchange.getMessage().getHeaders())
        .containsEntry("correlation", "c-7")
        .containsEntry(HolySheepConstants.RESPONSE_MODEL, "test-model")
        .containsEntry(HolySheepConstants.RESPONSE_ID, "chatcmpl-1")
        .containsEntry(HolySheepConstants.FINISH_REASON, "stop")
        .containsEntry(HolySheepConstants.PROMPT_TOKENS, 7L)
        .containsEntry(HolySheepConstants.COMPLETION_TOKENS, 3L)
        .containsEntry(HolySheepConstants.TOTAL_TOKENS, 10L)
        .containsEntry(HolySheepConstants.USAGE_SOURCE, "server")
        .containsKey(HolySheepConstants.STREAM_ID)
        .doesNotContainKeys(HolySheepConstants.REASONING, HolySheepConstants.TOOL_CALLS);
  }

  @Test
  void reasoningAndToolCallsOfAWholeAnswerAreHeaders() {
    answer(
        "{\"choices\":[{\"message\":{\"content\":null,\"reasoning_content\":\"Hm\",\"tool_calls\":"
            + "[{\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
            + "\"finish_reason\":\"tool_calls\"}]}");
    Exchange exchange = ask("", "Hi", Map.of());
    assertThat(exchange.getMessage().getBody()).isEqualTo("");
    assertThat(exchange.getMessage().getHeaders())
        .containsEntry(HolySheepConstants.REASONING, "Hm")
        .containsEntry(HolySheepConstants.FINISH_REASON, "tool_calls")
        .containsEntry(HolySheepConstants.USAGE_SOURCE, "estimated")
        .containsEntry(HolySheepConstants.TOOL_CALLS, List.of(new ToolCall("c1", "f", "{}", true)));
  }

  @Test
  void figuresAndResultsOfAnAnswerBeforeDoNotStayOnTheNext() {
    Map<String, Object> before = new HashMap<>();
    before.put(HolySheepConstants.REASONING, "old");
    before.put(HolySheepConstants.TOOL_CALLS, List.of());
    before.put(HolySheepConstants.CACHED_TOKENS, 5L);
    before.put(HolySheepConstants.REQUEST_ID, "old");
    before.put(HolySheepConstants.FINISH_REASON, "old");
    before.put(HolySheepConstants.EVENT_TYPE, "usage");
    Map<String, Object> whole = ask("", "Hi", before).getMessage().getHeaders();
    assertThat(whole).containsEntry(HolySheepConstants.FINISH_REASON, "stop");
    before.remove(HolySheepConstants.FINISH_REASON);
    assertThat(whole).doesNotContainKeys(before.keySet().toArray(String[]::new));
    before.put(HolySheepConstants.FINISH_REASON, "old");
    try (ChatStream stream =
        ask("&stream=true", "Hi", before).getMessage().getBody(ChatStream.class)) {
      assertThat(stream.next().getHeaders())
          .containsEntry(HolySheepConstants.EVENT_TYPE, "token")
          .doesNotContainKeys(
              HolySheepConstants.REASONING,
              HolySheepConstants.CACHED_TOKENS,
              HolySheepConstants.FINISH_REASON);
    }
  }

  @Test
  void severalAnswersAreAListInTheirOrder() {
    answer(
        "{\"choices\":[{\"index\":1,\"message\":{\"content\":\"b\"},\"finish_reason\":\"stop\"},"
            + "{\"index\":0,\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}");
    assertThat(ask("&n=2", "Hi", Map.of()).getMessage().getBody()).isEqualTo(List.of("a", "b"));
  }

  @Test
  void bodyFormatDecidesWhatAWholeAnswerIs() {
    Object json = ask("&bodyFormat=json", "Hi", Map.of()).getMessage().getBody();
    assertThat((String) json)
        .startsWith("{\"type\":\"answer\",")
        .contains("\"content\":\"Hello\"")
        .contains("\"total_tokens\":10");
    Object answer = ask("&bodyFormat=object", "Hi", Map.of()).getMessage().getBody();
    assertThat(answer).isInstanceOf(ChatAnswer.class);
    assertThat(((ChatAnswer) answer).text()).isEqualTo("Hello");
  }

  private static String baseUrl() {
    return "http://127.0.0.1:" + SERVER.port() + "/v1";
  }

  private static String uri(String options) {
    return "holysheep:chat?model=m-1&apiKey=k-1&maxReconnects=0&baseUrl=" + baseUrl() + options;
  }

  private Exchange ask(String options, Object body, Map<String, Object> headers) {
    return send(uri(options), body, headers);
  }

  private Exchange send(String uri, Object body, Map<String, Object> headers) {
    Exchange exchange =
        template.request(
            uri,
            e -> {
              e.getMessage().setBody(body);
              e.getMessage().setHeaders(new HashMap<>(headers));
            });
    assertThat(exchange.getException()).isNull();
    return exchange;
  }

  private static void answer(String json) {
    SERVER.stubFor(
        post(anyUrl())
            .willReturn(aResponse().withHeader("Content-Type", "application/json").withBody(json)));
  }

  private static RequestPatternBuilder any() {
    return postRequestedFor(anyUrl());
  }

  private static String request(String model, String temperature) {
    return "{\"model\":\"%s\",\"temperature\":%s,\"messages\":%s,\"stream\":false}"
        .formatted(model, temperature, HI);
  }

  private static void assertSent(String json) {
    SERVER.verify(1, any().withRequestBody(equalToJson(json)));
  }

  private static void assertMessages(String messages) {
    SERVER.verify(
        1, any().withRequestBody(WireMock.matchingJsonPath("$.messages", equalToJson(messages))));
    SERVER.resetRequests();
  }
}
