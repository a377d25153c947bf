package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import store.AuditLog.Audited;
import store.AuditLog.Entry;
import store.AuditLog.Kind;
import store.AuditLog.Subject;

/** What was asked of the service, and what came of it. */
class SqliteAuditLogTest extends StoreContract {

  private static final Subject RUN = new Subject(Kind.RUN, "r-1");
  private static final Subject NAMESAKE = new Subject(Kind.PIPELINE, "r-1");

  @TempDir Path folder;

  @Override
  DataSource emptyStore() {
    return SqliteFile.withTables(folder.resolve("runs.db"));
  }

  @Test
  void a_request_has_no_outcome_until_it_is_known() {
    Entry entry = new Entry(NOON, "anna", "OPERATOR", "cancel", RUN, Optional.of("too large"));

    long id = audit().begin(entry);
    assertThat(audit().page(9, Optional.empty()).items())
        .containsExactly(new Audited(id, entry, Optional.empty()));

    audit().end(id, "done");
    assertThat(audit().page(9, Optional.empty()).items())
        .containsExactly(new Audited(id, entry, Optional.of("done")));
  }

  @Test
  void the_newest_come_first_and_only_so_many() {
    long first = audit().begin(entry(RUN));
    long second = audit().begin(entry(NAMESAKE));
    long third = audit().begin(entry(RUN));

    assertThat(audit().page(2, Optional.empty()).items())
        .extracting(Audited::id)
        .containsExactly(third, second);
    assertThat(audit().page(RUN, 9, Optional.empty()).items())
        .extracting(Audited::id)
        .containsExactly(third, first);
    assertThat(audit().page(NAMESAKE, 9, Optional.empty()).items())
        .extracting(Audited::id)
        .containsExactly(second);
  }

  @Test
  void a_page_continues_where_the_one_before_has_ended() {
    long first = audit().begin(entry(RUN));
    audit().begin(entry(NAMESAKE));
    long third = audit().begin(entry(RUN));

    Page<Audited> newest = audit().page(RUN, 1, Optional.empty());
    assertThat(newest.items()).extracting(Audited::id).containsExactly(third);
    Page<Audited> older = audit().page(RUN, 1, newest.next().map(Long::valueOf));
    assertThat(older.items()).extracting(Audited::id).containsExactly(first);
    assertThat(older.next()).isEmpty();
  }

  @Test
  void a_store_that_is_away_lets_no_request_begin() {
    source.failAfter(0, new SQLException("disk full"));

    assertThatThrownBy(() -> audit().begin(entry(RUN))).isInstanceOf(StoreException.class);

    source.recover();
    assertThat(audit().page(9, Optional.empty()).items()).isEmpty();
  }

  private static Entry entry(Subject subject) {
    return new Entry(NOON, "anna", "OPERATOR", "cancel", subject, Optional.empty());
  }

  private AuditLog audit() {
    return new AuditLog(new Database(source, "runs.db"));
  }
}
