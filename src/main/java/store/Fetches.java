package store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import run.RunId;
import run.Upload;

/** The runs whose object the service has begun to fetch, and their uploads in S3. */
@ApplicationScoped
public class Fetches {

  private final Sql sql;

  Fetches(Database database) {
    this.sql = database.sql();
  }

  /**
   * A fetch that has begun.
   *
   * @param at when it began
   * @param upload how its object goes into S3; absent before that has begun
   */
  public record Begun(Instant at, Optional<Upload> upload) {}

  /** Records that the run's fetch begins now, unless it has begun before. */
  public Begun begin(RunId run, Instant now) {
    return sql.transaction(
        connection -> {
          Sql.update(
              connection,
              "INSERT INTO fetch (run, begun_at) VALUES (?, ?) ON CONFLICT (run) DO NOTHING",
              run.value(),
              now);
          return Sql.query(
                  connection, Fetches::begun, "SELECT * FROM fetch WHERE run = ?", run.value())
              .get(0);
        });
  }

  /** Records the upload of a run's object, or that there is none any more. */
  public void note(RunId run, Optional<Upload> upload) {
    sql.write(
        """
                UPDATE fetch SET bucket = ?, object_key = ?, upload_id = ?, validator = ?
                WHERE run = ?""",
        upload.map(Upload::bucket),
        upload.map(Upload::key),
        upload.map(Upload::id),
        upload.flatMap(Upload::validator),
        run.value());
  }

  /** The fetch of a run, if it has begun and was neither completed nor aborted. */
  public Optional<Begun> find(RunId run) {
    return sql.first(Fetches::begun, "SELECT * FROM fetch WHERE run = ?", run.value());
  }

  /** The run's object is not fetched any more. */
  public void end(RunId run) {
    sql.write("DELETE FROM fetch WHERE run = ?", run.value());
  }

  private static Begun begun(ResultSet row) throws SQLException {
    Optional<String> id = Optional.ofNullable(row.getString("upload_id"));
    Optional<String> validator = Optional.ofNullable(row.getString("validator"));
    String bucket = row.getString("bucket");
    String key = row.getString("object_key");
    return new Begun(
        Instant.parse(row.getString("begun_at")),
        id.map(upload -> new Upload(bucket, key, upload, validator)));
  }
}
