package browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An operator at the page, in a real browser, against the packaged service and the stand-ins. */
class PageIT {

  private static final Pattern LAST_RUN = Pattern.compile("^last run$");

  private static final String NUMBERS = "1\n2\n3\n";
  private static Chromium chromium;
  private static Desk desk;

  @BeforeAll
  static void sit_down() {
    Optional<Chromium> found = Chromium.find();
    if (found.isEmpty()) {
      System.out.println("SKIPPED: the pages were not tested, because there is no Chromium here");
    }
    assumeTrue(found.isPresent(), "there is no Chromium");
    chromium = found.get();
    Map<String, String> settings = new HashMap<>();
    for (String name : List.of("orders", "breaks", "slow", "quiet", "hostile")) {
      settings.putAll(Desk.pipeline(name));
    }
    settings.putAll(Desk.pipeline("history"));
    settings.put("pipelines.history.landing.since", "2100-01-01T00:00:00Z");
    desk = new Desk("page-it", settings);
    desk.cloud().doWithoutSpark("orders|hostile|history|quiet");
  }

  @AfterAll
  static void go_home() {
    if (desk != null) {
      desk.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  private static Tab tab() {
    return new Tab(chromium.window(1440, 900, ColorScheme.LIGHT), desk.address());
  }

  private static Locator row(Tab tab, String pipeline) {
    return tab.page().locator("#pipeline-" + pipeline);
  }

  private static Tab press(Tab tab, String link) {
    tab.page()
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true))
        .first()
        .click();
    return tab;
  }

  @Test
  void an_object_lands_and_two_open_pages_show_its_run_to_the_end_without_reloading() {
    try (Tab tab = tab();
        Tab other = tab()) {
      tab.open("/").reads("live");
      other.open("/pipelines/orders").reads("live");
      tab.page().evaluate("window.isTheSamePage = true");

      desk.land("orders", "first.csv", NUMBERS);

      row(tab, "orders").getByText("succeeded").first().waitFor();
      other.page().locator("#runs").getByText("succeeded").first().waitFor();
      assertThat(tab.page().evaluate("window.isTheSamePage")).isEqualTo(true);
      row(tab, "orders").getByText(LAST_RUN).click();
      tab.reads("answers").reads("3 rows");
      assertThat(tab.page().locator(".way li.good").count()).isEqualTo(5);
      tab.page().goBack();
      tab.reads("Pipelines");
      assertThat(row(tab, "orders").isVisible()).isTrue();
    }
  }

  @Test
  void a_failed_run_says_why_and_its_remedy_is_a_button_that_works() {
    desk.cloud()
        .strike(
            """
            {"service":"EMR", "match":"breaks", "does":"step-fails", "message":"boom", "delay":"0s",
             "stderr":"Exception in thread \\"main\\" java.lang.IllegalStateException: no luck today"}""");
    desk.land("breaks", "a.csv", NUMBERS);
    try (Tab tab = tab()) {
      tab.open("/");
      Locator failure = tab.page().locator("#failures");
      failure.getByText("breaks").first().waitFor();
      failure.getByRole(AriaRole.LINK).getByText(Pattern.compile("^r-")).first().click();
      tab.reads("Why it failed").reads("no luck today");

      desk.cloud().doWithoutSpark("breaks");
      press(tab, "Retry this run, once corrected").confirm("Retry the run", "the luck is back");

      tab.reads("The run continues.").reads("3 rows").reads("the luck is back");
    }
  }

  @Test
  void a_run_that_hangs_is_cancelled_and_replayed() {
    desk.cloud()
        .strike(
            """
            {"service":"EMR", "match":"slow", "does":"step-hangs"}""");
    desk.land("slow", "a.csv", NUMBERS);
    try (Tab tab = tab()) {
      tab.open("/");
      row(tab, "slow").getByText("running").waitFor();
      row(tab, "slow").getByText(LAST_RUN).click();
      press(tab, "Cancel").confirm("Cancel the run", "it hangs");
      tab.reads("The cancellation is requested.");
      tab.page().locator("#head .state").getByText("cancelled").waitFor();

      desk.cloud().doWithoutSpark("slow");
      press(tab, "Replay").confirm("Replay the run", "another try");

      tab.reads("replays r-").reads("3 rows");
    }
  }

  @Test
  void nothing_begins_while_a_pipeline_is_paused() {
    try (Tab tab = tab()) {
      tab.open("/pipelines/quiet");
      press(tab, "Pause").confirm("Pause the pipeline", "an audit is going on");
      tab.reads("The pipeline is paused.").reads("an audit is going on");

      desk.land("quiet", "a.csv", NUMBERS);

      tab.reads("Waiting objects");
      assertThat(tab.page().locator("#runs").innerText()).contains("No run yet");
      press(tab, "Resume").confirm("Resume the pipeline", "it is over");
      tab.page().locator("#runs").getByText("succeeded").first().waitFor();
    }
  }

  @Test
  void older_objects_are_loaded_by_a_backfill() {
    desk.land("history", "old.csv", NUMBERS);
    try (Tab tab = tab()) {
      tab.open("/pipelines/history");
      press(tab, "Backfill");
      tab.page().getByLabel("Keys begin with").fill("history/");
      tab.page().getByLabel("Reason").fill("last year is wanted");
      tab.page()
          .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Begin the backfill"))
          .click();
      tab.reads("The backfill has begun.");
      tab.page().locator("#backfills").getByText("done").waitFor();
    }
  }

  @Test
  void names_made_of_html_script_and_control_codes_stay_text() {
    desk.land("hostile", "<img src=x onerror=alert(1)><script>alert(2)</script>.csv", NUMBERS);
    try (Tab tab = tab()) {
      tab.open("/");
      row(tab, "hostile").getByText(LAST_RUN).waitFor();
      row(tab, "hostile").getByText(LAST_RUN).click();
      tab.reads("<img src=x onerror=alert(1)>");
      tab.open("/runs?text=%3Cscript%3Ealert(3)%3C/script%3E&pipeline=%22%3E%3Cb%3E");
      tab.reads("No run matches");
    }
  }

  @Test
  void a_page_stays_open_over_a_restart_and_follows_again() {
    try (Tab tab = tab().maySeeTheServiceAway()) {
      tab.open("/").reads("live");
      desk.kill();
      tab.page().locator(".live[data-live=off]").waitFor();
      desk.start();
      tab.page().locator(".live[data-live=on]").waitFor();
      Locator bars = row(tab, "orders").locator("svg.strip a");
      int before = bars.count();
      desk.land("orders", "after-the-restart.csv", NUMBERS);
      bars.nth(before).waitFor();
    }
  }

  @Test
  void what_does_not_exist_or_cannot_be_read_is_one_clear_sentence() {
    try (Tab tab = tab().maySeeTheServiceAway()) {
      tab.open("/runs/nonsense").reads("There is nothing here");
      tab.open("/pipelines/nonsense").reads("There is nothing here");
      tab.open("/runs?state=NONSENSE").reads("state");
      tab.open("/nowhere").reads("There is nothing here");
    }
  }

  @Test
  void the_pages_are_useful_without_script() {
    desk.land("orders", "for-readers-without-script.csv", NUMBERS);
    try (Tab tab = new Tab(chromium.windowWithoutScript(), desk.address()).maySeeTheServiceAway()) {
      tab.open("/pipelines/orders/start");
      tab.reads("Start orders?");
      tab.page().getByLabel("Reason").fill("no script here");
      tab.page()
          .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start a run"))
          .click();
      tab.page().getByText(Pattern.compile("Started\\.|nothing that can be taken")).waitFor();
    }
  }

  @Test
  void every_page_is_accessible_in_light_and_dark_and_fits_a_telephone() {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (Tab tab = new Tab(chromium.window(1440, 900, scheme), desk.address())) {
        everywhere(tab).forEach(path -> tab.open(path).isAccessible());
      }
    }
    try (Tab tab = new Tab(chromium.window(360, 740, ColorScheme.LIGHT), desk.address())) {
      everywhere(tab).forEach(path -> tab.open(path).fitsItsWindow());
    }
  }

  private static List<String> everywhere(Tab tab) {
    desk.land("orders", "for-all-pages.csv", NUMBERS);
    tab.open("/");
    row(tab, "orders").getByText(LAST_RUN).waitFor();
    String run = row(tab, "orders").getByText(LAST_RUN).getAttribute("href");
    return List.of(
        "/",
        "/runs",
        run,
        run + "/objects",
        "/pipelines/orders",
        "/pipelines/orders/plan",
        "/pipelines/orders/configuration",
        "/pipelines/orders/pause",
        "/pipelines/history/backfill",
        "/audit");
  }
}
