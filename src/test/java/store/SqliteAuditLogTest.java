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
    assertThat(audit().newest(9)).containsExactly(new Audited(id, entry, Optional.empty()));

    audit().end(id, "done");
    assertThat(audit().newest(9)).containsExactly(new Audited(id, entry, Optional.of("done")));
  }

  @Test
  void the_newest_come_first_and_only_so_many() {
    long first = audit().begin(entry(RUN));
    long second = audit().begin(entry(NAMESAKE));
    long third = audit().begin(entry(RUN));

    assertThat(audit().newest(2)).extracting(Audited::id).containsExactly(third, second);
    assertThat(audit().of(RUN, 9)).extracting(Audited::id).containsExactly(third, first);
    assertThat(audit().of(NAMESAKE, 9)).extracting(Audited::id).containsExactly(second);
  }

  @Test
  void a_store_that_is_away_lets_no_request_begin() {
    source.failAfter(0, new SQLException("disk full"));

    assertThatThrownBy(() -> audit().begin(entry(RUN))).isInstanceOf(StoreException.class);

    source.recover();
    assertThat(audit().newest(9)).isEmpty();
  }

  private static Entry entry(Subject subject) {
    return new Entry(NOON, "anna", "OPERATOR", "cancel", subject, Optional.empty());
  }

  private AuditLog audit() {
    return new AuditLog(new Database(source, "runs.db"));
  }
}
