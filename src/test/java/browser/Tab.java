package browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A tab that remembers what must not happen: errors in its console, and requests to elsewhere. */
final class Tab implements AutoCloseable {

  private final BrowserContext window;
  private final Page page;
  private final URI home;
  private final List<String> complaints = new ArrayList<>();
  private boolean mayComplain;

  Tab(BrowserContext window, URI home) {
    this.window = window;
    this.home = home;
    this.page = window.newPage();
    page.setDefaultTimeout(60_000);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add("console: " + message.text());
          }
        });
    page.onPageError(error -> complaints.add("script: " + error));
    page.onDialog(
        dialog -> {
          complaints.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    page.onRequest(
        request -> {
          if (!request.url().startsWith(home.toString()) && !request.url().startsWith("data:")) {
            complaints.add("request: " + request.url());
          }
        });
  }

  Page page() {
    return page;
  }

  /** Opens a path of the service. */
  Tab open(String path) {
    page.navigate(home.resolve(path).toString());
    return this;
  }

  /** Waits until the page has that text. */
  Tab reads(String text) {
    page.getByText(text).first().waitFor();
    return this;
  }

  /** From now on the service may be away, of which a browser complains. */
  Tab maySeeTheServiceAway() {
    mayComplain = true;
    return this;
  }

  /** Confirms the open question with a reason. */
  Tab confirm(String button, String reason) {
    page.locator("dialog[open] input[name=reason]").fill(reason);
    page.locator("dialog[open]")
        .getByRole(
            com.microsoft.playwright.options.AriaRole.BUTTON,
            new com.microsoft.playwright.Locator.GetByRoleOptions().setName(button))
        .click();
    return this;
  }

  /** Nothing in it keeps anyone from reading or using it, as far as axe can tell. */
  Tab isAccessible() {
    List<Rule> violations = new AxeBuilder(page).analyze().getViolations();
    assertThat(violations)
        .as("%s: %s", page.url(), violations.stream().map(Tab::told).toList())
        .isEmpty();
    return this;
  }

  private static String told(Rule rule) {
    return rule.getId()
        + " "
        + rule.getNodes().stream().map(node -> node.getHtml() + node.getFailureSummary()).toList();
  }

  /** One reads it without scrolling sideways. */
  Tab fitsItsWindow() {
    assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as("%s fits", page.url())
        .isTrue();
    return this;
  }

  /** Writes a picture of it, into {@code target/images} or where {@code -Dpictures} says. */
  Tab picture(String name) {
    page.evaluate("scrollTo(0, 0)");
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of(System.getProperty("pictures", "target/images"), name + ".png")));
    return this;
  }

  @Override
  public void close() {
    window.close();
    if (!mayComplain) {
      assertThat(complaints).isEmpty();
    }
  }
}
