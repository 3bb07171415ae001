package ai.holysheep.camel;

import ai.holysheep.camel.accounting.PriceTable;
import ai.holysheep.camel.chat.CoalescingUnit;
import ai.holysheep.camel.chat.Cost;
import ai.holysheep.camel.chat.StreamFormat;
import ai.holysheep.camel.convert.BodyFormat;
import ai.holysheep.camel.recovery.Recovery;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of an endpoint; on the component they are the defaults of all its endpoints. */
@UriParams
public class HolySheepConfiguration implements Cloneable {

  /** Where the API of HolySheep is. */
  public static final String DEFAULT_BASE_URL = "https://api.holysheep.ai/v1";

  @UriParam(defaultValue = DEFAULT_BASE_URL)
  private String baseUrl = DEFAULT_BASE_URL;

  @UriParam(label = "security")
  @Metadata(secret = true)
  private @Nullable String apiKey;

  @UriParam(label = "security,advanced")
  private boolean allowConnectionHeaders;

  @UriParam private @Nullable String model;

  @UriParam private boolean stream;

  @UriParam(label = "producer")
  private @Nullable String streamTo;

  @UriParam(label = "consumer")
  @Metadata(largeInput = true, supportFileReference = true)
  private @Nullable String prompt;

  @UriParam(label = "advanced", defaultValue = "true")
  private boolean stopOnException = true;

  @UriParam(label = "advanced", defaultValue = "true")
  private boolean useWorkerPool = true;

  @UriParam(defaultValue = "text")
  private BodyFormat bodyFormat = BodyFormat.text;

  @UriParam(enums = "text,sse,ndjson,openai,ui-message")
  private @Nullable StreamFormat streamFormat;

  @UriParam private @Nullable String systemMessage;

  @UriParam private @Nullable Double temperature;

  @UriParam private @Nullable Double topP;

  @UriParam private @Nullable Integer maxTokens;

  @UriParam private @Nullable String stop;

  @UriParam private @Nullable Long seed;

  @UriParam private @Nullable Integer n;

  @UriParam private @Nullable Double presencePenalty;

  @UriParam private @Nullable Double frequencyPenalty;

  @UriParam(enums = "text,json_object")
  private @Nullable String responseFormat;

  @UriParam
  @Metadata(largeInput = true, inputLanguage = "json", supportFileReference = true)
  private @Nullable String jsonSchema;

  @UriParam
  @Metadata(largeInput = true, inputLanguage = "json", supportFileReference = true)
  private @Nullable String tools;

  @UriParam private @Nullable String toolChoice;

  @UriParam private @Nullable String user;

  @UriParam(prefix = "additionalBodyProperty.", multiValue = true, label = "advanced")
  private Map<String, Object> additionalBodyProperty = new HashMap<>();

  @UriParam(prefix = "continueBodyProperty.", multiValue = true, label = "advanced")
  private Map<String, Object> continueBodyProperty = new HashMap<>();

  @UriParam(prefix = "continueMessageProperty.", multiValue = true, label = "advanced")
  private Map<String, Object> continueMessageProperty = new HashMap<>();

  @UriParam(prefix = "additionalHeader.", multiValue = true, label = "advanced")
  private Map<String, Object> additionalHeader = new HashMap<>();

  @UriParam(label = "advanced", defaultValue = "true")
  private boolean throwExceptionOnFailure = true;

  @UriParam(label = "advanced", defaultValue = "true")
  private boolean strictEnd = true;

  @UriParam(label = "advanced")
  private boolean splitThinkTags;

  @UriParam(label = "advanced")
  @Metadata(supportFileReference = true)
  private @Nullable String priceTable;

  @UriParam(label = "advanced")
  private @Nullable PriceTable prices;

  @UriParam(label = "advanced", defaultValue = "USD", enums = "USD,CNY")
  private String costCurrency = Cost.USD;

  @UriParam(label = "advanced", defaultValue = "1")
  private double cnyPerUsd = 1;

  @UriParam private double maxCost;

  @UriParam private long maxTotalTokens;

  @UriParam(defaultValue = "none", enums = "none,characters,words,sentences,time")
  private CoalescingUnit coalesce = CoalescingUnit.NONE;

  @UriParam(defaultValue = "1")
  private int coalesceSize = 1;

  @UriParam(defaultValue = "0", javaType = "java.time.Duration")
  private long coalesceTimeout;

  @UriParam(label = "advanced", defaultValue = "60000", javaType = "java.time.Duration")
  private long firstTokenTimeout = 60_000;

  @UriParam(label = "advanced", defaultValue = "30000", javaType = "java.time.Duration")
  private long idleTimeout = 30_000;

  @UriParam(label = "advanced", defaultValue = "0", javaType = "java.time.Duration")
  private long requestTimeout;

  @UriParam(label = "advanced", defaultValue = "600000", javaType = "java.time.Duration")
  private long abandonedTimeout = 600_000;

  @UriParam(defaultValue = "3")
  private int maxReconnects = 3;

  @UriParam(label = "advanced", defaultValue = "1000", javaType = "java.time.Duration")
  private long reconnectDelay = 1000;

  @UriParam(label = "advanced", defaultValue = "60000", javaType = "java.time.Duration")
  private long maxRetryAfter = 60_000;

  @UriParam(defaultValue = "fail", enums = "fail,restart,continue")
  private Recovery recovery = Recovery.FAIL;

  @UriParam(label = "advanced", defaultValue = "1048576")
  private int maxLineBytes = 1024 * 1024;

  @UriParam(label = "advanced", defaultValue = "4194304")
  private int maxEventBytes = 4 * 1024 * 1024;

  @UriParam(label = "advanced", defaultValue = "67108864")
  private long maxResponseBytes = 64L * 1024 * 1024;

  @UriParam(label = "advanced", defaultValue = "1000")
  private int maxJsonDepth = 1000;

  @UriParam(label = "advanced", defaultValue = "4194304")
  private int maxKeptCharacters = 4 * 1024 * 1024;

  /** A copy whose options can be changed apart. */
  public HolySheepConfiguration copy() {
    try {
      HolySheepConfiguration copy = (HolySheepConfiguration) clone();
      copy.additionalBodyProperty = new HashMap<>(additionalBodyProperty);
      copy.continueBodyProperty = new HashMap<>(continueBodyProperty);
      copy.continueMessageProperty = new HashMap<>(continueMessageProperty);
      copy.additionalHeader = new HashMap<>(additionalHeader);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new RuntimeCamelException(e);
    }
  }

  public String getBaseUrl() {
    return baseUrl;
  }

  /**
   * The API's address, without /chat/completions. Any server that speaks OpenAI's chat completions
   * will do.
   */
  public void setBaseUrl(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  public @Nullable String getApiKey() {
    return apiKey;
  }

  /**
   * The API key. Without it the environment variable HOLYSHEEP_API_KEY is used; a server under
   * another baseUrl is then asked without a key where that variable is not set either.
   */
  public void setApiKey(@Nullable String apiKey) {
    this.apiKey = apiKey;
  }

  public boolean isAllowConnectionHeaders() {
    return allowConnectionHeaders;
  }

  /**
   * Whether the headers CamelHolySheepBaseUrl and CamelHolySheepApiKey of a message may decide
   * where the request goes and with which key. They are an error otherwise. Leave it off where
   * messages come from outside.
   */
  public void setAllowConnectionHeaders(boolean allowConnectionHeaders) {
    this.allowConnectionHeaders = allowConnectionHeaders;
  }

  public @Nullable String getModel() {
    return model;
  }

  /** The model to ask, for example deepseek-v3.2. */
  public void setModel(@Nullable String model) {
    this.model = model;
  }

  public boolean isStream() {
    return stream;
  }

  /**
   * Whether the answer comes as a stream: the body is then a ChatStream, whose parts a split makes
   * exchanges of. Otherwise the body is the whole answer.
   */
  public void setStream(boolean stream) {
    this.stream = stream;
  }

  public @Nullable String getStreamTo() {
    return streamTo;
  }

  /**
   * The endpoint that each part of the answer is sent to, as an exchange of its own and in order,
   * the next one when the one before is done. No thread is held for the stream. The exchange that
   * asked goes on when all is over, with the whole answer. May hold expressions of the simple
   * language, which are evaluated once for each stream. An address with options of its own is
   * written as RAW(...). Sets stream.
   */
  public void setStreamTo(@Nullable String streamTo) {
    this.streamTo = streamTo;
  }

  public @Nullable String getPrompt() {
    return prompt;
  }

  /**
   * What a route that begins here asks, each time its scheduler polls: a text, which may hold
   * expressions of the simple language, or resource:classpath:... or resource:file:...
   */
  public void setPrompt(@Nullable String prompt) {
    this.prompt = prompt;
  }

  public boolean isStopOnException() {
    return stopOnException;
  }

  /**
   * Whether a part that cannot be routed ends its stream, when parts are sent with streamTo or
   * routed by a consumer. Otherwise the parts that follow are routed all the same; with streamTo
   * the exchange that asked fails at the end.
   */
  public void setStopOnException(boolean stopOnException) {
    this.stopOnException = stopOnException;
  }

  public boolean isUseWorkerPool() {
    return useWorkerPool;
  }

  /**
   * Whether parts that are sent with streamTo, or routed by a consumer, are routed by threads of
   * the component's pool. Without it they are routed by the two threads that read all streams from
   * the network, which is faster, but one route that waits for anything then keeps all streams
   * waiting.
   */
  public void setUseWorkerPool(boolean useWorkerPool) {
    this.useWorkerPool = useWorkerPool;
  }

  public BodyFormat getBodyFormat() {
    return bodyFormat;
  }

  /**
   * What the body of each part, and of a whole answer, is: the text, one JSON object in one line,
   * or the typed event.
   */
  public void setBodyFormat(BodyFormat bodyFormat) {
    this.bodyFormat = bodyFormat;
  }

  public @Nullable StreamFormat getStreamFormat() {
    return streamFormat;
  }

  /**
   * How a stream is written where it becomes bytes, as when it is the reply of an HTTP server: as
   * the text alone, as server-sent events or lines with one JSON object for each part, as OpenAI's
   * server sends it, or as a UI message stream of Vercel's AI SDK. Where it is set, the message
   * with the stream also gets the HTTP headers that go with the format. It is the text, without
   * such headers, where it is not set. Parts of a split are as bodyFormat says.
   */
  public void setStreamFormat(@Nullable StreamFormat streamFormat) {
    this.streamFormat = streamFormat;
  }

  public @Nullable String getSystemMessage() {
    return systemMessage;
  }

  /**
   * The system message. It is put before a conversation that has neither a system nor a developer
   * message.
   */
  public void setSystemMessage(@Nullable String systemMessage) {
    this.systemMessage = systemMessage;
  }

  public @Nullable Double getTemperature() {
    return temperature;
  }

  /**
   * How random the answer is, from 0 to 2. Not sent where not set, as with all parameters of the
   * model.
   */
  public void setTemperature(@Nullable Double temperature) {
    this.temperature = temperature;
  }

  public @Nullable Double getTopP() {
    return topP;
  }

  /** The probability mass that tokens are drawn from, from 0 to 1. */
  public void setTopP(@Nullable Double topP) {
    this.topP = topP;
  }

  public @Nullable Integer getMaxTokens() {
    return maxTokens;
  }

  /**
   * The most tokens that the answer may have. An answer that reaches it ends with the finish reason
   * length.
   */
  public void setMaxTokens(@Nullable Integer maxTokens) {
    this.maxTokens = maxTokens;
  }

  public @Nullable String getStop() {
    return stop;
  }

  /**
   * Texts that end the answer: up to four, separated by commas, or as a JSON list where one holds a
   * comma.
   */
  public void setStop(@Nullable String stop) {
    this.stop = stop;
  }

  public @Nullable Long getSeed() {
    return seed;
  }

  /** The number that makes answers repeatable, as far as the server can. */
  public void setSeed(@Nullable Long seed) {
    this.seed = seed;
  }

  public @Nullable Integer getN() {
    return n;
  }

  /**
   * How many answers to give. The parts of a stream then carry the header
   * CamelHolySheepChoiceIndex.
   */
  public void setN(@Nullable Integer n) {
    this.n = n;
  }

  public @Nullable Double getPresencePenalty() {
    return presencePenalty;
  }

  /** How much to avoid what was said, from -2 to 2. */
  public void setPresencePenalty(@Nullable Double presencePenalty) {
    this.presencePenalty = presencePenalty;
  }

  public @Nullable Double getFrequencyPenalty() {
    return frequencyPenalty;
  }

  /** How much to avoid what was said often, from -2 to 2. */
  public void setFrequencyPenalty(@Nullable Double frequencyPenalty) {
    this.frequencyPenalty = frequencyPenalty;
  }

  public @Nullable String getResponseFormat() {
    return responseFormat;
  }

  /**
   * The form of the answer: text, or json_object for any JSON object. For a JSON schema set
   * jsonSchema.
   */
  public void setResponseFormat(@Nullable String responseFormat) {
    this.responseFormat = responseFormat;
  }

  public @Nullable String getJsonSchema() {
    return jsonSchema;
  }

  /**
   * The JSON schema that the answer follows, as JSON text or as resource:classpath:... or
   * resource:file:...
   */
  public void setJsonSchema(@Nullable String jsonSchema) {
    this.jsonSchema = jsonSchema;
  }

  public @Nullable String getTools() {
    return tools;
  }

  /**
   * The tools that the model may call: OpenAI's list as JSON text, or as resource:classpath:... or
   * resource:file:...
   */
  public void setTools(@Nullable String tools) {
    this.tools = tools;
  }

  public @Nullable String getToolChoice() {
    return toolChoice;
  }

  /**
   * Whether and which tool the model must call: none, auto, required, the name of a function, or
   * OpenAI's JSON object.
   */
  public void setToolChoice(@Nullable String toolChoice) {
    this.toolChoice = toolChoice;
  }

  public @Nullable String getUser() {
    return user;
  }

  /** The end user on whose behalf the model is asked, for the provider's abuse detection. */
  public void setUser(@Nullable String user) {
    this.user = user;
  }

  public Map<String, Object> getAdditionalBodyProperty() {
    return additionalBodyProperty;
  }

  /**
   * Further fields of the request by name, for what has no option of its own. A value that is JSON
   * is sent as JSON, any other as a string.
   */
  public void setAdditionalBodyProperty(Map<String, Object> additionalBodyProperty) {
    this.additionalBodyProperty = additionalBodyProperty;
  }

  public Map<String, Object> getContinueBodyProperty() {
    return continueBodyProperty;
  }

  /**
   * Further fields of the request by name, only where it goes on with an answer that broke off
   * (recovery=continue), for servers that have to be told. Values are as those of
   * additionalBodyProperty. The fields messages and stream stay as they are.
   */
  public void setContinueBodyProperty(Map<String, Object> continueBodyProperty) {
    this.continueBodyProperty = continueBodyProperty;
  }

  public Map<String, Object> getContinueMessageProperty() {
    return continueMessageProperty;
  }

  /**
   * Further fields of the message with the beginning of the answer, by name, where a request goes
   * on with one that broke off (recovery=continue), for servers that have to be told. Values are as
   * those of additionalBodyProperty. The fields role and content stay as they are.
   */
  public void setContinueMessageProperty(Map<String, Object> continueMessageProperty) {
    this.continueMessageProperty = continueMessageProperty;
  }

  public Map<String, Object> getAdditionalHeader() {
    return additionalHeader;
  }

  /**
   * Further HTTP request headers by name. Their values are part of the endpoint's URI, which is
   * shown in logs and in JMX: set secret ones on the component, or write {@code #property:NAME}
   * with the name of a property that holds the value.
   */
  public void setAdditionalHeader(Map<String, Object> additionalHeader) {
    this.additionalHeader = additionalHeader;
  }

  public boolean isThrowExceptionOnFailure() {
    return throwExceptionOnFailure;
  }

  /**
   * Whether a failure in the middle of a stream is thrown where the next part is taken, so that it
   * fails the exchange that splits. Otherwise it comes as a last part with the event type error. A
   * request that is refused always fails the exchange that asks.
   */
  public void setThrowExceptionOnFailure(boolean throwExceptionOnFailure) {
    this.throwExceptionOnFailure = throwExceptionOnFailure;
  }

  public boolean isStrictEnd() {
    return strictEnd;
  }

  /**
   * Whether a stream that ends with neither a finish reason nor [DONE] is a failure. Switch it off
   * only for servers that never send them: a cut answer then looks like a whole one.
   */
  public void setStrictEnd(boolean strictEnd) {
    this.strictEnd = strictEnd;
  }

  public boolean isSplitThinkTags() {
    return splitThinkTags;
  }

  /**
   * Whether think tags in the text mark the model's reasoning, as servers send it that do not tell
   * the two apart. What stands between the tags comes as parts of type reasoning, and what follows,
   * blanks too, as tokens; the tags are left out. Only tags at the start of an answer count, blanks
   * before them aside. Where the closing tag is missing, all is reasoning; where the opening one
   * is, nothing is.
   */
  public void setSplitThinkTags(boolean splitThinkTags) {
    this.splitThinkTags = splitThinkTags;
  }

  public @Nullable String getPriceTable() {
    return priceTable;
  }

  /**
   * The resource with the prices of models, such as classpath:prices.properties or
   * file:prices.properties, by which the cost of an answer is computed where the server does not
   * say it. Each line is MODEL.output, MODEL.input, MODEL.cached_input or MODEL.reasoning with a
   * price in US dollars for a million tokens. Where neither this nor prices is set, answers of
   * HolySheep's own server are priced as it has published, which is without the prompt, and answers
   * of other servers are not.
   */
  public void setPriceTable(@Nullable String priceTable) {
    this.priceTable = priceTable;
  }

  public @Nullable PriceTable getPrices() {
    return prices;
  }

  /** The prices of models as an object, instead of the option priceTable. */
  public void setPrices(@Nullable PriceTable prices) {
    this.prices = prices;
  }

  public String getCostCurrency() {
    return costCurrency;
  }

  /** The currency in which costs are told. */
  public void setCostCurrency(String costCurrency) {
    this.costCurrency = costCurrency;
  }

  public double getCnyPerUsd() {
    return cnyPerUsd;
  }

  /**
   * How many yuan a US dollar is, where costs are told in CNY. HolySheep sells a US dollar of
   * credit for one yuan.
   */
  public void setCnyPerUsd(double cnyPerUsd) {
    this.cnyPerUsd = cnyPerUsd;
  }

  public double getMaxCost() {
    return maxCost;
  }

  /**
   * The most that one call may cost, all its tries together, in the costCurrency; 0 for no limit.
   * An answer that gets more expensive is stopped, and fails with what has come. The tokens are
   * estimated from the texts as long as the server does not tell them. A model whose price is not
   * known is not asked.
   */
  public void setMaxCost(double maxCost) {
    this.maxCost = maxCost;
  }

  public long getMaxTotalTokens() {
    return maxTotalTokens;
  }

  /**
   * The most tokens that one call may take, of the prompt and of the answer, all its tries
   * together; 0 for no limit. An answer that takes more is stopped, and fails with what has come.
   * The tokens are estimated from the texts as long as the server does not tell them. See maxTokens
   * for a limit that the model itself keeps.
   */
  public void setMaxTotalTokens(long maxTotalTokens) {
    this.maxTotalTokens = maxTotalTokens;
  }

  public CoalescingUnit getCoalesce() {
    return coalesce;
  }

  /**
   * What the tokens of a stream are joined to before they are parts, so that a route gets one
   * exchange per sentence instead of one per token. No character is lost or changed. With sentences
   * or words, each part has coalesceSize of them; a line feed ends both. With characters, a part
   * ends with the first token that brings it to coalesceSize. With time, a part is what has come
   * within coalesceTimeout. A part is routed when a letter or digit behind it has come (with
   * characters, any character), because what stands before that may belong to it; the last one at
   * once with the finish reason. Reasoning is joined in the same way, apart from text. No part is
   * longer than 65536 characters.
   */
  public void setCoalesce(CoalescingUnit coalesce) {
    this.coalesce = coalesce;
  }

  public int getCoalesceSize() {
    return coalesceSize;
  }

  /**
   * How many sentences or words a part has, or how many characters at least; see coalesce. Parts
   * have less where the text ends, or where something else follows, as a tool call after text does.
   */
  public void setCoalesceSize(int coalesceSize) {
    this.coalesceSize = coalesceSize;
  }

  public long getCoalesceTimeout() {
    return coalesceTimeout;
  }

  /**
   * How long text is held back at most, in milliseconds; then it is routed though its part is not
   * complete, see coalesce. 0 holds it back until the part is complete, which may be long when the
   * model pauses. Must be more than 0 with coalesce=time.
   */
  public void setCoalesceTimeout(long coalesceTimeout) {
    this.coalesceTimeout = coalesceTimeout;
  }

  public long getFirstTokenTimeout() {
    return firstTokenTimeout;
  }

  /**
   * The longest wait from sending the request to the first part of the answer, in milliseconds; 0
   * waits for ever. An answer that does not come as a stream comes all at once at its end, so there
   * the wait may be ten times as long.
   */
  public void setFirstTokenTimeout(long firstTokenTimeout) {
    this.firstTokenTimeout = firstTokenTimeout;
  }

  public long getIdleTimeout() {
    return idleTimeout;
  }

  /**
   * The longest wait for the next piece of an answer that has begun, in milliseconds; 0 waits for
   * ever. Keep-alive comments and chunks without content do not count as pieces, and the time that
   * the route takes does not count as waiting.
   */
  public void setIdleTimeout(long idleTimeout) {
    this.idleTimeout = idleTimeout;
  }

  public long getRequestTimeout() {
    return requestTimeout;
  }

  /**
   * The longest wait for the whole answer, in milliseconds; 0 waits as long as tokens come. The
   * time that the route takes does not count.
   */
  public void setRequestTimeout(long requestTimeout) {
    this.requestTimeout = requestTimeout;
  }

  public long getAbandonedTimeout() {
    return abandonedTimeout;
  }

  /**
   * The longest time from taking one part of a stream to asking for the next, in milliseconds; 0
   * waits for ever. A stream that nobody reads for so long is taken for abandoned and its
   * connection is closed; whoever asks for a part later gets an error.
   */
  public void setAbandonedTimeout(long abandonedTimeout) {
    this.abandonedTimeout = abandonedTimeout;
  }

  public int getMaxReconnects() {
    return maxReconnects;
  }

  /**
   * How many times a call is tried again, at most; 0 for never. It is tried again when the server
   * cannot be reached, the connection breaks, a time limit for connecting, the first token or
   * silence runs out, or the status is 408, 409, 429 or 5xx, as long as no part of the answer has
   * been handed on. Errors that say that the credit is used up are never tried again; of other
   * errors, the server's header x-should-retry decides. What happens after the first part says
   * recovery.
   */
  public void setMaxReconnects(int maxReconnects) {
    this.maxReconnects = maxReconnects;
  }

  public long getReconnectDelay() {
    return reconnectDelay;
  }

  /**
   * The wait before a call is tried again, in milliseconds: once this before the second try, twice
   * this before the third, and so on, each time up to a half more or less by chance. Where the
   * server asks for a delay, that is the least, and up to this comes on top by chance.
   */
  public void setReconnectDelay(long reconnectDelay) {
    this.reconnectDelay = reconnectDelay;
  }

  public long getMaxRetryAfter() {
    return maxRetryAfter;
  }

  /**
   * The longest delay, in milliseconds, that a server may ask for by Retry-After or retry-after-ms.
   * When it asks for more, the call fails at once, and the exception has the delay; with 0,
   * whenever it asks for a delay.
   */
  public void setMaxRetryAfter(long maxRetryAfter) {
    this.maxRetryAfter = maxRetryAfter;
  }

  public Recovery getRecovery() {
    return recovery;
  }

  /**
   * What to do when a stream fails of which parts have been handed on already. With fail, the
   * exception has what had come. With restart, a part of type restart says that all before it is
   * void, and the model is asked again. With continue, the text that had come is sent back as the
   * beginning of the assistant's answer, and the model goes on from there; a stream with several
   * answers, or without text yet, fails.
   */
  public void setRecovery(Recovery recovery) {
    this.recovery = recovery;
  }

  public int getMaxLineBytes() {
    return maxLineBytes;
  }

  /**
   * The longest line of an event stream, in bytes. A longer one is a failure, because a server that
   * sends endless lines must not fill the memory.
   */
  public void setMaxLineBytes(int maxLineBytes) {
    this.maxLineBytes = maxLineBytes;
  }

  public int getMaxEventBytes() {
    return maxEventBytes;
  }

  /**
   * The longest message of an event stream with all its lines, or of a socket with all its
   * fragments, in bytes. A longer one is a failure.
   */
  public void setMaxEventBytes(int maxEventBytes) {
    this.maxEventBytes = maxEventBytes;
  }

  public long getMaxResponseBytes() {
    return maxResponseBytes;
  }

  /**
   * The longest reply, in bytes; of a stream, the data of all its messages. A longer one is a
   * failure. A stream does not take that much memory, see maxKeptCharacters: this ends an answer
   * that would never end. The default is enough for about 250000 tokens. A reply that is no stream
   * is held as a whole, and is never longer than 2 GiB.
   */
  public void setMaxResponseBytes(long maxResponseBytes) {
    this.maxResponseBytes = maxResponseBytes;
  }

  public int getMaxJsonDepth() {
    return maxJsonDepth;
  }

  /**
   * How deeply objects and lists may be nested in a message of the server. A deeper one is a
   * failure.
   */
  public void setMaxJsonDepth(int maxJsonDepth) {
    this.maxJsonDepth = maxJsonDepth;
  }

  public int getMaxKeptCharacters() {
    return maxKeptCharacters;
  }

  /**
   * How many characters of text and reasoning a call keeps, and how many of its tool calls, at
   * most; several answers of one call together. Parts of a longer text are routed all the same, but
   * only its beginning is kept: the partial text of a failure is that, and whoever needs the whole
   * answer gets a failure, as without stream, in a conversion to String, or to continue it. Tool
   * calls that are longer are a failure.
   */
  public void setMaxKeptCharacters(int maxKeptCharacters) {
    this.maxKeptCharacters = maxKeptCharacters;
  }
}
