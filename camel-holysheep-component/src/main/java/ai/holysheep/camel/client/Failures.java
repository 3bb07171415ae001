package ai.holysheep.camel.client;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.Deadline;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.FailureContext;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.Progress;
import ai.holysheep.camel.error.ProtocolViolatedException;
import ai.holysheep.camel.error.StreamTruncatedException;
import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.transport.TransportFault;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the exception for what went wrong on the way, with a sentence that says what to do. */
final class Failures {

  private final URI uri;
  private final Duration connectTimeout;
  private final Duration connectionRequestTimeout;

  Failures(URI uri, Duration connectTimeout, Duration connectionRequestTimeout) {
    this.uri = uri;
    this.connectTimeout = connectTimeout;
    this.connectionRequestTimeout = connectionRequestTimeout;
  }

  HolySheepException of(TransportFault fault, FailureContext context) {
    return switch (fault.kind()) {
      case UNKNOWN_HOST, REFUSED -> transport(unreachable(fault), context, fault);
      // Certificates and passwords do not mend themselves, and some accounts lock after a few
      // tries.
      case TLS, PROXY -> transport(unreachable(fault), context.withoutAnotherTry(), fault);
      case CONNECT_TIMEOUT ->
          late(Deadline.CONNECT, connectTimeout, "connecting to " + place(), context, fault);
      case NO_PLACE ->
          late(
              Deadline.PLACE,
              connectionRequestTimeout,
              "waiting for one of the places that 'maxConcurrentStreams' allows",
              context,
              fault);
      case CUT -> truncated("the connection was closed in the middle of the reply", context, fault);
      case BROKEN ->
          transport(
              "The connection to " + place() + " broke (" + fault.getMessage() + ")",
              context,
              fault);
      case SESSION_REFUSED, FORBIDDEN_ADDRESS ->
          new ProtocolViolatedException(
              "No agent session with " + place() + ": " + fault.getMessage() + sofar(context),
              context,
              fault);
      case TOO_LONG, NOT_HTTP ->
          new ProtocolViolatedException(
              "The reply of " + place() + " cannot be read: " + fault.getMessage() + sofar(context),
              context,
              fault);
    };
  }

  private String unreachable(TransportFault fault) {
    return switch (fault.kind()) {
      case UNKNOWN_HOST ->
          "The host "
              + uri.getHost()
              + " is unknown. Check the option 'baseUrl' and the name service";
      case TLS ->
          "No secure connection to "
              + place()
              + ": "
              + fault.getMessage()
              + ". Check that the server speaks https there, its certificate, and the option"
              + " 'sslContextParameters'";
      case PROXY ->
          "No connection to "
              + place()
              + ": "
              + fault.getMessage()
              + ". Check the option 'proxyHost' and the others of the proxy";
      default ->
          "Nobody answers at "
              + place()
              + ": the connection was refused. Check the option 'baseUrl' and whether the server is"
              + " running";
    };
  }

  HolySheepException truncated(
      String what, FailureContext context, @Nullable TransportFault fault) {
    return new StreamTruncatedException(
        "The answer of " + place() + " is not whole: " + what + sofar(context), context, fault);
  }

  HolySheepException late(
      Deadline deadline,
      Duration limit,
      String doing,
      FailureContext context,
      @Nullable Throwable cause) {
    return new DeadlineExceededException(
        "Time is up after "
            + limit.toMillis()
            + " ms of "
            + doing
            + " (option '"
            + deadline.option()
            + "')"
            + sofar(context),
        context,
        deadline,
        limit,
        cause);
  }

  HolySheepException cancelled(String reason, FailureContext context, @Nullable Throwable cause) {
    return new CallCancelledException(
        "The call to " + place() + " was cancelled: " + reason + sofar(context), context, cause);
  }

  HolySheepException notKept(FailureContext context) {
    return new ProtocolViolatedException(
        "The answer of "
            + place()
            + " has more characters than a call keeps. Take it as a stream, or raise the option"
            + " 'maxKeptCharacters'"
            + sofar(context),
        context);
  }

  private static HolySheepException transport(
      String message, FailureContext context, TransportFault fault) {
    return new TransportFailedException(message + sofar(context), context, fault);
  }

  static String sofar(FailureContext context) {
    ChatAnswer answer = context.partialAnswer();
    if (context.progress() != Progress.PARTIAL || answer == null) {
      return "." + which(context);
    }
    long count = context.received().chunkCount();
    return "; "
        + count
        + (count == 1 ? " part with " : " parts with ")
        + (answer.isCut() ? beginning(answer) : whole(answer))
        + which(context);
  }

  private static String which(FailureContext context) {
    List<String> marks = new ArrayList<>();
    if (context.attempt() > 1) {
      marks.add("try " + context.attempt());
    }
    if (context.requestId() != null) {
      marks.add("request id " + context.requestId());
    }
    return marks.isEmpty() ? "" : " [" + String.join(", ", marks) + "]";
  }

  private static String whole(ChatAnswer answer) {
    return answer.text().length() + " characters of text had come and are in the exception.";
  }

  private static String beginning(ChatAnswer answer) {
    return answer.receivedCharacters()
        + " characters had come; the exception has no more of them than their beginning, with "
        + answer.text().length()
        + " characters of text (option 'maxKeptCharacters').";
  }

  /** The address without user, query and fragment, which might hold secrets. */
  String place() {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
  }
}
