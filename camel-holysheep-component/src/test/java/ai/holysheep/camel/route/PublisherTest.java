package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.StreamTruncatedException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

/** A stream as a publisher. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PublisherTest extends StreamRouteTestSupport {

  @Test
  void partsComeWithTheirHeadersAndTheUsageIsTheLast() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    Reader<Message> reader = new Reader<>();
    messages(stream()).subscribe(reader);
    reader.subscription.request(Long.MAX_VALUE);
    assertThat(await(reader.end)).isNull();
    assertThat(reader.parts)
        .extracting(part -> part.getHeader(HolySheepConstants.EVENT_TYPE))
        .containsExactly("token", "token", "usage");
    assertThat(reader.parts.get(0).getBody()).isEqualTo("Hel");
  }

  @Test
  void partComesAsSoonAsItIsThere() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    server.then(peer -> peer.head().token("Hel").await(gate).token("lo").finish());
    Reader<Message> reader = new Reader<>();
    messages(stream()).subscribe(reader);
    reader.subscription.request(Long.MAX_VALUE);
    assertThat(reader.next().getBody()).isEqualTo("Hel");
    gate.countDown();
    assertThat(await(reader.end)).isNull();
  }

  @Test
  void noPartIsReadThatWasNotAskedFor() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    ChatStream stream = stream();
    Reader<Message> reader = new Reader<>();
    messages(stream).subscribe(reader);
    reader.subscription.request(1);
    assertThat(reader.next().getBody()).isEqualTo("Hel");
    // The rest is still there for whoever takes it.
    assertThat(stream.next().getBody()).isEqualTo("lo");
    assertThat(reader.parts).hasSize(1);
  }

  @Test
  void cancellingClosesTheConnection() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    Reader<Message> reader = new Reader<>();
    messages(stream()).subscribe(reader);
    reader.subscription.request(1);
    reader.next();
    reader.subscription.cancel();
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertThat(reader.end).isNotDone();
  }

  @Test
  void cancellingEndsTheWaitForAPart() throws Exception {
    server.then(
        peer -> {
          peer.head().token("Hel");
          peer.silence();
        });
    Reader<Message> reader = new Reader<>();
    messages(stream()).subscribe(reader);
    reader.subscription.request(2);
    reader.next();
    reader.subscription.cancel();
    assertThat(server.peer(0).isClosedByClient()).isTrue();
  }

  @Test
  void failureIsTheErrorOfTheSubscriber() throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    Reader<Message> reader = new Reader<>();
    messages(stream()).subscribe(reader);
    reader.subscription.request(Long.MAX_VALUE);
    assertThat(await(reader.end)).isInstanceOf(StreamTruncatedException.class);
    assertThat(((HolySheepException) reader.end.join()).getPartialText()).isEqualTo("Hel");
  }

  @Test
  void failureThatComesAsAPartIsOne() throws Exception {
    server.then(peer -> peer.head().token("Hel").end());
    Reader<Message> reader = new Reader<>();
    messages(stream("throwExceptionOnFailure=false")).subscribe(reader);
    reader.subscription.request(Long.MAX_VALUE);
    assertThat(await(reader.end)).isNull();
    assertThat(reader.parts.get(1).getHeader(HolySheepConstants.EVENT_TYPE)).isEqualTo("error");
  }

  @Test
  void subscriberThatThrowsEndsTheCall() throws Exception {
    server.then(StreamRouteTestSupport::endless);
    Reader<Message> reader = new Reader<>();
    reader.fault = new IllegalStateException("of the subscriber");
    messages(stream()).subscribe(reader);
    reader.subscription.request(Long.MAX_VALUE);
    assertThat(server.peer(0).isClosedByClient()).isTrue();
    assertThat(reader.parts).hasSize(1);
  }

  @Test
  void secondSubscriberIsToldThatThereIsOne() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    Flow.Publisher<Message> publisher = messages(stream());
    publisher.subscribe(new Reader<>());
    Reader<Message> second = new Reader<>();
    publisher.subscribe(second);
    assertThat(await(second.end)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void componentThatStopsEndsThePublisher() throws Exception {
    server.then(
        peer -> {
          peer.head().token("Hel");
          peer.silence();
        });
    Reader<Message> reader = new Reader<>();
    messages(stream()).subscribe(reader);
    reader.subscription.request(Long.MAX_VALUE);
    reader.next();
    context.stop();
    assertThat(await(reader.end)).isInstanceOf(CallCancelledException.class);
  }

  @Test
  void askingAfterTheComponentHasStoppedIsAnError() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    Reader<Message> reader = new Reader<>();
    messages(stream()).subscribe(reader);
    context.stop();
    reader.subscription.request(1);
    assertThat(await(reader.end)).isInstanceOf(CallCancelledException.class);
  }

  @Test
  void partsKeepTheHeadersOfTheMomentWhileTheRouteGoesOn() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    Reader<Message> reader = new Reader<>();
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask())
                .process(
                    exchange -> {
                      ChatStream stream = exchange.getMessage().getBody(ChatStream.class);
                      messages(stream).subscribe(reader);
                    })
                .setHeader("who", rb.constant("later"))
                .setBody(rb.constant("accepted"))
                .stop());
    assertThat(template.requestBodyAndHeader("direct:ask", "Hi", "who", "before"))
        .isEqualTo("accepted");
    reader.subscription.request(Long.MAX_VALUE);
    assertThat(await(reader.end)).isNull();
    assertThat(reader.parts).hasSize(3).allMatch(part -> "before".equals(part.getHeader("who")));
  }

  @Test
  void publisherOfTheLibraryHasExchanges() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    Publisher<?> publisher =
        context.getTypeConverter().mandatoryConvertTo(Publisher.class, stream());
    Reader<Object> reader = new Reader<>();
    FlowAdapters.<Object>toFlowPublisher(cast(publisher)).subscribe(reader);
    reader.subscription.request(Long.MAX_VALUE);
    assertThat(await(reader.end)).isNull();
    List<Exchange> exchanges = reader.parts.stream().map(Exchange.class::cast).toList();
    assertThat(exchanges)
        .extracting(e -> e.getMessage().getHeader(HolySheepConstants.INDEX))
        .containsExactly(0L, 1L, 2L);
    assertThat(exchanges).extracting(Exchange::getExchangeId).doesNotHaveDuplicates();
    assertThat(exchanges).extracting(Exchange::getPattern).containsOnly(ExchangePattern.InOnly);
  }

  @SuppressWarnings("unchecked")
  private static Publisher<Object> cast(Publisher<?> publisher) {
    return (Publisher<Object>) publisher;
  }

  @SuppressWarnings("unchecked")
  private Flow.Publisher<Message> messages(ChatStream stream) throws Exception {
    return context.getTypeConverter().mandatoryConvertTo(Flow.Publisher.class, stream);
  }

  /** A subscriber that notes what it gets; the test asks for it. */
  private static final class Reader<T> implements Flow.Subscriber<T> {

    final List<T> parts = new CopyOnWriteArrayList<>();
    final BlockingQueue<T> unread = new LinkedBlockingQueue<>();
    final CompletableFuture<Throwable> end = new CompletableFuture<>();
    Flow.Subscription subscription;
    RuntimeException fault;

    T next() throws InterruptedException {
      T part = unread.poll(10, TimeUnit.SECONDS);
      assertThat(part).isNotNull();
      return part;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
    }

    @Override
    public void onNext(T part) {
      parts.add(part);
      unread.add(part);
      if (fault != null) {
        throw fault;
      }
    }

    @Override
    public void onError(Throwable failure) {
      end.complete(failure);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }
  }
}
