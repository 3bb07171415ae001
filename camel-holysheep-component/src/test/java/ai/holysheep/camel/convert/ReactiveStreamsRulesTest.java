package ai.holysheep.camel.convert;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.wire.EventWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;
import org.testng.annotations.Test;

/**
 * The test suite of Reactive Streams for publishers. It is written for TestNG; here each of its
 * tests is one of JUnit, so that one runner reports them all.
 */
class ReactiveStreamsRulesTest {

  private static final ExecutorService THREADS = Executors.newCachedThreadPool();
  private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();

  @AfterAll
  static void shutDown() {
    THREADS.shutdownNow();
    CONTEXT.stop();
  }

  @TestFactory
  Stream<DynamicTest> rules() {
    List<Method> tests =
        Arrays.stream(Rules.class.getMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .toList();
    assertThat(tests).hasSizeGreaterThan(30);
    return tests.stream().map(test -> DynamicTest.dynamicTest(test.getName(), () -> run(test)));
  }

  private static void run(Method test) throws Throwable {
    Rules rules = new Rules();
    rules.setUp();
    try {
      test.invoke(rules);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SkipException skipped) {
        throw new TestAbortedException(skipped.getMessage(), skipped);
      }
      throw e.getCause();
    }
  }

  /** Public, because it is called by reflection. */
  public static final class Rules extends FlowPublisherVerification<Exchange> {

    public Rules() {
      super(new TestEnvironment(500, 50));
    }

    @Override
    public Flow.Publisher<Exchange> createFlowPublisher(long elements) {
      Exchange exchange = new DefaultExchange(CONTEXT);
      ChatStream stream =
          ChatStream.into(
              exchange,
              new ListedEvents(elements),
              new EventMessages(BodyFormat.text, new EventWriter()),
              new StreamOutlet(
                  () -> {
                    throw new UnsupportedOperationException();
                  },
                  THREADS));
      return new ChatPublisher<>(stream.apart(), ChatStream::nextExchange);
    }

    /** A stream has a first subscriber; who comes second has none. */
    @Override
    public Flow.Publisher<Exchange> createFailedFlowPublisher() {
      Flow.Publisher<Exchange> taken = createFlowPublisher(1);
      taken.subscribe(new Nobody());
      return taken;
    }
  }

  private static final class Nobody implements Flow.Subscriber<Exchange> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {}

    @Override
    public void onNext(Exchange part) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
