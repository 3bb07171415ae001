package ai.holysheep.camel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.error.TransportFailedException;
import ai.holysheep.camel.observe.CallerContext;
import ai.holysheep.camel.transport.Frame;
import ai.holysheep.camel.transport.Reply;
import ai.holysheep.camel.wire.WrittenRequest;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MessageReaderTest {

  private static final URI PLACE = URI.create("http://test/v1");

  @Test
  void whatGoesWrongWhileSomebodyLooksAheadIsToldToWhomReads() {
    WrittenRequest request = new WrittenRequest(new byte[0], "m", 0, 1, true);
    CallSettings settings = CallTestSupport.settings(CallTestSupport.NO_DEADLINES, false);
    AnswerIntake intake =
        new AnswerIntake(new StreamStart("s-1", 0, CallerContext.NONE), request, settings);
    Failures failures = new Failures(PLACE, Duration.ZERO, Duration.ZERO);
    Diagnosis diagnosis = new Diagnosis("m", settings, failures, intake);
    MessageReader messages = new MessageReader(new Broken(), intake, diagnosis, settings);
    assertThat(messages.isEventReady()).isTrue();
    assertThatThrownBy(messages::read)
        .isInstanceOf(TransportFailedException.class)
        .hasMessageContaining("a bug");
  }

  /** Has a message, and a bug. */
  private static final class Broken implements Reply {

    @Override
    public Frame next() {
      throw new IllegalStateException("a bug");
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public boolean isEventStream() {
      return true;
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public String header(String name) {
      return null;
    }

    @Override
    public byte[] beginning(int maxBytes) {
      return new byte[0];
    }

    @Override
    public byte[] document() {
      return new byte[0];
    }
  }
}
