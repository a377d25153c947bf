package localcloud.snowflake.engine;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import localcloud.snowflake.catalog.Buckets;
import localcloud.snowflake.catalog.Buckets.StoredObject;
import localcloud.snowflake.catalog.ExternalTable;
import localcloud.snowflake.catalog.FileChange;
import localcloud.snowflake.catalog.RegisteredFile;
import localcloud.snowflake.catalog.Stage;

/**
 * Compares the bucket with what a table has registered: <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/alter-external-table">ALTER EXTERNAL TABLE
 * … REFRESH</a>. New files under the path are added, changed ones updated, vanished ones removed;
 * other paths are left alone. Contents are not looked at, so a file that cannot be read is
 * registered too.
 */
final class Refreshes {

  /** One line of REFRESH's answer. */
  record Line(String file, String status, String description) {}

  /** What a REFRESH would change, and what it says about each file. */
  record Outcome(List<FileChange> changes, List<Line> lines) {

    /** The first file that it registers. */
    Optional<String> registers() {
      return changes.stream()
          .filter(change -> change.file().isPresent())
          .map(FileChange::key)
          .findFirst();
    }

    /**
     * The same, but for one file that is not registered. REGISTER_FAILED is one of the states in <a
     * href="https://docs.snowflake.com/en/sql-reference/functions/external_table_registration_history">EXTERNAL_TABLE_FILE_REGISTRATION_HISTORY</a>.
     */
    Outcome without(String key) {
      return new Outcome(
          changes.stream().filter(change -> !change.key().equals(key)).toList(),
          lines.stream()
              .map(
                  line ->
                      line.file().equals(key)
                          ? new Line(key, "REGISTER_FAILED", "File could not be registered.")
                          : line)
              .toList());
    }
  }

  private final Buckets buckets;
  private final Clock clock;

  Refreshes(Buckets buckets, Clock clock) {
    this.buckets = buckets;
    this.clock = clock;
  }

  /**
   * @param path relative to the table's location, taken as the beginning of a key
   */
  Outcome refresh(
      ExternalTable table, Stage stage, String path, SortedMap<String, RegisteredFile> before) {
    String prefix = prefix(stage.prefix(), table.path()) + path;
    List<FileChange> changes = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (StoredObject object : buckets.list(stage.bucket(), prefix)) {
      if (matches(table.pattern(), object.key())) {
        seen.add(object.key());
        compare(object, before.get(object.key()), changes, lines);
      }
    }
    for (String key : before.keySet()) {
      if (key.startsWith(prefix) && !seen.contains(key)) {
        changes.add(new FileChange(key, Optional.empty(), false));
        lines.add(new Line(key, "UNREGISTERED", "File unregistered successfully."));
      }
    }
    return new Outcome(changes, lines);
  }

  /** The pattern speaks of the whole path of a file, from the bucket's root. */
  private static boolean matches(Optional<Pattern> pattern, String key) {
    return pattern.isEmpty() || pattern.get().matcher(key).matches();
  }

  /** A table's path is a folder of its stage, whose URL may lack the slash at its end. */
  private static String prefix(String ofStage, String ofTable) {
    boolean joined = ofTable.isEmpty() || ofStage.isEmpty() || ofStage.endsWith("/");
    return joined ? ofStage + ofTable : ofStage + "/" + ofTable;
  }

  private void compare(
      StoredObject object, RegisteredFile before, List<FileChange> changes, List<Line> lines) {
    boolean same =
        before != null
            && before.size() == object.size()
            && before.lastModified().equals(object.lastModified());
    if (same) {
      lines.add(new Line(object.key(), "REGISTER_SKIPPED", "File already registered."));
      return;
    }
    try {
      RegisteredFile now =
          new RegisteredFile(
              object.key(),
              object.size(),
              object.lastModified(),
              Buckets.md5(object),
              clock.instant());
      changes.add(new FileChange(object.key(), Optional.of(now), before == null));
      String status = before == null ? "REGISTERED_NEW" : "REGISTERED_UPDATE";
      lines.add(new Line(object.key(), status, "File registered successfully."));
    } catch (IOException e) {
      lines.add(new Line(object.key(), "REGISTER_FAILED", "File could not be read."));
    }
  }
}
