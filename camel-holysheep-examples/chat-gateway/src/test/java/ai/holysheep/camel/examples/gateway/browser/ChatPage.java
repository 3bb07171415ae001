package ai.holysheep.camel.examples.gateway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;

/** What a person sees and does on the page. */
final class ChatPage {

  private final Page page;

  private ChatPage(Page page) {
    this.page = page;
  }

  /** Opens it, and chooses how answers come: {@code sse} or {@code socket}. */
  static ChatPage open(Page page, String url, String transport) {
    page.setDefaultTimeout(30_000);
    page.navigate(url);
    assertThat(page.getByLabel("Model")).hasValue("deepseek-v3.2");
    page.getByLabel("Over").selectOption(transport);
    return new ChatPage(page);
  }

  Page page() {
    return page;
  }

  ChatPage ask(String text) {
    page.getByLabel("Your question").fill(text);
    page.keyboard().press("Enter");
    return this;
  }

  ChatPage says(String status) {
    assertThat(page.getByRole(AriaRole.STATUS)).hasText(status);
    return this;
  }

  /** The text of the last answer. */
  Locator answer() {
    return page.locator("article.answer .text").last();
  }

  Locator trouble() {
    return page.locator("article.answer .trouble").last();
  }

  Locator figures() {
    return page.locator("article.answer .figures").last();
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  void photograph(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
  }
}
