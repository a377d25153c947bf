package browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser that the machine has. */
final class Chromium implements AutoCloseable {

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path executable) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(List.of("--no-sandbox")));
  }

  /** The browser; empty where none is installed. */
  static Optional<Chromium> find() {
    return executable().map(Chromium::new);
  }

  /** Where it is. */
  static Optional<Path> executable() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A window of that size. */
  BrowserContext window(int width, int height, ColorScheme scheme) {
    return browser.newContext(options(width, height, scheme));
  }

  /** A window whose user signs in with a password. */
  BrowserContext windowOf(String name, String password) {
    return browser.newContext(
        options(1280, 900, ColorScheme.LIGHT).setHttpCredentials(name, password));
  }

  /** A window that runs no script. */
  BrowserContext windowWithoutScript() {
    return browser.newContext(options(1280, 900, ColorScheme.LIGHT).setJavaScriptEnabled(false));
  }

  private static Browser.NewContextOptions options(int width, int height, ColorScheme scheme) {
    return new Browser.NewContextOptions()
        .setViewportSize(width, height)
        .setColorScheme(scheme)
        .setTimezoneId("Europe/Berlin")
        .setLocale("en-GB");
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
