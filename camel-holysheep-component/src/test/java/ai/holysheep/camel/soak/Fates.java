package ai.holysheep.camel.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.holysheep.camel.convert.ChatStream;
import ai.holysheep.camel.error.CallCancelledException;
import ai.holysheep.camel.error.DeadlineExceededException;
import ai.holysheep.camel.error.HolySheepException;
import ai.holysheep.camel.error.RateLimitedException;
import ai.holysheep.camel.error.StreamTruncatedException;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;

/** What may become of a stream. Each looks at its own end; what it leaves is looked at later. */
final class Fates {

  /** One way for streams to end. */
  interface Fate {
    void run() throws Exception;
  }

  private final ProducerTemplate template;
  private final Stages server;
  private final ExecutorService others;
  private final AtomicLong ids;
  private final Queue<WeakReference<ChatStream>> streams = new ConcurrentLinkedQueue<>();
  final AtomicLong usages = new AtomicLong();
  final AtomicLong failures = new AtomicLong();
  final AtomicLong forgotten = new AtomicLong();

  /**
   * @param others do what another thread does to a stream
   * @param ids make each question another
   */
  Fates(ProducerTemplate template, Stages server, ExecutorService others, AtomicLong ids) {
    this.template = template;
    this.server = server;
    this.others = others;
    this.ids = ids;
  }

  List<Fate> all() {
    return List.of(
        this::lateBeforeItsHead,
        () -> cancelled(Stages.HEAD, 0),
        () -> cancelled(Stages.FIRST, 1),
        () -> cancelled(Stages.MIDDLE, 5),
        () -> cancelled(Stages.WHOLE, Stages.TOKENS),
        () -> closed(Stages.HEAD, 0),
        () -> closed(Stages.FIRST, 1),
        () -> closed(Stages.ENDLESS, 5),
        () -> closed(Stages.WHOLE, Stages.TOKENS),
        () -> cancelledByAnother(Stages.HEAD, 0),
        () -> cancelledByAnother(Stages.MIDDLE, Stages.TOKENS),
        () -> closedByAnother(Stages.FIRST, 1),
        () -> dropped(Stages.HEAD, 0),
        () -> dropped(Stages.FIRST, 1),
        () -> dropped(Stages.WHOLE, Stages.TOKENS),
        this::ofARouteThatFails,
        () -> ofAStepThatFails("direct:split-and-fail"),
        () -> ofAStepThatFails("direct:split-and-fail-again"),
        () -> refused("direct:ask"),
        () -> refused("direct:ask-again"),
        () -> refused("direct:redelivered"),
        this::interruptedWhileARetryWaits,
        () -> readByNext("direct:ask", Stages.WHOLE),
        () -> readByNext("direct:ask-again", Stages.REFUSED_ONCE),
        () -> readByNext("direct:ask-and-restart", Stages.CUT_ONCE),
        this::readByASplit,
        this::readByAConversion,
        this::readOfACutAnswer);
  }

  /** The streams that something still holds. */
  long held() {
    return streams.stream().filter(stream -> stream.get() != null).count();
  }

  ChatStream open(String route, String stage) {
    Exchange exchange = ask(route, stage);
    assertThat(exchange.getException()).isNull();
    ChatStream stream = exchange.getMessage().getBody(ChatStream.class);
    streams.add(new WeakReference<>(stream));
    return stream;
  }

  private Exchange ask(String route, String stage) {
    return askThis(route, stage + "-" + ids.incrementAndGet());
  }

  private Exchange askThis(String route, String question) {
    return template.request(route, exchange -> exchange.getMessage().setBody(question));
  }

  private void failed(Exchange exchange, Class<? extends Throwable> type) {
    Throwable cause = exchange.getException();
    while (cause != null && !type.isInstance(cause)) {
      cause = cause.getCause();
    }
    assertThat(cause).as("%s", exchange.getException()).isInstanceOf(type);
    failures.incrementAndGet();
  }

  private ChatStream take(ChatStream stream, int count) {
    for (int i = 0; i < count; i++) {
      assertThat(stream.next().getHeader("CamelHolySheepEventType")).isEqualTo("token");
    }
    return stream;
  }

  /** The one end of a stream is this failure, for whoever looks again too. */
  void fails(ChatStream stream, Class<? extends HolySheepException> type) {
    Throwable end = catchThrowable(() -> readToItsEnd(stream));
    assertThat(end).isInstanceOf(type);
    assertThat(catchThrowable(stream::next)).isSameAs(end);
    failures.incrementAndGet();
  }

  private void ends(ChatStream stream) {
    assertThat(readToItsEnd(stream)).isOne();
    assertThat(stream.hasNext()).isFalse();
    usages.incrementAndGet();
  }

  private static int readToItsEnd(ChatStream stream) {
    int ends = 0;
    while (stream.hasNext()) {
      Message part = stream.next();
      assertThat(ends).as("parts after the last").isZero();
      ends += "usage".equals(part.getHeader("CamelHolySheepEventType")) ? 1 : 0;
    }
    return ends;
  }

  private void lateBeforeItsHead() {
    failed(ask("direct:ask-briefly", Stages.SILENT), DeadlineExceededException.class);
  }

  /** A call that somebody else ends before there is a stream. */
  void cancelledBeforeItsHead(String route, String stage) {
    failed(ask(route, stage), CallCancelledException.class);
  }

  private void cancelled(String stage, int taken) {
    ChatStream stream = take(open("direct:ask", stage), taken);
    stream.cancel("enough");
    fails(stream, CallCancelledException.class);
  }

  private void closed(String stage, int taken) {
    ChatStream stream = take(open("direct:ask", stage), taken);
    stream.close();
    fails(stream, CallCancelledException.class);
  }

  private void cancelledByAnother(String stage, int taken) {
    ChatStream stream = take(open("direct:ask", stage), taken);
    others.execute(() -> stream.cancel("enough"));
    fails(stream, CallCancelledException.class);
  }

  private void closedByAnother(String stage, int taken) {
    ChatStream stream = take(open("direct:ask", stage), taken);
    others.execute(stream::close);
    fails(stream, CallCancelledException.class);
  }

  private void dropped(String stage, int taken) {
    take(open("direct:ask", stage), taken);
    forget();
  }

  private void ofARouteThatFails() {
    Exchange exchange = ask("direct:fail", Stages.FIRST);
    assertThat(exchange.getException()).isInstanceOf(IllegalStateException.class);
    forget();
  }

  /** Without the collector, forgotten streams would take all places. */
  private void forget() {
    if (forgotten.incrementAndGet() % 8 == 0) {
      System.gc();
    }
  }

  private void ofAStepThatFails(String route) {
    failed(ask(route, Stages.ENDLESS), IllegalStateException.class);
  }

  private void refused(String route) {
    failed(ask(route, Stages.REFUSED), RateLimitedException.class);
  }

  private void interruptedWhileARetryWaits() throws Exception {
    String question = Stages.REFUSED_FOR_LONG + "-" + ids.incrementAndGet();
    Thread asking =
        new Thread(
            () -> failed(askThis("direct:ask-again", question), CallCancelledException.class),
            "asking");
    long before = failures.get();
    asking.start();
    while (server.asked(question) == 0) {
      Thread.onSpinWait();
    }
    asking.interrupt();
    asking.join();
    assertThat(failures.get()).isGreaterThan(before);
  }

  private void readByNext(String route, String stage) {
    ends(open(route, stage));
  }

  private void readByASplit() {
    Exchange exchange = ask("direct:split", Stages.WHOLE);
    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getProperty("usages")).isEqualTo(1);
    usages.incrementAndGet();
  }

  private void readByAConversion() {
    ChatStream stream = open("direct:ask", Stages.WHOLE);
    assertThat(stream.text()).startsWith("t0 ");
    ends(stream);
  }

  private void readOfACutAnswer() {
    fails(open("direct:ask", Stages.CUT), StreamTruncatedException.class);
  }
}
