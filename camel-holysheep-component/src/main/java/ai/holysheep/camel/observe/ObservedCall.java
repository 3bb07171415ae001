package ai.holysheep.camel.observe;

import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that begins.
 *
 * @param streamId the id that all its parts carry; the calls of one turn of a session share it
 * @param model the model that is asked
 * @param baseUrl the API's address
 * @param streaming whether the answer is to come in pieces
 * @param routeId the route in whose name it is made; null for none
 * @param caller what {@link CallObserver#callerContext} was on the thread that asked
 * @param inputMessages the conversation as JSON, in the form that OpenTelemetry has for {@code
 *     gen_ai.input.messages}; made when it is asked for
 */
public record ObservedCall(
    String streamId,
    String model,
    URI baseUrl,
    boolean streaming,
    @Nullable String routeId,
    CallerContext caller,
    Supplier<String> inputMessages) {

  ObservedCall withCaller(CallerContext other) {
    return new ObservedCall(streamId, model, baseUrl, streaming, routeId, other, inputMessages);
  }
}
