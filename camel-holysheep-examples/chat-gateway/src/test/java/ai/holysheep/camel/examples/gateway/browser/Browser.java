package ai.holysheep.camel.examples.gateway.browser;

import ai.holysheep.camel.examples.gateway.NodePackages;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The Chromium of this machine, without a window. Belongs to one thread; whoever starts it closes
 * it.
 */
final class Browser implements AutoCloseable {

  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;

  private Browser(Path executable, Path node) {
    System.setProperty("playwright.cli.dir", driver().toString());
    playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1",
                        "PLAYWRIGHT_NODEJS_PATH",
                        node.toString())));
    chromium =
        playwright
            .chromium()
            .launch(new LaunchOptions().setExecutablePath(executable).setArgs(ARGUMENTS));
  }

  /** Starts it; skips the test where there is none, or no Node to drive it. */
  static Browser start() throws Exception {
    Path executable = find("chromium", "chromium-browser", "google-chrome");
    NodePackages.require(executable != null, "there is no Chromium on the path.");
    NodePackages.install();
    Path node = find("node");
    NodePackages.require(node != null, "there is no Node on the path.");
    return new Browser(executable, node);
  }

  /** Where Playwright finds its driver, under the name of {@code package}. */
  private static Path driver() {
    return NodePackages.FOLDER.resolve("node_modules").toAbsolutePath();
  }

  private static Path find(String... names) {
    return Stream.of(names)
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /** A page of a person who was never here before. */
  Page open(com.microsoft.playwright.Browser.NewContextOptions options) {
    BrowserContext person = chromium.newContext(options);
    return person.newPage();
  }

  @Override
  public void close() {
    playwright.close();
  }
}
