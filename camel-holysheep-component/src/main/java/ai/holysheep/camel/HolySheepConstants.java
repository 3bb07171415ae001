package ai.holysheep.camel;

import org.apache.camel.spi.Metadata;

/** The headers of the component. */
public final class HolySheepConstants {

  /** The URI scheme. */
  public static final String SCHEME = "holysheep";

  // Request.

  @Metadata(
      label = "producer",
      description = "The model to ask, instead of the option model",
      javaType = "String")
  public static final String MODEL = "CamelHolySheepModel";

  @Metadata(
      label = "producer",
      description = "Whether the answer comes as a stream, instead of the option stream",
      javaType = "Boolean")
  public static final String STREAM = "CamelHolySheepStream";

  @Metadata(
      label = "producer",
      description =
          "How a stream is written where it becomes bytes: text, sse, ndjson, openai or ui-message,"
              + " instead of the option streamFormat",
      javaType = "String")
  public static final String STREAM_FORMAT = "CamelHolySheepStreamFormat";

  @Metadata(
      label = "producer",
      description =
          "The system message, put before a conversation that has none, instead of the option"
              + " systemMessage",
      javaType = "String")
  public static final String SYSTEM_MESSAGE = "CamelHolySheepSystemMessage";

  @Metadata(
      label = "producer",
      description = "How random the answer is, instead of the option temperature",
      javaType = "Double")
  public static final String TEMPERATURE = "CamelHolySheepTemperature";

  @Metadata(
      label = "producer",
      description = "The probability mass that tokens are drawn from, instead of the option topP",
      javaType = "Double")
  public static final String TOP_P = "CamelHolySheepTopP";

  @Metadata(
      label = "producer",
      description = "The most tokens that the answer may have, instead of the option maxTokens",
      javaType = "Integer")
  public static final String MAX_TOKENS = "CamelHolySheepMaxTokens";

  @Metadata(
      label = "producer",
      description =
          "Texts that end the answer: a list, or a text as in the option stop, instead of that"
              + " option",
      javaType = "Object")
  public static final String STOP = "CamelHolySheepStop";

  @Metadata(
      label = "producer",
      description = "The number that makes answers repeatable, instead of the option seed",
      javaType = "Long")
  public static final String SEED = "CamelHolySheepSeed";

  @Metadata(
      label = "producer",
      description = "How many answers to give, instead of the option n",
      javaType = "Integer")
  public static final String N = "CamelHolySheepN";

  @Metadata(
      label = "producer",
      description = "How much to avoid what was said, instead of the option presencePenalty",
      javaType = "Double")
  public static final String PRESENCE_PENALTY = "CamelHolySheepPresencePenalty";

  @Metadata(
      label = "producer",
      description = "How much to avoid what was said often, instead of the option frequencyPenalty",
      javaType = "Double")
  public static final String FREQUENCY_PENALTY = "CamelHolySheepFrequencyPenalty";

  @Metadata(
      label = "producer",
      description = "The form of the answer, instead of the option responseFormat",
      javaType = "String")
  public static final String RESPONSE_FORMAT = "CamelHolySheepResponseFormat";

  @Metadata(
      label = "producer",
      description =
          "The JSON schema that the answer follows: JSON text or a map, instead of the option"
              + " jsonSchema",
      javaType = "Object")
  public static final String JSON_SCHEMA = "CamelHolySheepJsonSchema";

  @Metadata(
      label = "producer",
      description =
          "The tools that the model may call: JSON text or a list, instead of the option tools",
      javaType = "Object")
  public static final String TOOLS = "CamelHolySheepTools";

  @Metadata(
      label = "producer",
      description =
          "Whether and which tool the model must call: a text as in the option toolChoice, or a map,"
              + " instead of that option",
      javaType = "Object")
  public static final String TOOL_CHOICE = "CamelHolySheepToolChoice";

  @Metadata(
      label = "producer",
      description = "The end user on whose behalf the model is asked, instead of the option user",
      javaType = "String")
  public static final String USER = "CamelHolySheepUser";

  @Metadata(
      label = "producer",
      description =
          "Further fields of the request by name, added to those of the option"
              + " additionalBodyProperty and stronger than they are",
      javaType = "Map<String, Object>")
  public static final String ADDITIONAL_BODY_PROPERTIES = "CamelHolySheepAdditionalBodyProperties";

  @Metadata(
      label = "producer",
      description =
          "Further HTTP request headers by name, added to those of the option additionalHeader and"
              + " stronger than they are",
      javaType = "Map<String, Object>")
  public static final String ADDITIONAL_HEADERS = "CamelHolySheepAdditionalHeaders";

  @Metadata(
      label = "producer,security",
      description =
          "The API's address, instead of the option baseUrl; an error unless the option"
              + " allowConnectionHeaders is set. Sent without the key of the options, unless the"
              + " header CamelHolySheepApiKey comes with it. Removed from the message",
      javaType = "String")
  public static final String BASE_URL = "CamelHolySheepBaseUrl";

  @Metadata(
      label = "producer,security",
      description =
          "The API key, instead of the option apiKey; an error unless the option"
              + " allowConnectionHeaders is set. Removed from the message",
      javaType = "String")
  public static final String API_KEY = "CamelHolySheepApiKey";

  @Metadata(
      description = "Whether the stream was under way. On the message after holysheep:cancel",
      javaType = "Boolean")
  public static final String CANCELLED = "CamelHolySheepCancelled";

  // Every part of a stream, and the whole answer.

  @Metadata(
      description =
          "The id of the stream, the same on the message that has it as body and on all its parts."
              + " What holysheep:cancel ends",
      javaType = "String")
  public static final String STREAM_ID = "CamelHolySheepStreamId";

  @Metadata(
      description = "The number of the part in its stream: 0, 1, 2, ... without gaps",
      javaType = "Long")
  public static final String INDEX = "CamelHolySheepIndex";

  @Metadata(
      description = "What the part is: token, reasoning, tool_call, restart, usage or error",
      javaType = "String")
  public static final String EVENT_TYPE = "CamelHolySheepEventType";

  @Metadata(
      description =
          "Which of the n answers the part belongs to, from 0; set where n is more than 1",
      javaType = "Integer")
  public static final String CHOICE_INDEX = "CamelHolySheepChoiceIndex";

  @Metadata(description = "The model that really answered", javaType = "String")
  public static final String RESPONSE_MODEL = "CamelHolySheepResponseModel";

  @Metadata(description = "The server's id of the response", javaType = "String")
  public static final String RESPONSE_ID = "CamelHolySheepResponseId";

  // The last part of a stream, and the whole answer.

  @Metadata(
      description =
          "Why the answer ended: stop, length, tool_calls, content_filter, error or unknown. On the"
              + " last part and on the whole answer",
      javaType = "String")
  public static final String FINISH_REASON = "CamelHolySheepFinishReason";

  @Metadata(
      description = "The server's own word for why the answer ended. On the last part",
      javaType = "String")
  public static final String RAW_FINISH_REASON = "CamelHolySheepRawFinishReason";

  @Metadata(description = "Tokens of the request. On the last part", javaType = "Long")
  public static final String PROMPT_TOKENS = "CamelHolySheepPromptTokens";

  @Metadata(
      description = "Tokens of the answer, reasoning included. On the last part",
      javaType = "Long")
  public static final String COMPLETION_TOKENS = "CamelHolySheepCompletionTokens";

  @Metadata(description = "Tokens of request and answer. On the last part", javaType = "Long")
  public static final String TOTAL_TOKENS = "CamelHolySheepTotalTokens";

  @Metadata(
      description = "Tokens of the request that the server had cached. On the last part",
      javaType = "Long")
  public static final String CACHED_TOKENS = "CamelHolySheepCachedTokens";

  @Metadata(
      description = "Tokens of the answer that were reasoning. On the last part",
      javaType = "Long")
  public static final String REASONING_TOKENS = "CamelHolySheepReasoningTokens";

  @Metadata(
      description = "Who counted the tokens: server or estimated. On the last part",
      javaType = "String")
  public static final String USAGE_SOURCE = "CamelHolySheepUsageSource";

  @Metadata(
      description =
          "What the tokens cost, all tries together, where that is known. On the last part",
      javaType = "java.math.BigDecimal")
  public static final String COST = "CamelHolySheepCost";

  @Metadata(
      description = "The currency of the cost: USD or CNY. On the last part",
      javaType = "String")
  public static final String COST_CURRENCY = "CamelHolySheepCostCurrency";

  @Metadata(
      description =
          "Where the cost comes from: server, prices (computed by the table of prices) or mixed (a"
              + " sum of both). On the last part",
      javaType = "String")
  public static final String COST_SOURCE = "CamelHolySheepCostSource";

  @Metadata(
      description =
          "What the cost is for: all, or output where the prompt has no price. On the last part",
      javaType = "String")
  public static final String COST_COVERAGE = "CamelHolySheepCostCoverage";

  @Metadata(
      description = "How many parts came before the last one. On the last part",
      javaType = "Long")
  public static final String CHUNK_COUNT = "CamelHolySheepChunkCount";

  @Metadata(
      description =
          "How many messages of the server were left out, because they could not be read, or came"
              + " after the answer had been interrupted. On the last part",
      javaType = "Long")
  public static final String SKIPPED_EVENT_COUNT = "CamelHolySheepSkippedEventCount";

  @Metadata(
      description =
          "How many times the call was tried again: 0 where the first try brought the whole answer."
              + " On the last part",
      javaType = "Integer")
  public static final String RECONNECT_COUNT = "CamelHolySheepReconnectCount";

  @Metadata(
      description =
          "How long the call took, from the request to the end of the answer, in milliseconds. On"
              + " the last part",
      javaType = "Long")
  public static final String DURATION_MILLIS = "CamelHolySheepDurationMillis";

  @Metadata(
      description =
          "How long it took from the request to the first piece of the answer, in milliseconds. On"
              + " the last part of a stream",
      javaType = "Long")
  public static final String FIRST_TOKEN_MILLIS = "CamelHolySheepFirstTokenMillis";

  @Metadata(
      description =
          "How many milliseconds of the duration went into trying again. On the last part",
      javaType = "Long")
  public static final String RECONNECTING_MILLIS = "CamelHolySheepReconnectingMillis";

  @Metadata(
      description =
          "How many milliseconds of the duration the route was busy with the parts, while nobody"
              + " waited for the server. On the last part",
      javaType = "Long")
  public static final String IN_ROUTE_MILLIS = "CamelHolySheepInRouteMillis";

  @Metadata(
      description =
          "Half of the pieces of the answer made the route wait no longer than this after the one"
              + " before, in milliseconds. On the last part of a stream",
      javaType = "Long")
  public static final String MEDIAN_GAP_MILLIS = "CamelHolySheepMedianGapMillis";

  @Metadata(
      description =
          "The longest that a piece of the answer made the route wait after the one before, in"
              + " milliseconds. On the last part of a stream",
      javaType = "Long")
  public static final String LONGEST_GAP_MILLIS = "CamelHolySheepLongestGapMillis";

  @Metadata(
      description =
          "How many tokens a second there were between the first piece of the answer and the last."
              + " On the last part of a stream",
      javaType = "Double")
  public static final String TOKENS_PER_SECOND = "CamelHolySheepTokensPerSecond";

  @Metadata(
      description = "The server's id of the HTTP request. On the last part",
      javaType = "String")
  public static final String REQUEST_ID = "CamelHolySheepRequestId";

  @Metadata(
      description = "The model's reasoning. On a whole answer that has some",
      javaType = "String")
  public static final String REASONING = "CamelHolySheepReasoning";

  @Metadata(
      description = "The tools that the model asks for. On a whole answer that asks for some",
      javaType = "java.util.List<ai.holysheep.camel.chat.ToolCall>")
  public static final String TOOL_CALLS = "CamelHolySheepToolCalls";

  @Metadata(
      description = "The id of the tool call. On a part of type tool_call whose call has one",
      javaType = "String")
  public static final String TOOL_CALL_ID = "CamelHolySheepToolCallId";

  @Metadata(description = "The name of the tool. On a part of type tool_call", javaType = "String")
  public static final String TOOL_NAME = "CamelHolySheepToolName";

  // Agent sessions.

  @Metadata(
      description =
          "The session. Chooses it for one message, instead of the option session; on each message"
              + " that comes from one",
      javaType = "String")
  public static final String SESSION_ID = "CamelHolySheepSessionId";

  @Metadata(
      label = "producer",
      description =
          "What the message tells the session, instead of the option clientEvent: user_input,"
              + " tool_result, interrupt, context_update, or any other word",
      javaType = "String")
  public static final String CLIENT_EVENT = "CamelHolySheepClientEvent";

  @Metadata(
      description =
          "The server's word for a message of a session of a kind that is not known. On a part of"
              + " type other",
      javaType = "String")
  public static final String FRAME_TYPE = "CamelHolySheepFrameType";

  @Metadata(
      label = "consumer",
      description =
          "What happened to a session: connected, reconnecting, fell_back or closed. On a message of"
              + " type session",
      javaType = "String")
  public static final String SESSION_STATE = "CamelHolySheepSessionState";

  // The last part of a stream that failed, where failures are parts.

  @Metadata(
      description =
          "Whose fault it is: RATE_LIMIT, SERVER_ERROR, VALIDATION, AUTH or UNKNOWN. On a part of"
              + " type error",
      javaType = "String")
  public static final String ERROR_CATEGORY = "CamelHolySheepErrorCategory";

  @Metadata(
      description =
          "How many milliseconds the server asks to wait before another try. On a part of type"
              + " error",
      javaType = "Long")
  public static final String RETRY_AFTER_MILLIS = "CamelHolySheepRetryAfterMillis";

  // An answer that was joined from the parts of a stream.

  @Metadata(
      description =
          "Whether it is the whole answer: all parts had come, none of them told of a failure, and"
              + " no more came than is kept. On an answer that HolySheepAggregationStrategy has"
              + " joined",
      javaType = "Boolean")
  public static final String COMPLETE = "CamelHolySheepComplete";

  @Metadata(
      description =
          "The indexes of the parts that had not come, for example 3,7-9,12-, where 12- stands for"
              + " all from there on, the last part included. On an answer that"
              + " HolySheepAggregationStrategy has joined from too few parts",
      javaType = "String")
  public static final String MISSING = "CamelHolySheepMissing";

  @Metadata(
      description =
          "How many parts were left out because they had come before. On an answer that"
              + " HolySheepAggregationStrategy has joined, where there were some",
      javaType = "Long")
  public static final String DUPLICATE_COUNT = "CamelHolySheepDuplicateCount";

  // Properties of an exchange that failed. Camel's own components for models have the same since
  // 4.23.

  /** Whose fault it is: RATE_LIMIT, SERVER_ERROR, VALIDATION, AUTH or UNKNOWN; a text. */
  public static final String AI_ERROR_CATEGORY = "CamelAiErrorCategory";

  /** How many milliseconds the server asks to wait; a Long, not set where it does not say. */
  public static final String AI_RETRY_AFTER_MILLIS = "CamelAiRetryAfterMillis";

  private HolySheepConstants() {}
}
