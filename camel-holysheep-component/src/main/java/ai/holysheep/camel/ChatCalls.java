package ai.holysheep.camel;

import ai.holysheep.camel.chat.ChatRequest;
import ai.holysheep.camel.chat.FrameNames;
import ai.holysheep.camel.chat.StreamFormat;
import ai.holysheep.camel.client.CallSettings;
import ai.holysheep.camel.client.ChatClient;
import ai.holysheep.camel.convert.EventMessages;
import ai.holysheep.camel.convert.RequestDefaults;
import ai.holysheep.camel.convert.Requests;
import ai.holysheep.camel.convert.StreamFormats;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What the producers and the consumer of an endpoint ask models with: its options, checked once.
 *
 * @param client asks
 * @param options what is asked for where a message does not say otherwise
 * @param messages makes messages of what comes back
 */
record ChatCalls(ChatClient client, CallOptions options, EventMessages messages) {

  /**
   * Checks the options of an endpoint.
   *
   * @throws IllegalArgumentException when one cannot be
   */
  static ChatCalls of(HolySheepEndpoint endpoint) {
    HolySheepConfiguration configuration = endpoint.getConfiguration();
    FrameNames frameNames = SessionOptions.frameNames(endpoint.getSessionConfiguration());
    CallOptions options =
        CallOptions.of(configuration, frameNames, endpoint.counters(), endpoint.getCamelContext());
    endpoint.getComponent().warnOfExposure(options.baseUrl());
    ChatClient client = endpoint.getComponent().engine().client();
    EventMessages messages = new EventMessages(configuration.getBodyFormat(), client.encoder());
    return new ChatCalls(client, options, messages);
  }

  /** What a message asks for. */
  ChatRequest request(Exchange exchange) {
    RequestDefaults defaults = options.defaults();
    return Requests.of(exchange, defaults);
  }

  /** How a message wants the model to be asked, whatever it says itself. */
  ChatRequest requestWithoutPrompt(Exchange exchange) {
    return Requests.withoutPrompt(exchange, options.defaults());
  }

  /**
   * How a message wants a stream to be written as bytes; null where neither it nor the options say
   * so.
   */
  @Nullable StreamFormat streamFormat(Exchange exchange) {
    return StreamFormats.of(exchange, options.defaults());
  }

  /** How it is to be asked. Takes the key and the address off the message, if it has them. */
  CallSettings settings(Exchange exchange) {
    return options.settings(exchange);
  }
}
