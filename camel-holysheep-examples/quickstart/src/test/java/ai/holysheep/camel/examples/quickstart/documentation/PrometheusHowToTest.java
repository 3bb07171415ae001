package ai.holysheep.camel.examples.quickstart.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.accounting.PriceTable;
import ai.holysheep.camel.simulator.SimulatorExtension;
import java.io.IOException;
import java.io.StringReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Prometheus reads of an application on Camel Main, and what the dashboard asks for. */
class PrometheusHowToTest {

  private static final Pattern METRIC =
      Pattern.compile("\\b(gen_ai_client|camel_holysheep)_[a-z_]+(?=[{)\\[])");

  /** Nothing keeps answers back here. */
  private static final String OF_PROXIES = "camel_holysheep_bursts_total";

  @RegisterExtension static final SimulatorExtension SIMULATOR = new SimulatorExtension();

  @Test
  void dashboardAsksForWhatThereIs() throws Exception {
    String scraped = scrapeAfterCalls();
    TreeSet<String> asked = new TreeSet<>();
    String dashboard =
        Documents.read(Documents.root().resolve("docs/how-to/grafana/holysheep.json"));
    Matcher matcher = METRIC.matcher(dashboard.replaceAll("by \\([^)]*\\)", ""));
    while (matcher.find()) {
      asked.add(matcher.group());
    }
    assertThat(asked).hasSizeGreaterThan(8).contains(OF_PROXIES);
    asked.remove(OF_PROXIES);
    assertThat(asked).allSatisfy(name -> assertThat(scraped).contains("\n" + name));
  }

  private static String scrapeAfterCalls() throws Exception {
    Main main = new Main();
    int port = freePort();
    Properties properties = new Properties();
    properties.load(new StringReader(Documents.code("metrics-properties")));
    properties.setProperty("camel.management.port", String.valueOf(port));
    properties.setProperty("camel.component.holysheep.base-url", SIMULATOR.baseUrl());
    properties.setProperty("camel.component.holysheep.api-key", "any-key");
    properties.setProperty("camel.component.holysheep.reconnect-delay", "0");
    main.setOverrideProperties(properties);
    main.bind("prices", PriceTable.parse("deepseek-v3.2.output=0.42"));
    main.configure().addRoutesBuilder(new Asking());
    main.start();
    try {
      ask(main, "Hi");
      ask(main, "[[status=503]][[times=1]]Hi");
      URI metrics = URI.create("http://localhost:" + port + "/observe/metrics");
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } finally {
      main.stop();
    }
  }

  private static void ask(Main main, String prompt) throws Exception {
    Exchange answered =
        main.getCamelTemplate().send("direct:ask", e -> e.getMessage().setBody(prompt));
    assertThat(answered.getException()).isNull();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static final class Asking extends RouteBuilder {

    @Override
    public void configure() {
      from("direct:ask")
          .to("holysheep:chat?model=deepseek-v3.2&stream=true&prices=#prices")
          .split(body())
          .streaming()
          .to("log:parts?level=TRACE")
          .end();
    }
  }
}
