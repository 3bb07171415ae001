package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.StreamTruncatedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a stream converts to. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StreamConversionTest extends StreamRouteTestSupport {

  private final CountDownLatch firstRead = new CountDownLatch(1);

  @Test
  void textIsTheWholeAnswerAndThePartsRemain() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    ChatStream stream = stream();
    assertThat(convert(String.class, stream)).isEqualTo("Hello");
    assertThat(convert(ChatAnswer.class, stream).text()).isEqualTo("Hello");
    assertThat(stream.next().getBody()).isEqualTo("Hel");
    assertThat(stream.next().getBody()).isEqualTo("lo");
    stream.next();
    assertThat(stream.hasNext()).isFalse();
    assertThat(convert(String.class, stream)).isEqualTo("Hello");
  }

  @Test
  void readReturnsWhatIsThere() throws Exception {
    server.then(peer -> peer.head().token("Hé").await(firstRead).token("lo").finish());
    try (InputStream in = convert(InputStream.class, stream())) {
      byte[] bytes = new byte[100];
      int count = in.read(bytes);
      firstRead.countDown();
      assertThat(new String(bytes, 0, count, StandardCharsets.UTF_8)).isEqualTo("Hé");
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("lo");
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void availableIsWhatCanBeReadWithoutWaiting() throws Exception {
    server.then(peer -> peer.head().token("Hel").await(firstRead).token("lo").finish());
    try (InputStream in = convert(InputStream.class, stream())) {
      assertThat(in.read()).isEqualTo('H');
      assertThat(in.available()).isEqualTo(2);
      assertThat(in.readNBytes(2)).hasSize(2);
      assertThat(in.available()).isZero();
      firstRead.countDown();
      assertThat(in.readAllBytes()).hasSize(2);
    }
  }

  @Test
  void streamCachingDoesNotReadALiveInputStream() throws Exception {
    server.then(peer -> peer.head().token("Hel").await(firstRead).token("lo").finish());
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask())
                .convertBodyTo(InputStream.class)
                .setHeader("step", rb.constant("one"))
                .process(
                    exchange -> {
                      InputStream in = exchange.getMessage().getBody(InputStream.class);
                      assertThat(in.readNBytes(3)).isEqualTo("Hel".getBytes());
                      firstRead.countDown();
                      exchange.getMessage().setBody(new String(in.readAllBytes()));
                    }));
    assertThat(template.requestBody("direct:ask", "Hi", String.class)).isEqualTo("lo");
  }

  @Test
  void closingTheInputStreamClosesTheConnection() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    InputStream in = convert(InputStream.class, stream());
    assertThat(in.read()).isEqualTo('t');
    in.close();
    assertThat(in.read()).isEqualTo(-1);
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void failureReachesTheInputStreamAsAnIoException() throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    try (InputStream in = convert(InputStream.class, stream())) {
      assertThat(in.readNBytes(3)).hasSize(3);
      Throwable failure = catchThrowable(in::read);
      assertThat(failure).isInstanceOf(IOException.class);
      cause(failure, StreamTruncatedException.class);
    }
  }

  @Test
  void streamThatWasClosedEarlyHasNoWholeAnswer() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    ChatStream stream = stream();
    Object first = stream.next().getBody();
    stream.close();
    assertThat(catchThrowable(stream::text))
        .isInstanceOf(CallCancelledException.class)
        .hasMessageContaining("closed before its end");
    assertThat(stream.answerSoFar().text()).startsWith((String) first);
  }

  @Test
  void failureThatCameAsAnEventIsNoWholeAnswer() throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    ChatStream stream = stream("throwExceptionOnFailure=false");
    assertThat(catchThrowable(stream::text)).isInstanceOf(StreamTruncatedException.class);
    assertThat(stream.next().getBody()).isEqualTo("Hel");
    assertThat(stream.next().getBody()).isInstanceOf(StreamTruncatedException.class);
    assertThat(stream.hasNext()).isFalse();
  }

  @Test
  void failureThatComesAsAnEventIsNoEndOfTheInputStream() throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    InputStream in = convert(InputStream.class, stream("throwExceptionOnFailure=false"));
    assertThat(catchThrowable(in::readAllBytes))
        .isInstanceOf(IOException.class)
        .hasCauseInstanceOf(StreamTruncatedException.class);
  }

  @Test
  void readerIsLive() throws Exception {
    server.then(peer -> peer.head().token("Hel").await(firstRead).token("lo").finish());
    try (Reader in = convert(Reader.class, stream())) {
      char[] text = new char[3];
      assertThat(in.read(text)).isEqualTo(3);
      firstRead.countDown();
      assertThat(in.read()).isEqualTo('l');
    }
  }

  @Test
  void iteratorIsTheStreamItself() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    try (ChatStream stream = stream()) {
      Iterator<?> parts = convert(Iterator.class, stream);
      assertThat(parts).isSameAs(stream);
    }
  }

  @Test
  void closingAJavaStreamClosesTheConnection() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    try (Stream<?> stream = convert(Stream.class, stream())) {
      assertThat(stream.limit(2).toList()).hasSize(2);
    }
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void listHasAllParts() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    List<?> parts = convert(List.class, stream());
    assertThat(parts).hasSize(3);
  }

  private <T> T convert(Class<T> type, ChatStream stream) throws Exception {
    return context.getTypeConverter().mandatoryConvertTo(type, stream);
  }
}
