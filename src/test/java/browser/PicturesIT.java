package browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import testing.Api;

/**
 * The pictures of the documents: a service that has been at work for days, with one pipeline that
 * fails, one that runs and one that is paused.
 */
class PicturesIT {

  private static final Pattern JUST_LOADED =
      Pattern.compile("last run\\s+succeeded\\s+(just now|\\d+ seconds? ago)");
  private static final Pattern LAST_RUN = Pattern.compile("^last run$");

  private static final List<String> PIPELINES =
      List.of("clicks", "customers", "inventory", "invoices", "sales");
  private static final String NUMBERS = "1\n2\n3\n";

  @Test
  void the_documents_have_pictures() throws Exception {
    Optional<Chromium> found = Chromium.find();
    assumeTrue(found.isPresent(), "there is no Chromium");
    Map<String, String> settings = new HashMap<>();
    for (String name : PIPELINES) {
      settings.putAll(Desk.pipeline(name));
      settings.put("pipelines.%s.warehouse.database".formatted(name), "ANALYTICS");
    }
    settings.put("pipelines.customers.schedule.cron", "0 3 * * *");
    try (Chromium chromium = found.get();
        Desk desk = new Desk("pictures-it", settings)) {
      desk.kill();
      remember(new PastRuns(desk.store(), Clock.systemUTC().instant()));
      desk.start();
      work(desk);
      show(chromium, desk);
    }
  }

  private static void remember(PastRuns past) throws SQLException {
    past.of("sales", 29, Duration.ofMinutes(50), Duration.ofMinutes(6), Set.of(17));
    past.of("invoices", 29, Duration.ofHours(3), Duration.ofMinutes(9), Set.of(9));
    past.of("clicks", 29, Duration.ofMinutes(18), Duration.ofMinutes(4), Set.of());
    past.of("inventory", 30, Duration.ofHours(6), Duration.ofMinutes(12), Set.of(21));
    past.of("customers", 30, Duration.ofDays(1), Duration.ofMinutes(7), Set.of());
  }

  private static void work(Desk desk) throws IOException, InterruptedException {
    desk.cloud()
        .strike(
            """
            {"service":"EMR", "match":"invoices", "does":"step-fails", "message":"Job failed with exit code 1", "delay":"0s",
             "stderr":"Exception in thread \\"main\\" org.apache.spark.SparkNumberFormatException: The value 12,50 of column AMOUNT cannot be cast to DECIMAL(10,2), because it is malformed"}""");
    desk.cloud()
        .strike(
            """
        {"service":"EMR", "match":"clicks", "does":"step-hangs"}""");
    desk.cloud().doWithoutSpark("invoices|clicks|sales");
    new Api(desk.address()).post("api/pipelines/inventory/pause?reason=the%20stock%20is%20taken");
    for (String name : List.of("invoices", "clicks", "sales", "inventory")) {
      desk.land(name, "2026-11-29.csv", NUMBERS);
    }
  }

  private static void show(Chromium chromium, Desk desk) {
    try (Tab tab = new Tab(chromium.window(1440, 900, ColorScheme.LIGHT), desk.address())) {
      tab.open("/");
      row(tab, "invoices").getByText("failing").first().waitFor();
      row(tab, "sales").getByText(JUST_LOADED).first().waitFor();
      row(tab, "inventory").getByText("1 object").first().waitFor();
      tab.page().locator("#clusters").getByText("transform").first().waitFor();
      tab.reads("live").picture("overview");
      Locator failure = tab.page().locator("#failures").getByRole(AriaRole.LINK);
      failure.getByText(Pattern.compile("^r-")).first().click();
      tab.reads("cannot be cast").picture("failure");
      tab.open("/pipelines/sales").reads("History").picture("pipeline");
      tab.open("/");
      row(tab, "sales").getByText(LAST_RUN).click();
      tab.reads("3 rows").picture("run");
    }
    try (Tab tab = new Tab(chromium.window(1440, 900, ColorScheme.DARK), desk.address())) {
      tab.open("/").reads("live").picture("overview-dark");
    }
    try (Tab tab = new Tab(chromium.window(360, 800, ColorScheme.LIGHT), desk.address())) {
      tab.open("/").reads("live").picture("overview-small");
    }
  }

  private static Locator row(Tab tab, String pipeline) {
    return tab.page().locator("#pipeline-" + pipeline);
  }
}
