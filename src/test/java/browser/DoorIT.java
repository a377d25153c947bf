package browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.KnownUsers;

/** Who may see the pages, and who may do something there, in a real browser. */
class DoorIT {

  private static final int FORBIDDEN = 403;
  private static final int UNAUTHORIZED = 401;

  @TempDir static Path folder;
  private static Chromium chromium;
  private static Desk desk;

  @BeforeAll
  static void lock_the_door() throws IOException {
    Optional<Chromium> found = Chromium.find();
    assumeTrue(found.isPresent(), "there is no Chromium");
    chromium = found.get();
    Map<String, String> settings = new HashMap<>(Desk.pipeline("orders"));
    Path users = Files.writeString(folder.resolve("users"), KnownUsers.text());
    settings.put("service.users-file", users.toString());
    desk = new Desk("door-it", settings);
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

  @Test
  void a_viewer_sees_no_button_and_what_he_posts_all_the_same_is_refused() {
    try (Tab tab =
        new Tab(chromium.windowOf("ben", KnownUsers.BENS), desk.address()).maySeeTheServiceAway()) {
      tab.open("/pipelines/orders").reads("From where to where");
      assertThat(tab.page().locator(".operator").first().isVisible()).isFalse();
      tab.open("/pipelines/orders/pause");
      tab.page().getByLabel("Reason").fill("to see whether I may");

      Response answer =
          tab.page()
              .waitForResponse(
                  response -> response.request().method().equals("POST"),
                  () ->
                      tab.page()
                          .getByRole(
                              AriaRole.BUTTON,
                              new Page.GetByRoleOptions().setName("Pause the pipeline"))
                          .click());

      assertThat(answer.status()).isEqualTo(FORBIDDEN);
    }
  }

  @Test
  void an_operator_acts_under_his_own_name() {
    try (Tab tab =
        new Tab(chromium.windowOf("anna", KnownUsers.ANNAS), desk.address())
            .maySeeTheServiceAway()) {
      tab.open("/pipelines/orders");
      tab.page()
          .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Pause").setExact(true))
          .click();
      tab.confirm("Pause the pipeline", "the source moves").reads("by anna");
      tab.open("/audit").reads("the source moves").reads("anna");
    }
  }

  @Test
  void who_is_removed_while_a_page_is_open_reads_so_there_and_follows_nothing_more()
      throws IOException {
    try (Tab tab =
        new Tab(chromium.windowOf("gina", KnownUsers.BENS), desk.address())
            .maySeeTheServiceAway()) {
      tab.open("/").reads("(viewer)");
      tab.page().locator(".live[data-live=on]").waitFor();

      put(KnownUsers.text().replace("gina", "nina"));

      tab.reads("You are no longer signed in").isAccessible().picture("signed-out");
      assertThat(tab.page().locator(".live").textContent()).isEqualTo("not live");
      tab.page()
          .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in again"))
          .click();
      tab.reads("You are not signed in").isAccessible().picture("refused");
    } finally {
      put(KnownUsers.text());
    }
  }

  @Test
  void who_signs_out_reads_what_that_is_worth() {
    try (Tab tab =
        new Tab(chromium.windowOf("ben", KnownUsers.BENS), desk.address()).maySeeTheServiceAway()) {
      tab.open("/runs");
      tab.page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign out")).click();
      tab.reads("close it to be certain").isAccessible();
    }
  }

  private static void put(String users) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), users);
    Files.move(next, folder.resolve("users"), StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void a_stranger_sees_nothing() {
    try (Tab tab =
        new Tab(chromium.windowOf("mallory", "guess"), desk.address()).maySeeTheServiceAway()) {
      Response answer = tab.page().navigate(desk.address().toString());

      assertThat(answer.status()).isEqualTo(UNAUTHORIZED);
      assertThat(tab.page().content()).doesNotContain("orders");
    }
  }
}
