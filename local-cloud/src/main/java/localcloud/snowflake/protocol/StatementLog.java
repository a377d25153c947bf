package localcloud.snowflake.protocol;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The received statements, the last {@value #KEPT} in memory and all of them in a file. */
public final class StatementLog {

  private static final int KEPT = 10_000;

  private static final Pattern SECRET =
      Pattern.compile(
          "((?:AWS_KEY_ID|AWS_SECRET_KEY|AWS_TOKEN|[A-Z_]*PASSWORD|[A-Z_]*SECRET|MASTER_KEY"
              + "|[A-Z_]*TOKEN)\\s*=\\s*)'(?:[^'\\\\]|''|\\\\.)*'",
          Pattern.CASE_INSENSITIVE);

  private final ObjectMapper json = new ObjectMapper();
  private final Deque<StatementRecord> records = new ArrayDeque<>();
  private Optional<Path> file = Optional.empty();

  /** From now on each record is also appended to a file, one JSON object a line. */
  public synchronized void recordTo(Path newFile) {
    file = Optional.of(newFile);
  }

  /** The received statements, oldest first. */
  public synchronized List<StatementRecord> records() {
    return List.copyOf(records);
  }

  /** The record of a query, if it is still kept. */
  synchronized Optional<StatementRecord> find(String queryId) {
    return records.stream().filter(r -> r.queryId().equals(queryId)).findFirst();
  }

  synchronized void add(StatementRecord record) {
    StatementRecord masked =
        new StatementRecord(
            record.at(),
            record.sessionId(),
            record.queryId(),
            record.queryTag(),
            masked(record.text()),
            record.outcome());
    records.addLast(masked);
    if (records.size() > KEPT) {
      records.removeFirst();
    }
    file.ifPresent(path -> append(path, masked));
  }

  /** A statement without its secrets. */
  static String masked(String sql) {
    return SECRET.matcher(sql).replaceAll("$1'****'");
  }

  private void append(Path path, StatementRecord record) {
    ObjectNode line =
        json.createObjectNode()
            .put("at", record.at().toString())
            .put("session", record.sessionId())
            .put("queryId", record.queryId())
            .put("queryTag", record.queryTag())
            .put("text", record.text())
            .put("outcome", record.outcome());
    try {
      Files.writeString(path, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot record statements to " + path, e);
    }
  }
}
