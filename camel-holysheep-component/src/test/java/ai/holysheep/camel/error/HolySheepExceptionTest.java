package ai.holysheep.camel.error;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.chat.ChatAnswer;
import ai.holysheep.camel.chat.Choice;
import ai.holysheep.camel.chat.FinishReason;
import ai.holysheep.camel.chat.ProviderError;
import ai.holysheep.camel.chat.Usage;
import ai.holysheep.camel.chat.UsageSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every exception of the family. */
class HolySheepExceptionTest {

  private static final Usage USAGE = new Usage(1L, 2L, 3L, null, null, UsageSource.SERVER);
  private static final ChatAnswer ANSWER =
      new ChatAnswer(
          "s",
          null,
          null,
          List.of(new Choice(0, "part", "", List.of(), FinishReason.UNKNOWN, null)),
          null);
  private static final FailureContext CONTEXT =
      FailureContext.NONE
          .trying("m-1", 2)
          .sent()
          .replied(new Response(429, "req-1", null, new RetryAdvice(true, Duration.ofSeconds(3))))
          .complained(new ProviderError("slow down", "t", "c", "p"))
          .received(new Received(ANSWER, 4, USAGE));

  static Class<?>[] family() {
    return HolySheepException.class.getPermittedSubclasses();
  }

  static Constructor<?>[] constructors() {
    return Arrays.stream(family())
        .flatMap(type -> Arrays.stream(type.getConstructors()))
        .toArray(Constructor<?>[]::new);
  }

  @ParameterizedTest
  @MethodSource("family")
  void memberIsFinalAndSaysThatItIsAnException(Class<?> type) {
    assertThat(type.getSimpleName()).endsWith("Exception");
    assertThat(Modifier.isFinal(type.getModifiers())).isTrue();
    assertThat(type.getConstructors()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("constructors")
  void everyConstructorCarriesAllThatIsKnown(Constructor<?> constructor) throws Exception {
    HolySheepException exception = instance(constructor);
    assertThat(exception).hasMessage("It failed.");
    assertThat(exception.getContext()).isEqualTo(CONTEXT);
    assertThat(exception.getProgress()).isEqualTo(Progress.PARTIAL);
    assertThat(exception.getStatus()).isEqualTo(429);
    assertThat(exception.getType()).isEqualTo("t");
    assertThat(exception.getCode()).isEqualTo("c");
    assertThat(exception.getRequestId()).isEqualTo("req-1");
    assertThat(exception.getModel()).isEqualTo("m-1");
    assertThat(exception.getPartialText()).isEqualTo("part");
    assertThat(exception.getPartialAnswer()).isEqualTo(ANSWER);
    assertThat(exception.getAttempt()).isEqualTo(2);
    assertThat(exception.getRetryAfter()).isEqualTo(Duration.ofSeconds(3));
    assertThat(exception.getChunkCount()).isEqualTo(4);
    assertThat(exception.getUsage()).isEqualTo(USAGE);
  }

  @ParameterizedTest
  @MethodSource("constructors")
  void exceptionSurvivesSerializationWithItsMessage(Constructor<?> constructor) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ObjectOutputStream(bytes).writeObject(instance(constructor));
    HolySheepException copy =
        (HolySheepException)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    assertThat(copy).hasMessage("It failed.");
    assertThat(copy.getContext()).isEqualTo(FailureContext.NONE);
    assertThat(copy.getStatus()).isZero();
    assertThat(copy.getProgress()).isEqualTo(Progress.NOT_SENT);
    assertThat(copy.getCode()).isNull();
    assertThat(copy.getPartialText()).isEmpty();
  }

  @Test
  void contextOfNothingAnswersEverything() {
    HolySheepException exception = new RequestRejectedException("No.", FailureContext.NONE);
    assertThat(exception.getProgress()).isEqualTo(Progress.NOT_SENT);
    assertThat(exception.getStatus()).isZero();
    assertThat(exception.getType()).isNull();
    assertThat(exception.getCode()).isNull();
    assertThat(exception.getPartialText()).isEmpty();
  }

  @Test
  void answerThatWasNotHandedOnIsNoPartialProgress() {
    FailureContext read = FailureContext.NONE.sent().received(new Received(ANSWER, 0, USAGE));
    assertThat(read.progress()).isEqualTo(Progress.SENT);
  }

  @Test
  void memberWithMoreToSaySaysIt() {
    Duration pause = Duration.ofSeconds(3);
    DeadlineExceededException late =
        new DeadlineExceededException("x", CONTEXT, Deadline.IDLE, pause, null);
    assertThat(late.getDeadline()).isEqualTo(Deadline.IDLE);
    assertThat(late.getLimit()).isEqualTo(pause);
  }

  private static HolySheepException instance(Constructor<?> constructor) throws Exception {
    Object[] arguments =
        Arrays.stream(constructor.getParameterTypes())
            .map(HolySheepExceptionTest::argument)
            .toArray();
    assertThat(arguments).contains(CONTEXT);
    return (HolySheepException) constructor.newInstance(arguments);
  }

  private static Object argument(Class<?> type) {
    if (type == String.class) {
      return "It failed.";
    }
    if (type == FailureContext.class) {
      return CONTEXT;
    }
    if (type == Duration.class) {
      return Duration.ZERO;
    }
    return type == Deadline.class ? Deadline.TOTAL : null;
  }
}
