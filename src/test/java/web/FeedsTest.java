package web;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedsTest {

  private static final int SIGNS = 8;
  private static final int ALL = 1_000;

  private final List<String> made = new ArrayList<>();
  private String content = "loading";
  private boolean isAway;
  private long changes;
  private final Feeds feeds = new Feeds(this::page, () -> changes);

  @Test
  void a_watcher_is_told_what_changed_and_the_state_to_name_when_it_connects_again() {
    AssertSubscriber<Message> watcher = watch(page("/").state());

    becomes("succeeded");
    feeds.look();

    assertThat(watcher.getItems()).hasSize(2).first().isEqualTo(Message.ALIVE);
    Message told = watcher.getItems().get(1);
    assertThat(told.html()).contains("succeeded").contains("hx-swap-oob");
    assertThat(watch(told.state().orElseThrow()).getItems()).containsExactly(Message.ALIVE);
  }

  @Test
  void who_joins_after_a_change_that_no_look_has_seen_is_told_of_it_by_the_next() {
    watch(page("/").state());
    String old = page("/").state();
    becomes("succeeded");

    AssertSubscriber<Message> late = watch(old);
    feeds.look();

    assertThat(late.getItems()).hasSize(2).first().isEqualTo(Message.ALIVE);
    assertThat(late.getItems().get(1).html()).contains("succeeded");
  }

  @Test
  void who_loaded_the_page_since_the_last_look_is_not_told_that_it_is_old() {
    watch(page("/").state());
    becomes("succeeded");

    AssertSubscriber<Message> fresh = watch(page("/").state());

    assertThat(fresh.getItems()).containsExactly(Message.ALIVE);
  }

  @Test
  void a_stale_watcher_is_told_again_until_it_has_asked_for_the_page_anew() {
    AssertSubscriber<Message> stale = watch("of an older process");

    for (int i = 0; i < SIGNS; i++) {
      feeds.look();
    }

    assertThat(stale.getItems()).containsExactly(Message.STALE, Message.STALE);
  }

  @Test
  void a_page_that_comes_back_to_what_it_was_is_not_taken_for_unchanged() {
    String before = page("/").state();
    AssertSubscriber<Message> watcher = watch(before);
    becomes("paused");
    feeds.look();
    String paused = watcher.getItems().get(1).state().orElseThrow();
    watcher.cancel();
    becomes("loading");

    assertThat(watch(paused).getItems()).containsExactly(Message.STALE);
    assertThat(watch(before).getItems()).containsExactly(Message.ALIVE);
  }

  @Test
  void a_page_that_cannot_be_made_is_said_once_to_be_out_of_date_and_once_to_be_back() {
    AssertSubscriber<Message> watcher = watch(page("/").state());

    isAway = true;
    changes++;
    feeds.look();
    changes++;
    feeds.look();
    isAway = false;
    becomes("succeeded");
    feeds.look();

    assertThat(watcher.getItems())
        .extracting(Message::html)
        .satisfiesExactly(
            first -> assertThat(first).isEmpty(),
            away -> assertThat(away).contains("not live"),
            changed -> assertThat(changed).contains("succeeded"),
            back -> assertThat(back).contains(">live<"));
  }

  @Test
  void nothing_is_made_before_somebody_subscribes_nor_after_the_last_has_left() {
    feeds.of("/runs/r-1", "");
    feeds.look();
    assertThat(made).isEmpty();

    AssertSubscriber<Message> watcher = watch("");
    watcher.cancel();
    made.clear();
    changes++;
    feeds.look();

    assertThat(made).isEmpty();
  }

  @Test
  void a_page_is_made_once_for_all_who_watch_it() {
    String state = page("/").state();
    List<AssertSubscriber<Message>> watchers = List.of(watch(state), watch(state), watch(state));
    made.clear();

    becomes("succeeded");
    feeds.look();

    assertThat(made).hasSize(1);
    assertThat(watchers).allSatisfy(watcher -> assertThat(watcher.getItems()).hasSize(2));
  }

  private void becomes(String next) {
    content = next;
    changes++;
  }

  private AssertSubscriber<Message> watch(String state) {
    return feeds.of("/", state).subscribe().withSubscriber(AssertSubscriber.create(ALL));
  }

  private Page page(String path) {
    made.add(path);
    if (isAway) {
      throw new IllegalStateException("The store does not answer");
    }
    return new Page(
        "Overview",
        Page.Section.OVERVIEW,
        path,
        List.of(new Piece("head", "div", "iris"), new Piece("state", "div", content)));
  }
}
