package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import batch.Fetcher;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import run.Run;
import run.RunId;
import run.RunState;
import run.Start;
import store.IdempotentRequests.CallerKey;
import store.IdempotentRequests.Known;

/** What was made for a request is known by its key, whatever becomes of the answer. */
class SqliteRequestsTest extends StoreContract {

  private static final CallerKey KEY = new CallerKey("kim", "k");

  @TempDir Path folder;

  @Override
  DataSource emptyStore() {
    return SqliteFile.withTables(folder.resolve("runs.db"));
  }

  @Test
  void a_run_is_known_by_the_key_of_the_request_that_made_it() {
    claim();

    RunId made = requests().under(KEY, this::start);

    assertThat(claim().made()).containsExactly(made.value());
    start();
    assertThat(claim().made()).as("without another's").containsExactly(made.value());
  }

  @Test
  void a_request_for_which_something_was_made_is_not_forgotten_and_another_is() {
    claim();
    requests().forget(KEY);
    assertThat(requests().claim(KEY, "other", NOON, NOON.minus(Duration.ofDays(1))).fingerprint())
        .isEqualTo("other");

    RunId made = requests().under(KEY, this::start);
    requests().forget(KEY);

    assertThat(claim().made()).containsExactly(made.value());
  }

  @Test
  void a_transaction_that_fails_leaves_nothing_with_the_key() {
    claim();
    source.failAfter(3, new SQLException("disk full"));

    assertThatThrownBy(() -> requests().under(KEY, this::start)).isInstanceOf(StoreException.class);

    source.recover();
    assertThat(claim().made()).isEmpty();
    assertThat(runs.newest(9)).isEmpty();
  }

  @Test
  void a_replay_notes_the_new_run_last() {
    failed(id(1), RunState.PROCESSING);
    claim();
    Run again = stored(id(1)).replay(RunState.PROCESSING, id(2), NOON);

    requests()
        .under(
            KEY,
            () -> {
              runs.replay(stored(id(1)), again);
              return again;
            });

    assertThat(claim().made()).containsExactly(id(1).value(), id(2).value());
  }

  private Known claim() {
    return requests().claim(KEY, "fingerprint", NOON, NOON.minus(Duration.ofDays(1)));
  }

  private RunId start() {
    return new Starts(new Database(source, "runs.db"), begun)
        .ingest("iris", Fetcher.SERVICE, Start.byHand(), NOON)
        .run();
  }

  private IdempotentRequests requests() {
    return new IdempotentRequests(new Database(source, "runs.db"));
  }
}
