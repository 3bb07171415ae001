package ai.holysheep.camel.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.simulator.SimulatorExtension;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The application of the tutorial, as its reader writes it, in a process of its own. */
class TutorialTest {

  @RegisterExtension static final SimulatorExtension SIMULATOR = new SimulatorExtension();

  private static final Path PAGE = Path.of("../../docs/tutorial/spring-boot.md");
  private static final Pattern FILE =
      Pattern.compile("`(src/main/[^`]+)`(?:(?!```).)*?```\\w+\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ADDED =
      Pattern.compile(
          "<!-- added to application\\.properties -->\\s*```properties\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

  @TempDir private Path folder;

  private Process process;
  private String url;

  @BeforeEach
  void start() throws Exception {
    write();
    compile();
    process = run();
    url = "http://127.0.0.1:" + port(process.inputReader());
  }

  @AfterEach
  void stop() {
    process.destroy();
  }

  @Test
  void itsApplicationStreamsAnAnswerAndHasAPageAndTellsItsHealth() throws Exception {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(URI.create(url + "/chat"))
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofString("[[echo]]Hello from the sheep.")));
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(answer.body())
        .startsWith("id: 0\ndata: {\"type\":\"token\"")
        .contains("\"content\":\" sheep\"")
        .contains("\"type\":\"usage\"");
    assertThat(send(HttpRequest.newBuilder(URI.create(url + "/"))).body())
        .contains("<title>Chat</title>");
    assertThat(send(HttpRequest.newBuilder(URI.create(url + "/actuator/health"))).body())
        .contains("\"producer:holysheep-chat");
  }

  private void write() throws IOException {
    String page = Files.readString(PAGE);
    List<MatchResult> files = FILE.matcher(page).results().toList();
    assertThat(files).hasSize(5);
    for (MatchResult file : files) {
      Path path = folder.resolve(file.group(1));
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.group(2));
    }
    Matcher added = ADDED.matcher(page);
    assertThat(added.find()).isTrue();
    Path properties = folder.resolve("src/main/resources/application.properties");
    Files.writeString(properties, Files.readString(properties) + "\n" + added.group(1));
  }

  private void compile() throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("-d", folder.toString(), "-parameters", "-cp", libraries(), "-proc:none"));
    try (Stream<Path> sources = Files.walk(folder.resolve("src/main/java"))) {
      sources.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    int exitCode =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(exitCode).isZero();
  }

  private Process run() throws IOException {
    String classpath =
        String.join(
            File.pathSeparator,
            folder.toString(),
            folder.resolve("src/main/resources").toString(),
            libraries());
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classpath,
            "example.ChatApplication",
            "--server.port=0",
            "--camel.component.holysheep.base-url=" + SIMULATOR.baseUrl())
        .redirectErrorStream(true)
        .start();
  }

  /** What the tests have, without the application that they are for. */
  private static String libraries() {
    Path own = Path.of("target").toAbsolutePath();
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).toAbsolutePath().startsWith(own))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The port, when the routes have started too: Tomcat listens before them. */
  private static String port(BufferedReader output) throws IOException {
    List<String> lines = new ArrayList<>();
    String port = "";
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      lines.add(line);
      Matcher matcher = PORT.matcher(line);
      if (matcher.find()) {
        port = matcher.group(1);
      }
      if (line.contains("Started ChatApplication")) {
        return port;
      }
    }
    throw new AssertionError(String.join("\n", lines));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
