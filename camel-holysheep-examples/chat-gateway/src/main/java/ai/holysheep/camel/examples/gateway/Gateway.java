package ai.holysheep.camel.examples.gateway;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConfiguration;
import ai.holysheep.camel.examples.gateway.answers.Answers;
import ai.holysheep.camel.examples.gateway.requests.Conversations;
import ai.holysheep.camel.examples.gateway.requests.Json;
import ai.holysheep.camel.examples.gateway.requests.StreamPlaces;
import ai.holysheep.camel.examples.gateway.routes.AnsweringRoutes;
import ai.holysheep.camel.examples.gateway.routes.Asking;
import ai.holysheep.camel.examples.gateway.routes.Client;
import ai.holysheep.camel.examples.gateway.routes.DirectAsking;
import ai.holysheep.camel.examples.gateway.routes.Failures;
import ai.holysheep.camel.examples.gateway.routes.OpenAiRoutes;
import ai.holysheep.camel.examples.gateway.routes.SocketRoutes;
import ai.holysheep.camel.examples.gateway.routes.SocketTalk;
import ai.holysheep.camel.examples.gateway.routes.StreamRoutes;
import ai.holysheep.camel.examples.gateway.routes.UiMessageRoutes;
import ai.holysheep.camel.examples.gateway.server.GatewayServer;
import ai.holysheep.camel.examples.gateway.server.SharedSockets;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.impl.DefaultCamelContext;

/** A gateway that runs until it is closed. */
public final class Gateway implements AutoCloseable {

  /** For requests that are over at once, so that they need not wait for a stream to end. */
  private static final int SPARE_THREADS = 20;

  private final GatewaySettings settings;
  private final Vertx vertx;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final GatewayServer server;
  private final StreamPlaces places;
  private final Answers answers;

  private Gateway(GatewaySettings settings) {
    this.settings = settings;
    GatewaySettings.Limits limits = settings.limits();
    // A reply in server-sent events holds a thread of Vert.x.
    vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(limits.streams() + SPARE_THREADS));
    server =
        new GatewayServer(
            settings.host(), settings.port(), limits.bodyBytes(), settings.access().origin());
    places = new StreamPlaces(limits.streamsOfClient(), limits.streams());
    answers = new Answers(timer, limits.patience(), this::cancelStream);
  }

  /**
   * Starts one.
   *
   * @throws Exception when the port is taken, or a setting makes no sense
   */
  public static Gateway start(GatewaySettings settings) throws Exception {
    Gateway gateway = new Gateway(settings);
    try {
      gateway.start();
    } catch (Exception e) {
      gateway.close();
      throw e;
    }
    return gateway;
  }

  private void start() throws Exception {
    camel.getRegistry().bind("vertx", vertx);
    camel.addService(server);
    SharedSockets sockets = new SharedSockets();
    camel.addComponent("vertx-websocket", sockets);
    configureModel();
    GatewaySettings.Limits limits = settings.limits();
    Conversations conversations =
        new Conversations(settings.model().models(), limits.conversationCharacters());
    Client client =
        new Client(settings.access().addressHeader(), settings.access().passedHeaders());
    Asking asking = new Asking(camel.createProducerTemplate(), answers, conversations, places);
    DirectAsking direct = new DirectAsking(client, conversations, places, settings.access().key());
    camel.addRoutesConfigurations(new Failures());
    camel.addRoutes(new AnsweringRoutes(answers));
    camel.addRoutes(new StreamRoutes(asking, client, settingsOfPage(), limits.silence()));
    camel.addRoutes(new SocketRoutes(sockets, new SocketTalk(asking, client)));
    camel.addRoutes(new OpenAiRoutes(direct, settings.model().models()));
    camel.addRoutes(new UiMessageRoutes(direct));
    camel.start();
  }

  private HolySheepComponent holySheep() {
    return camel.getComponent("holysheep", HolySheepComponent.class);
  }

  private void cancelStream(String streamId) {
    holySheep().cancelStream(streamId);
  }

  private void configureModel() {
    holySheep().setCancelOnShutdown(true);
    HolySheepConfiguration configuration = holySheep().getConfiguration();
    configuration.setApiKey(settings.model().apiKey());
    configuration.setPriceTable(settings.model().priceTable());
    if (settings.model().baseUrl() != null) {
      configuration.setBaseUrl(settings.model().baseUrl());
    }
  }

  private String settingsOfPage() {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("models", settings.model().models());
    page.put("model", settings.model().models().get(0));
    page.put("maxQuestionCharacters", settings.limits().conversationCharacters());
    page.put("resumeSeconds", settings.limits().patience().toSeconds());
    page.put("simulated", settings.model().simulated());
    return Json.write(page);
  }

  /** Where it listens. */
  public String url() {
    return "http://" + settings.host() + ":" + server.getPort();
  }

  /** How many answers are kept for pages. */
  int answers() {
    return answers.count();
  }

  /** How many streams are under way. */
  int takenPlaces() {
    return places.count();
  }

  @Override
  public void close() {
    camel.stop();
    timer.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
