package ai.holysheep.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.accounting.PriceTable;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Prometheus reads of calls. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MetricsTest extends StreamRouteTestSupport {

  private static final String CALL =
      "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"holysheep\","
          + "gen_ai_request_model=\"test-model\"";

  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Override
  protected CamelContext createCamelContext() throws Exception {
    CamelContext camel = super.createCamelContext();
    camel.getRegistry().bind("metricsRegistry", meters);
    camel.getRegistry().bind("prices", PriceTable.parse("test-model.output=1000000"));
    return camel;
  }

  @Test
  void callIsMeasuredByTheConventionsNames() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    split(ask("prices=#prices"));
    assertThat(sample("gen_ai_client_operation_duration_seconds_count"))
        .contains(CALL)
        .contains("error_type=\"none\"")
        .contains("routeId=\"asking\"")
        .contains("server_address=\"127.0.0.1\"")
        .endsWith(" 1");
    assertThat(sample("gen_ai_client_operation_time_to_first_chunk_seconds_count")).endsWith(" 1");
    assertThat(sample("gen_ai_client_operation_time_per_output_chunk_seconds_count"))
        .endsWith(" 1");
    assertThat(sample("gen_ai_client_token_usage_sum", "gen_ai_token_type=\"input\"", CALL))
        .endsWith(" 7.0");
    assertThat(sample("gen_ai_client_token_usage_sum", "gen_ai_token_type=\"output\"", CALL))
        .endsWith(" 3.0");
    assertThat(sample("camel_holysheep_cost_total", "camel_holysheep_cost_currency=\"USD\""))
        .contains("camel_holysheep_cost_source=\"prices\"")
        .endsWith(" 3.0");
  }

  @Test
  void histogramsHaveTheConventionsBounds() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    split(ask());
    assertThat(sample("gen_ai_client_operation_duration_seconds_bucket", "le=\"81.92\""))
        .endsWith(" 1");
    assertThat(sample("gen_ai_client_operation_time_to_first_chunk_seconds_bucket", "le=\"10.0\""))
        .endsWith(" 1");
    assertThat(sample("gen_ai_client_operation_time_per_output_chunk_seconds_bucket", "le=\"2.5\""))
        .endsWith(" 1");
    assertThat(sample("gen_ai_client_token_usage_bucket", "le=\"4.0\"", "type=\"output\""))
        .endsWith(" 1");
  }

  @Test
  void failureIsNamed() throws Exception {
    server.then(peer -> peer.document(401, "application/json", "{}"));
    assertThatThrownBy(() -> split(ask())).isNotNull();
    assertThat(sample("gen_ai_client_operation_duration_seconds_count"))
        .contains("error_type=\"AuthenticationFailedException\"");
    assertThat(meters.scrape()).doesNotContain("gen_ai_client_token_usage");
  }

  @Test
  void furtherTriesAreCounted() throws Exception {
    server.then(peer -> peer.document(503, "application/json", "{}"));
    server.then(StreamRouteTestSupport::hello);
    split(askAgain(1));
    assertThat(sample("camel_holysheep_reconnects_total"))
        .contains("error_type=\"ProviderUnavailableException\"")
        .endsWith(" 1.0");
    assertThat(sample("camel_holysheep_reconnecting_time_seconds_count")).endsWith(" 1");
  }

  @Test
  void streamsUnderWayAreCounted() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    server.then(peer -> peer.head().token("Hel").await(gate).token("lo").finish());
    String[] during = new String[1];
    routes(
        rb ->
            rb.from("direct:ask")
                .to(ask())
                .split(body())
                .streaming()
                .process(
                    part -> {
                      if (gate.getCount() > 0) {
                        during[0] = sample("camel_holysheep_active_streams");
                        gate.countDown();
                      }
                    }));
    template.requestBody("direct:ask", "Hi");
    assertThat(during[0]).endsWith(" 1.0");
    assertThat(sample("camel_holysheep_active_streams")).endsWith(" 0.0");
  }

  @Test
  void everyMetricIsInTheReference() throws Exception {
    server.then(peer -> peer.document(503, "application/json", "{}"));
    server.then(StreamRouteTestSupport::hello);
    split(askAgain(1, "prices=#prices"));
    String page = Files.readString(Path.of("..", "docs", "reference", "observability.md"));
    List<Meter.Id> ours =
        meters.getMeters().stream()
            .map(Meter::getId)
            .filter(id -> id.getName().startsWith("gen_ai") || id.getName().contains("holysheep"))
            .toList();
    assertThat(ours).extracting(Meter.Id::getName).hasSizeGreaterThan(8);
    assertThat(ours)
        .allSatisfy(id -> assertThat(page).contains("| `" + id.getName() + "` |"))
        .flatExtracting(Meter.Id::getTags)
        .allSatisfy(tag -> assertThat(page).contains("`" + tag.getKey() + "`"));
  }

  @Test
  void whoeverSetsUpTracingLaterStillCan() throws Exception {
    server.then(StreamRouteTestSupport::hello);
    split(ask());
    assertThat(GlobalOpenTelemetry.isSet()).isFalse();
  }

  @Test
  void componentWithoutMetricsHasNone() throws Exception {
    HolySheepComponent silent = new HolySheepComponent();
    silent.setMetricsEnabled(false);
    context.addComponent("silent", silent);
    server.then(StreamRouteTestSupport::hello);
    split(ask().replace("holysheep:", "silent:"));
    assertThat(meters.scrape()).doesNotContain("gen_ai").doesNotContain("holysheep");
  }

  private void split(String endpoint) throws Exception {
    routes(
        rb ->
            rb.from("direct:ask")
                .routeId("asking")
                .to(endpoint)
                .split(body())
                .streaming()
                .to("mock:parts")
                .end());
    template.requestBody("direct:ask", "Hi");
  }

  /** The one line of this metric with all these words. */
  private String sample(String name, String... words) {
    List<String> lines =
        meters
            .scrape()
            .lines()
            .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
            .filter(line -> List.of(words).stream().allMatch(line::contains))
            .toList();
    assertThat(lines).as(name).hasSize(1);
    return lines.get(0);
  }
}
