package localcloud.snowflake.engine;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import localcloud.snowflake.catalog.Buckets;
import localcloud.snowflake.catalog.Buckets.StoredObject;
import localcloud.snowflake.catalog.ExternalTable;
import localcloud.snowflake.catalog.FileChange;
import localcloud.snowflake.catalog.FileEvent;
import localcloud.snowflake.catalog.FileEvent.Status;
import localcloud.snowflake.catalog.RegisteredFile;
import localcloud.snowflake.catalog.Stage;
import localcloud.snowflake.sql.Refusal;

/**
 * Compares the bucket with what a table has registered: <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/alter-external-table">ALTER EXTERNAL TABLE
 * … REFRESH, ADD FILES, REMOVE FILES</a>. A REFRESH adds new files under the path, updates changed
 * ones and removes missing ones; other paths do not change. Contents are not read, so a file that
 * cannot be read is registered too.
 */
final class Refreshes {

  /** What a statement would change, and its row for each file. */
  record Outcome(List<FileChange> changes, List<FileEvent> events) {

    /** The first file that it registers. */
    Optional<String> registers() {
      return changes.stream()
          .filter(change -> change.file().isPresent())
          .map(FileChange::key)
          .findFirst();
    }

    /** The same without one file, which is not registered. */
    Outcome without(String key) {
      return new Outcome(
          changes.stream().filter(change -> !change.key().equals(key)).toList(),
          events.stream().map(event -> event.key().equals(key) ? failed(event) : event).toList());
    }

    private static FileEvent failed(FileEvent event) {
      return new FileEvent(
          event.at(),
          event.key(),
          Status.REGISTER_FAILED,
          "File could not be registered.",
          event.size(),
          event.lastModified());
    }
  }

  private final Buckets buckets;
  private final Clock clock;

  Refreshes(Buckets buckets, Clock clock) {
    this.buckets = buckets;
    this.clock = clock;
  }

  /**
   * REFRESH.
   *
   * @param path relative to the table's location; the beginning of a key
   */
  Outcome refresh(
      ExternalTable table, Stage stage, String path, SortedMap<String, RegisteredFile> before) {
    Job job = new Job(clock.instant());
    String prefix = prefix(stage.prefix(), table.path()) + path;
    Set<String> seen = new HashSet<>();
    for (StoredObject object : buckets.list(stage.bucket(), prefix)) {
      if (matches(table.pattern(), object.key())) {
        seen.add(object.key());
        job.register(object, Optional.ofNullable(before.get(object.key())));
      }
    }
    for (RegisteredFile file : before.values()) {
      if (file.key().startsWith(prefix) && !seen.contains(file.key())) {
        job.unregister(file);
      }
    }
    return job.outcome();
  }

  /** ADD FILES: exactly these, by their paths below the table's location. */
  Outcome add(
      ExternalTable table,
      Stage stage,
      List<String> paths,
      SortedMap<String, RegisteredFile> before) {
    Job job = new Job(clock.instant());
    for (String path : new LinkedHashSet<>(paths)) {
      String key = prefix(stage.prefix(), table.path()) + path;
      if (!matches(table.pattern(), key)) {
        throw Refusal.unknownStatement("ADD FILES of one that the table's PATTERN leaves out");
      }
      buckets
          .find(stage.bucket(), key)
          .ifPresentOrElse(
              object -> job.register(object, Optional.ofNullable(before.get(key))),
              () -> job.failed(Status.REGISTER_FAILED, key, "File does not exist."));
    }
    return job.outcome();
  }

  /** REMOVE FILES: exactly these, whether or not they still exist. */
  Outcome remove(
      ExternalTable table,
      Stage stage,
      List<String> paths,
      SortedMap<String, RegisteredFile> before) {
    Job job = new Job(clock.instant());
    for (String path : new LinkedHashSet<>(paths)) {
      String key = prefix(stage.prefix(), table.path()) + path;
      Optional.ofNullable(before.get(key))
          .ifPresentOrElse(
              job::unregister,
              () -> job.failed(Status.UNREGISTER_FAILED, key, "File is not registered."));
    }
    return job.outcome();
  }

  /** The pattern applies to the whole path of a file, from the bucket's root. */
  private static boolean matches(Optional<Pattern> pattern, String key) {
    return pattern.isEmpty() || pattern.get().matcher(key).matches();
  }

  /** A table's path is a folder of its stage, whose URL may lack the slash at its end. */
  private static String prefix(String ofStage, String ofTable) {
    boolean joined = ofTable.isEmpty() || ofStage.isEmpty() || ofStage.endsWith("/");
    return joined ? ofStage + ofTable : ofStage + "/" + ofTable;
  }

  /** Collects one statement's changes. */
  private static final class Job {

    private final Instant at;
    private final List<FileChange> changes = new ArrayList<>();
    private final List<FileEvent> events = new ArrayList<>();

    Job(Instant at) {
      this.at = at;
    }

    Outcome outcome() {
      return new Outcome(changes, events);
    }

    void register(StoredObject object, Optional<RegisteredFile> before) {
      boolean same =
          before.isPresent()
              && before.get().size() == object.size()
              && before.get().lastModified().equals(object.lastModified());
      if (same) {
        note(Status.REGISTER_SKIPPED, object, "File already registered.");
        return;
      }
      try {
        RegisteredFile now =
            new RegisteredFile(
                object.key(), object.size(), object.lastModified(), Buckets.md5(object), at);
        changes.add(new FileChange(object.key(), Optional.of(now), before.isEmpty()));
        Status status = before.isEmpty() ? Status.REGISTERED_NEW : Status.REGISTERED_UPDATE;
        note(status, object, "File registered successfully.");
      } catch (IOException e) {
        note(Status.REGISTER_FAILED, object, "File could not be read.");
      }
    }

    private void note(Status status, StoredObject object, String message) {
      events.add(
          new FileEvent(at, object.key(), status, message, object.size(), object.lastModified()));
    }

    void unregister(RegisteredFile file) {
      changes.add(new FileChange(file.key(), Optional.empty(), false));
      events.add(
          new FileEvent(
              at,
              file.key(),
              Status.UNREGISTERED,
              "File unregistered successfully.",
              file.size(),
              file.lastModified()));
    }

    void failed(Status status, String key, String message) {
      events.add(new FileEvent(at, key, status, message, null, null));
    }
  }
}
