package ai.holysheep.camel.security;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.testing.CertificateAuthority;
import ai.holysheep.camel.testing.ScriptedProxy;
import ai.holysheep.camel.testing.ScriptedServer;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * Asks in many ways, and prints whatever this process can tell about it: events, exceptions,
 * exchanges, endpoints, JMX. A process of its own, because loggers cannot be switched to TRACE once
 * they are there.
 */
final class Everything {

  static final String KEY = "sk-everything-0123456789";
  static final String HEADER = "h3ader-s3cret-0123456789";
  static final String PASSWORD = "pr0xy-s3cret-0123456789";
  static final String END = "This was everything.";

  private static final PrintStream OUT = System.out;

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final ScriptedServer server = new ScriptedServer();
  private final ScriptedProxy proxy = new ScriptedProxy().asking("joe", PASSWORD);
  private final ScriptedServer secure;
  private final SSLContextParameters tls;

  private Everything(Path folder) throws Exception {
    tls = new CertificateAuthority(folder, "authority").identity("ip:127.0.0.1");
    secure = ScriptedServer.secure(tls.createSSLContext(context), SafetyTestSupport::hello);
  }

  public static void main(String[] arguments) throws Exception {
    boolean keyInAddress = arguments[0].equals("key-in-address");
    new Everything(Files.createTempDirectory(Path.of(arguments[1]), "keys")).run(keyInAddress);
    OUT.println(END);
    System.exit(0);
  }

  // Newer versions of Camel have another way to MDC logging, older ones have only this one.
  @SuppressWarnings("deprecation")
  private void run(boolean keyInAddress) throws Exception {
    context.setTracing(true);
    context.setBacklogTracing(true);
    context.setMessageHistory(true);
    context.setUseMDCLogging(true);
    context.setLogExhaustedMessageBody(true);
    context.getManagementStrategy().addEventNotifier(new Printer());
    context.getPropertiesComponent().addInitialProperty("the.key", KEY);
    context.getPropertiesComponent().addInitialProperty("the.header", HEADER);
    component("holysheep");
    HolySheepComponent behind = component("behind");
    behind.setProxyHost("127.0.0.1");
    behind.setProxyPort(proxy.port());
    behind.setProxyUsername("joe");
    behind.setProxyPassword(PASSWORD);
    behind.setSslContextParameters(tls);
    context.addRoutes(routes(keyInAddress));
    context.start();
    askInManyWays();
    context.getEndpoints().forEach(OUT::println);
    context.getRoutes().forEach(OUT::println);
    if (!keyInAddress) {
      OUT.println(context.getEndpointRegistry().keySet());
    }
    printJmx(keyInAddress);
  }

  private HolySheepComponent component(String name) {
    HolySheepComponent component = new HolySheepComponent();
    component.getConfiguration().setApiKey(KEY);
    component.getConfiguration().getAdditionalHeader().put("api-key", HEADER);
    context.getRegistry().bind(name, component);
    return component;
  }

  private RouteBuilder routes(boolean keyInAddress) {
    String properties =
        keyInAddress
            ? "apiKey=" + KEY
            : "apiKey=#property:the.key&additionalHeader.X-Token=#property:the.header";
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:plain").to(SafetyTestSupport.endpoint("holysheep", server.baseUrl()));
        from("direct:stream")
            .to(SafetyTestSupport.endpoint("holysheep", server.baseUrl(), "stream=true"))
            .split(body())
            .streaming()
            .log("${body}");
        from("direct:properties")
            .to(SafetyTestSupport.endpoint("holysheep", server.baseUrl(), properties));
        from("direct:tunnel").to(SafetyTestSupport.endpoint("behind", secure.baseUrl()));
        from("direct:proxy").to(SafetyTestSupport.endpoint("behind", server.baseUrl()));
        from("direct:unsafe").to(SafetyTestSupport.endpoint("holysheep", secure.baseUrl()));
        from("direct:nowhere")
            .to(SafetyTestSupport.endpoint("holysheep", "http://nowhere.invalid/v1"));
      }
    };
  }

  private void askInManyWays() {
    ScriptedServer.Script echo =
        peer ->
            peer.document(
                401,
                "application/json",
                "{\"error\":{\"message\":\"Bad key " + KEY + "\",\"code\":\"" + KEY + "\"}}",
                "x-request-id: " + KEY,
                "X-Echo: " + KEY);
    ask("direct:plain", SafetyTestSupport::hello);
    ask("direct:stream", SafetyTestSupport::hello);
    ask("direct:properties", SafetyTestSupport::hello);
    ask("direct:plain", echo);
    ask("direct:properties", echo);
    ask("direct:plain", peer -> peer.document(302, "text/html", "", "Location: http://h/" + KEY));
    ask("direct:plain", peer -> peer.document(200, "text/html", "<p>" + KEY + "</p>"));
    ask("direct:stream", peer -> peer.head().token("Hel").reset());
    ask("direct:proxy", SafetyTestSupport::hello);
    for (String route : new String[] {"direct:tunnel", "direct:unsafe", "direct:nowhere"}) {
      ask(route);
    }
  }

  private void ask(String route, ScriptedServer.Script... script) {
    server.then(script);
    try (ProducerTemplate template = context.createProducerTemplate()) {
      Exchange exchange = template.request(route, e -> e.getMessage().setBody("Hi"));
      OUT.println(exchange + " " + exchange.getMessage().getHeaders());
      if (exchange.getException() != null) {
        exchange.getException().printStackTrace(OUT);
      }
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void printJmx(boolean withoutDumps) throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    Set<ObjectName> names = beans.queryNames(new ObjectName("org.apache.camel:*"), null);
    for (ObjectName name : names) {
      OUT.println("JMX " + name);
      for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
        if (attribute.isReadable()) {
          OUT.println(attribute.getName() + "=" + beans.getAttribute(name, attribute.getName()));
        }
      }
      for (MBeanOperationInfo operation : beans.getMBeanInfo(name).getOperations()) {
        boolean dump = operation.getName().startsWith("dump") && !withoutDumps;
        if (dump && operation.getSignature().length == 0) {
          OUT.println(operation.getName() + ": " + invoke(beans, name, operation.getName()));
        }
      }
    }
  }

  /** Some dumps want a library that is not here. */
  private static Object invoke(MBeanServer beans, ObjectName name, String operation)
      throws Exception {
    try {
      return beans.invoke(name, operation, new Object[0], new String[0]);
    } catch (MBeanException | RuntimeMBeanException e) {
      return e.getCause();
    }
  }

  /** Prints events as they print themselves. */
  private static final class Printer extends EventNotifierSupport {

    @Override
    public void notify(CamelEvent event) {
      OUT.println("EVENT " + event);
    }
  }
}
