package warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import run.RunId;
import testing.Iris;
import warehouse.TableMarker.Shown;

class TableMarkerTest {

  private static final TableMarker TABLE =
      new TableMarker("iris", "0123456789abcdef", Optional.empty());

  @Test
  void a_comment_says_again_what_was_written_into_it() {
    TableMarker view =
        new TableMarker("iris", "00", Optional.of(new Shown(Iris.RUN, Iris.NOON.plusNanos(1))));

    assertThat(TableMarker.in(TABLE.comment(Optional.empty()))).contains(TABLE);
    assertThat(TableMarker.in(view.comment(Optional.of("what it is")))).contains(view);
  }

  @Test
  void words_that_look_like_a_marker_are_not_taken_for_it() {
    String words = new TableMarker("other", "00", Optional.empty()).comment(Optional.empty());

    assertThat(TableMarker.in(TABLE.comment(Optional.of(words)))).contains(TABLE);
    assertThat(TableMarker.in(words + " and more")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "flowers",
        "[transient-pipelines]",
        "[transient-pipelines pipeline=A definition=0]"
      })
  void other_comments_have_none(String comment) {
    assertThat(TableMarker.in(comment)).isEmpty();
  }

  @Test
  void of_two_runs_the_later_is_newer_and_of_two_of_one_instant_always_the_same_one() {
    Shown one = shown("r-20261122T120000-000001", Iris.NOON);
    Shown later = shown("r-20261122T120000-000000", Iris.NOON.plusNanos(1));
    Shown twin = shown("r-20261122T120000-000002", Iris.NOON);

    assertThat(later.isNewerThan(one)).isTrue();
    assertThat(one.isNewerThan(later)).isFalse();
    assertThat(twin.isNewerThan(one)).isTrue();
    assertThat(one.isNewerThan(twin)).isFalse();
    assertThat(one.isNewerThan(one)).isFalse();
  }

  private static Shown shown(String run, Instant createdAt) {
    return new Shown(new RunId(run), createdAt);
  }
}
