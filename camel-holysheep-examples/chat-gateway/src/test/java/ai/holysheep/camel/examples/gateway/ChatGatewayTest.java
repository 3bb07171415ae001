package ai.holysheep.camel.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What somebody sees who starts it with settings that do not work. */
class ChatGatewayTest {

  private final StringWriter err = new StringWriter();

  private int run(String... options) {
    CommandLine command = new ChatGateway(null).commandLine();
    command.setOut(new PrintWriter(new StringWriter(), true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(options);
  }

  @Test
  void aPortThatIsTakenIsSaidInOneLine() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      assertThat(run("--port=" + port)).isEqualTo(1);
      assertThat(err.toString().lines())
          .singleElement()
          .asString()
          .startsWith("The gateway cannot listen at 127.0.0.1:" + port)
          .endsWith("Choose another port.");
    }
  }

  @Test
  void settingsThatMakeNoSenseAreSaid() {
    assertThat(run("--origin=example.com")).isEqualTo(2);
    assertThat(err.toString()).startsWith("--origin must be one like https://www.example.com");
    assertThat(run("--streams=0")).isEqualTo(2);
    assertThat(err.toString()).contains("--streams must be 1 to 10000, not 0");
    assertThat(run("--prices=file:none.properties", "--base-url=http://127.0.0.1:1/v1"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("none.properties");
  }
}
