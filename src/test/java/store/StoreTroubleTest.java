package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import batch.LandedObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;
import run.Run;
import run.RunId;
import testing.Iris;
import testing.RecordedEvents;

/** What the store does and says when its file, or the disk below it, is in trouble. */
class StoreTroubleTest {

  private static final int PAGE = 4_096;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void aStoreWithOneRun() throws SQLException {
    file = folder.resolve("runs.db");
    Flyway.configure().dataSource(SqliteFile.at(file)).load().migrate();
    Store store = store(SqliteFile.at(file));
    store.objects.record("iris", objects(1));
    store.runs.collect(Iris.run(), objects(1));
  }

  // A full disk.

  @Test
  void a_write_to_a_full_disk_is_refused_whole_and_says_what_to_do() throws SQLException {
    Store full = store(SqliteFile.at(file, "&max_page_count=" + pages()));

    assertThatThrownBy(() -> full.objects.record("iris", objects(3_000)))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "Cannot use the run store %s: its disk is full, and nothing was written; make room on the disk, and the service continues by itself",
            file);

    assertThat(store(SqliteFile.at(file)).objects.waiting("iris", 10_000)).isEmpty();
    assertThat(full.objects.of(Iris.RUN)).hasSize(1);
  }

  @Test
  void a_run_that_did_not_fit_on_the_disk_leaves_its_objects_to_the_next() throws SQLException {
    Store roomy = store(SqliteFile.at(file));
    roomy.objects.record("iris", objects(3_000));
    List<LandedObject> waiting = roomy.objects.waiting("iris", 10_000);
    Run second = Run.collected(new RunId("r-20261122T120001-00002b"), "iris", Iris.NOON, 1, 1);
    Store full = store(SqliteFile.at(file, "&max_page_count=" + pages()));

    assertThatThrownBy(() -> full.runs.collect(second, waiting))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("its disk is full");

    assertThat(roomy.runs.find(second.id())).isEmpty();
    assertThat(roomy.runs.history(second.id())).isEmpty();
    assertThat(roomy.objects.waiting("iris", 10_000)).isEqualTo(waiting);
  }

  @Test
  void what_did_not_fit_on_the_disk_is_written_once_there_is_room_again() throws SQLException {
    Store full = store(SqliteFile.at(file, "&max_page_count=" + pages()));
    assertThatThrownBy(() -> full.objects.record("iris", objects(3_000)))
        .isInstanceOf(StoreException.class);

    Store roomy = store(SqliteFile.at(file));

    assertThat(roomy.objects.record("iris", objects(3_000))).isEqualTo(2_999);
    assertThat(roomy.objects.waiting("iris", 10_000)).hasSize(2_999);
  }

  /** A small file system of its own would need the rights of root, so the code stands for it. */
  @Test
  void
      a_disk_that_has_no_room_to_open_the_file_is_told_as_full_and_any_other_trouble_of_it_is_not() {
    assertThat(
            new StoreException(
                "runs.db", new SQLException("[SQLITE_IOERR_SHMSIZE] I/O error", null, 10)))
        .hasMessageContaining("its disk is full");
    assertThat(
            new StoreException(
                "runs.db", new SQLException("[SQLITE_IOERR_READ] disk I/O error", null, 10)))
        .hasMessage(
            "Cannot use the run store runs.db: its disk does not read or write as it should ([SQLITE_IOERR_READ] disk I/O error); check the disk and the system's log");
  }

  // A locked file.

  @Test
  void a_file_that_another_keeps_locked_can_be_read_and_written_again_when_it_is_free()
      throws SQLException {
    Store store = store(SqliteFile.at(file, "&busy_timeout=100"));
    try (Connection other = SqliteFile.at(file).getConnection();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");

      assertThatThrownBy(() -> store.objects.record("iris", objects(3)))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "Cannot use the run store %s: it stays locked, and nothing was written; a run store is for one service only: end whatever else has the file open, or check whether its disk is slow",
              file);
      assertThat(store.runs.find(Iris.RUN)).isPresent();
      statement.execute("ROLLBACK");
    }

    assertThat(store.objects.record("iris", objects(3))).isEqualTo(2);
  }

  // A damaged file.

  @Test
  void a_file_whose_beginning_is_damaged_is_refused_by_name() throws IOException {
    overwrite(0, 100);

    assertThatThrownBy(() -> store(SqliteFile.at(file)).runs.probe())
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("Cannot use the run store ")
        .hasMessageEndingWith(
            ": the file is no SQLite database, or its beginning is damaged; replace it by a backup, or set service.store to another file");
  }

  @Test
  void a_file_that_is_damaged_in_the_middle_is_named_when_it_is_read_and_when_it_is_written()
      throws IOException {
    Store store = store(SqliteFile.at(file));
    overwrite(PAGE, (int) Files.size(file) - PAGE);

    for (Runnable use :
        List.<Runnable>of(
            () -> store.runs.probe(),
            () -> store.runs.open(),
            () -> store.objects.record("iris", objects(3)))) {
      assertThatThrownBy(use::run)
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "Cannot use the run store %s: the file is damaged; stop the service, keep a copy of the file, and replace it by a backup, or by what `sqlite3 <file> .recover` still finds in it",
              file);
    }
  }

  @Test
  void a_file_that_was_cut_off_is_damaged() throws IOException {
    Store store = store(SqliteFile.at(file));
    try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
      cut.setLength(2 * PAGE);
    }

    assertThatThrownBy(() -> store.objects.record("iris", objects(3)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the file is damaged");
  }

  @Test
  void a_file_that_is_no_database_is_refused_and_left_as_it_is() throws IOException {
    Path letter = folder.resolve("letter.txt");
    String text = "Dear service,\n" + "this is not for you.\n".repeat(500);
    Files.writeString(letter, text);

    assertThatThrownBy(() -> store(SqliteFile.at(letter)).runs.probe())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the file is no SQLite database");
    assertThat(letter).hasContent(text);
  }

  @Test
  void a_file_without_the_stores_tables_says_so() {
    assertThatThrownBy(() -> store(SqliteFile.at(folder.resolve("other.db"))).runs.probe())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no such table: store");
  }

  @Test
  void at_start_one_sentence_names_the_file_and_not_what_the_migration_says_of_it()
      throws IOException {
    Path letter = folder.resolve("letter.txt");
    Files.writeString(letter, "this is not for you.\n".repeat(500));
    overwrite(PAGE, (int) Files.size(file) - PAGE);

    assertThatThrownBy(() -> start(letter))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "Cannot use the run store %s: the file is no SQLite database, or its beginning is damaged; replace it by a backup, or set service.store to another file",
            letter);
    assertThatThrownBy(() -> start(file))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("Cannot use the run store %s: the file is damaged; ", file);
    assertThatThrownBy(() -> start(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("Cannot use the run store %s: the file cannot be opened; ", folder);
  }

  @Test
  void at_start_tables_that_are_not_this_services_are_reported_in_one_line() throws SQLException {
    try (Connection connection = SqliteFile.at(file).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE flyway_schema_history SET checksum = 7");
    }

    assertThatThrownBy(() -> start(file))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("Cannot use the run store %s: Validate failed", file)
        .message()
        .doesNotContain("\n");
  }

  // A row that cannot be read.

  @Test
  void a_cluster_that_cannot_be_read_counts_as_not_seen_and_stops_no_run() throws SQLException {
    Store store = store(SqliteFile.at(file));
    Run run = store.runs.find(Iris.RUN).orElseThrow().run();
    store.runs.begin(run, run, Iris.intended());
    try (Connection connection = SqliteFile.at(file).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE attempt SET cluster = '{\"state\":', cluster_id = 'j-1'");
    }

    assertThat(store.runs.open())
        .singleElement()
        .satisfies(open -> assertThat(open.attempts().get(0).cluster()).isEmpty());
    assertThat(store.runs.unexplained(10)).isEmpty();
  }

  // A file that cannot be written.

  @Test
  void a_file_that_cannot_be_written_says_who_must_be_allowed_to() {
    SQLiteDataSource readOnly = SqliteFile.at(file);
    readOnly.setReadOnly(true);
    Store store = store(readOnly);

    assertThatThrownBy(() -> store.objects.record("iris", objects(3)))
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "Cannot use the run store %s: the file cannot be written; let the service's user write to the file and to its folder",
            file);
  }

  @Test
  void permissions_that_do_not_allow_it_are_reported_as_such() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeThat(Files.isWritable(file)).as("root may write everything").isFalse();

      assertThatThrownBy(() -> store(SqliteFile.at(file)).objects.record("iris", objects(3)))
          .isInstanceOf(StoreException.class)
          .hasMessageMatching(
              "(?s).*(?:the service's user can write to|the service's user write to).*");
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void a_folder_in_the_files_place_and_a_folder_that_is_not_there_are_reported_as_such()
      throws IOException {
    Files.writeString(folder.resolve("a file"), "");
    Files.createDirectory(folder.resolve("a folder"));

    for (String place : List.of("a folder", "a file/runs.db", "absent/runs.db")) {
      assertThatThrownBy(() -> store(SqliteFile.at(folder.resolve(place))).runs.probe())
          .as(place)
          .isInstanceOf(StoreException.class)
          .hasMessageEndingWith(
              "; service.store must name a file in a folder that the service's user can write to");
    }
  }

  private record Store(RunStore runs, LandedObjects objects) {}

  private Store store(DataSource source) {
    Database database = new Database(source, file.toString());
    return new Store(
        new RunStore(database, new RecordedEvents<>(), new RecordedEvents<>()),
        new LandedObjects(database, new RecordedEvents<>()));
  }

  private static Database start(Path file) {
    DataSource source = SqliteFile.at(file);
    return new Database(
        source, Flyway.configure().dataSource(source).load(), () -> file.toString());
  }

  /** The first one is the run's. */
  private static List<LandedObject> objects(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> Iris.object("%08d.csv".formatted(number), 1, Iris.NOON))
        .toList();
  }

  /** With so many as the file has now, there is no room for another. */
  private int pages() throws SQLException {
    try (Connection connection = SqliteFile.at(file).getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA page_count")) {
      return row.getInt(1);
    }
  }

  private void overwrite(int from, int count) throws IOException {
    byte[] garbage = new byte[count];
    new Random(7).nextBytes(garbage);
    System.arraycopy("garbage".getBytes(StandardCharsets.UTF_8), 0, garbage, 0, 7);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(from);
      bytes.write(garbage);
    }
  }
}
