package ai.holysheep.camel.examples.gateway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ai.holysheep.camel.examples.gateway.GatewaySettings.Access;
import ai.holysheep.camel.examples.gateway.RunningGateway;
import ai.holysheep.camel.examples.gateway.Waiting;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees, in a real browser. */
class PageTest {

  private static final double HALF_A_MINUTE = 30_000;
  private static final String WHOLE = "The answer is whole.";

  private static Browser browser;
  private static RunningGateway gateway;

  private final List<String> complaints = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start();
    gateway =
        RunningGateway.start(
            Access.usual(), RunningGateway.limits(100, 100, Duration.ofSeconds(20)), 0.5);
    PlaywrightAssertions.setDefaultAssertionTimeout(HALF_A_MINUTE);
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
      browser.close();
    }
  }

  @BeforeEach
  void begin() {
    gateway.simulator().clearRequests();
  }

  @AfterEach
  void thePageHasNoFaults() {
    assertThat(complaints).isEmpty();
  }

  private ChatPage open(String transport) {
    return open(transport, gateway.url(), new NewContextOptions());
  }

  private ChatPage open(String transport, String url, NewContextOptions options) {
    Page page = browser.open(options);
    page.onPageError(complaints::add);
    return ChatPage.open(page, url, transport);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sse", "socket"})
  void wordsAppearWhileTheModelStillWrites(String transport) {
    ChatPage chat = open(transport).ask("[[tokens=2000]][[stall=20]]Hello");
    assertThat(chat.answer()).containsText("You wrote “Hello”");
    chat.says("The model answers.");
    assertThat(gateway.simulator().openStreams()).isOne();
    chat.button("Stop").click();
    chat.says("Stopped.");
    assertThat(chat.answer()).containsText("You wrote “Hello”");
    assertThat(chat.figures()).hasText("stopped");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sse", "socket"})
  void aStopReachesTheModel(String transport) throws Exception {
    int before = gateway.simulator().cancelledStreams();
    ChatPage chat = open(transport).ask("[[tokens=2000]][[stall=9]]Hello");
    chat.says("The model answers.");
    chat.page().keyboard().press("Escape");
    chat.says("Stopped.");
    Waiting.until(() -> gateway.simulator().cancelledStreams() == before + 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sse", "socket"})
  void aConversationGoesOnAndTellsWhatItTook(String transport) {
    ChatPage chat = open(transport).ask("[[echo]]First answer").says(WHOLE);
    assertThat(chat.figures())
        .hasText(
            Pattern.compile(
                "\\d+ tokens · 0\\.0+\\d\\d USD for the answer · first after \\d+ ms"
                    + " · \\d+ tokens/s · deepseek-v3\\.2"));
    chat.ask("[[echo]]Second answer").says(WHOLE);
    assertThat(chat.answer()).hasText("Second answer");
    String sent = gateway.simulator().requests().get(1).body();
    assertThat(sent)
        .containsSubsequence(
            "\"user\"", "First answer", "\"assistant\"", "First answer", "Second answer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sse", "socket"})
  void aFailureInTheMiddleKeepsWhatHadComeAndCanBeTriedAgain(String transport) {
    ChatPage chat = open(transport).ask("[[tokens=30]][[cut=20]][[times=1]]By " + transport);
    assertThat(chat.trouble())
        .hasText("The model's answer broke off in the middle. What had come is kept.");
    assertThat(chat.answer()).containsText("You wrote “By " + transport + "”");
    chat.button("Ask the same again").click();
    chat.says(WHOLE);
    assertThat(chat.page().locator("article.answer")).hasCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sse", "socket"})
  void aRateLimitIsCountedDown(String transport) {
    ChatPage chat = open(transport).ask("[[status=429]]Hello");
    assertThat(chat.trouble()).hasText("The model is asked too often now. Please wait a moment.");
    assertThat(chat.button("Ask the same again")).isEnabled();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sse", "socket"})
  void aBrokenNetworkLosesAndRepeatsNothing(String transport) throws Exception {
    try (Wire wire = new Wire(URI.create(gateway.url()).getPort())) {
      ChatPage chat = open(transport, wire.url(), new NewContextOptions());
      chat.ask("[[tokens=200]]Hello").says("The model answers.");
      wire.cut();
      chat.says("The connection is lost. Connecting again…");
      wire.mend();
      chat.says(WHOLE);
      assertThat(gateway.simulator().requests()).hasSize(1);
      String broken = chat.answer().innerText();
      chat.button("New conversation").click();
      chat.ask("[[tokens=200]]Hello").says(WHOLE);
      assertThat(broken).isEqualTo(chat.answer().innerText());
    }
  }

  @Test
  void aGatewayThatIsGoneIsSaid() throws Exception {
    try (Wire wire = new Wire(URI.create(gateway.url()).getPort())) {
      ChatPage chat = open("sse", wire.url(), new NewContextOptions());
      wire.cut();
      chat.ask("Hello");
      assertThat(chat.trouble()).hasText("The gateway cannot be reached.");
    }
  }

  @Test
  void markdownIsShownAndScriptsAreNot() {
    ChatPage chat =
        open("sse")
            .ask(
                "[[echo]]**Bold** [a](javascript:alert(1)) [b](https://camel.apache.org)"
                    + " <script>window.stolen = 1</script><img src=x onerror='window.stolen = 1'>");
    chat.says(WHOLE);
    assertThat(chat.answer().locator("strong")).hasText("Bold");
    assertThat(chat.answer().locator("script, img")).hasCount(0);
    assertThat(chat.answer().locator("a[href^=javascript]")).hasCount(0);
    assertThat(chat.answer().locator("a[href]")).hasAttribute("rel", "noopener noreferrer");
    assertThat(chat.page().evaluate("window.stolen")).isNull();
  }

  @Test
  void everythingCanBeDoneWithTheKeyboard() {
    ChatPage chat = open("sse");
    assertThat(chat.page().getByLabel("Your question")).isFocused();
    chat.page().keyboard().type("[[echo]]One");
    chat.page().keyboard().press("Shift+Enter");
    chat.page().keyboard().type("Two");
    chat.page().keyboard().press("Enter");
    chat.says(WHOLE);
    assertThat(chat.answer().locator("br")).hasCount(1);
    assertThat(chat.page().getByLabel("Your question")).isFocused();
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void thePageIsAccessible(ColorScheme scheme) {
    ChatPage chat = open("sse", gateway.url(), new NewContextOptions().setColorScheme(scheme));
    assertThat(new AxeBuilder(chat.page()).analyze().getViolations()).isEmpty();
    chat.ask("[[reasoning=9]][[echo]]# A\n\n`b` [c](https://camel.apache.org)\n\n> d").says(WHOLE);
    chat.ask("[[tokens=30]][[cut=20]]Hello");
    assertThat(chat.trouble()).isVisible();
    chat.says("The answer failed.");
    assertThat(new AxeBuilder(chat.page()).analyze().getViolations()).isEmpty();
    chat.photograph(scheme.name().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void aConversationCanBeLookedAt(ColorScheme scheme) {
    ChatPage chat =
        open(
            "socket",
            gateway.url(),
            new NewContextOptions().setColorScheme(scheme).setViewportSize(900, 640));
    String name = "conversation-" + scheme.name().toLowerCase(Locale.ROOT);
    chat.ask("Why do people count sheep?").says(WHOLE);
    chat.ask("And who counts the tokens?").says("The model answers.");
    assertThat(chat.answer()).hasText(Pattern.compile(".{120,}", Pattern.DOTALL));
    chat.photograph(name);
    chat.says(WHOLE);
  }

  @Test
  void thePageFitsAPhone() {
    ChatPage chat = open("sse", gateway.url(), new NewContextOptions().setViewportSize(360, 740));
    chat.ask("[[echo]]```\n" + "a long line of code ".repeat(9) + "\n```\n" + "x".repeat(300));
    chat.says(WHOLE);
    Object overflow =
        chat.page()
            .evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assertThat(overflow).isEqualTo(0);
    chat.photograph("phone");
  }
}
