package ai.holysheep.camel.observe;

import java.net.URI;

/**
 * The names of metrics, of attributes, and of events of spans. Those that begin with {@code
 * gen_ai.}, {@code server.} and {@code error.} are OpenTelemetry's.
 *
 * @see <a href="https://github.com/open-telemetry/semantic-conventions-genai">OpenTelemetry's
 *     semantic conventions for generative AI</a>
 */
final class GenAiNames {

  // Metrics.
  static final String DURATION = "gen_ai.client.operation.duration";
  static final String TOKEN_USAGE = "gen_ai.client.token.usage";
  static final String TIME_TO_FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";
  static final String TIME_PER_OUTPUT_CHUNK = "gen_ai.client.operation.time_per_output_chunk";
  static final String ACTIVE_STREAMS = "camel.holysheep.active.streams";
  static final String COST = "camel.holysheep.cost";
  static final String RECONNECTS = "camel.holysheep.reconnects";
  static final String RECONNECTING_TIME = "camel.holysheep.reconnecting.time";
  static final String ROUTE_TIME = "camel.holysheep.route.time";
  static final String BURSTS = "camel.holysheep.bursts";

  // Attributes of metrics and of spans.
  static final String OPERATION_NAME = "gen_ai.operation.name";
  static final String PROVIDER_NAME = "gen_ai.provider.name";
  static final String REQUEST_MODEL = "gen_ai.request.model";
  static final String RESPONSE_MODEL = "gen_ai.response.model";
  static final String TOKEN_TYPE = "gen_ai.token.type";
  static final String SERVER_ADDRESS = "server.address";
  static final String SERVER_PORT = "server.port";
  static final String ERROR_TYPE = "error.type";
  static final String ROUTE_ID = "routeId";
  static final String COST_CURRENCY = "camel.holysheep.cost.currency";
  static final String COST_SOURCE = "camel.holysheep.cost.source";

  // Attributes of spans.
  static final String REQUEST_STREAM = "gen_ai.request.stream";
  static final String RESPONSE_ID = "gen_ai.response.id";
  static final String FINISH_REASONS = "gen_ai.response.finish_reasons";
  static final String RESPONSE_TIME_TO_FIRST_CHUNK = "gen_ai.response.time_to_first_chunk";
  static final String INPUT_TOKENS = "gen_ai.usage.input_tokens";
  static final String OUTPUT_TOKENS = "gen_ai.usage.output_tokens";
  static final String CACHE_READ_INPUT_TOKENS = "gen_ai.usage.cache_read.input_tokens";
  static final String REASONING_OUTPUT_TOKENS = "gen_ai.usage.reasoning.output_tokens";
  static final String INPUT_MESSAGES = "gen_ai.input.messages";
  static final String OUTPUT_MESSAGES = "gen_ai.output.messages";
  static final String STREAM_ID = "camel.holysheep.stream.id";
  static final String REQUEST_ID = "camel.holysheep.request.id";
  static final String RECONNECT_COUNT = "camel.holysheep.reconnect.count";

  // Events of spans.
  static final String FIRST_TOKEN_EVENT = "first token";
  static final String RETRY_EVENT = "retry";
  static final String END_EVENT = "end";

  // Values.
  static final String CHAT = "chat";
  static final String HOLYSHEEP = "holysheep";
  static final String INPUT = "input";
  static final String OUTPUT = "output";

  /** The value of an attribute that does not apply; metrics have the same attributes always. */
  static final String NONE = "none";

  private GenAiNames() {}

  /** The port of an address, also where it is the usual one. */
  static int port(URI address) {
    return address.getPort() >= 0
        ? address.getPort()
        : "http".equals(address.getScheme()) ? 80 : 443;
  }
}
