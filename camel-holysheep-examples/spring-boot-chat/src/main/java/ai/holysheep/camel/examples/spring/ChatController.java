package ai.holysheep.camel.examples.spring;

import ai.holysheep.camel.error.BudgetExceededException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.RequestRejectedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Takes prompts over HTTP, and writes the answer as server-sent events while it comes. */
@RestController
class ChatController {

  private static final int BUFFER_BYTES = 4096;

  private final ProducerTemplate camel;

  ChatController(ProducerTemplate camel) {
    this.camel = camel;
  }

  @PostMapping(path = "/chat", consumes = MediaType.TEXT_PLAIN_VALUE)
  ResponseEntity<StreamingResponseBody> chat(@RequestBody String prompt) {
    // A refusal comes here, before there is a reply.
    InputStream events = camel.requestBody(ChatRoute.CHAT, prompt, InputStream.class);
    return ResponseEntity.ok()
        .contentType(MediaType.TEXT_EVENT_STREAM)
        .header("Cache-Control", "no-cache")
        .body(client -> pass(events, client));
  }

  /** Closing the stream ends the call to the model, also where the client has gone. */
  private static void pass(InputStream events, OutputStream client) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (events) {
      for (int read = events.read(buffer); read >= 0; read = events.read(buffer)) {
        client.write(buffer, 0, read);
        client.flush();
      }
    }
  }

  @ExceptionHandler(CamelExecutionException.class)
  ResponseEntity<Map<String, String>> refused(CamelExecutionException failure) {
    return failure.getCause() instanceof HolySheepException known
        ? reply(status(known), words(known))
        : reply(HttpStatus.INTERNAL_SERVER_ERROR, "The route failed.");
  }

  private static HttpStatus status(HolySheepException failure) {
    if (failure instanceof RequestRejectedException) {
      return HttpStatus.BAD_REQUEST;
    }
    boolean tooMuch =
        failure instanceof RateLimitedException || failure instanceof BudgetExceededException;
    return tooMuch ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.BAD_GATEWAY;
  }

  /** The whole message is for the log: it names addresses. */
  private static String words(HolySheepException failure) {
    return failure instanceof RequestRejectedException
        ? "The model rejected the request."
        : "The model cannot answer now.";
  }

  private static ResponseEntity<Map<String, String>> reply(HttpStatus status, String words) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .body(Map.of("error", words));
  }
}
