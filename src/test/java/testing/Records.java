package testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged while it is open, by whatever logger, from INFO upwards. */
public final class Records extends Handler implements AutoCloseable {

  private final Logger root = Logger.getLogger("");
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  /** Begins to listen. */
  public Records() {
    setLevel(Level.INFO);
    root.addHandler(this);
  }

  /** The loggers of what was logged at that level or above, one for each time. */
  public List<String> loggersAtLeast(Level level) {
    return records.stream()
        .filter(record -> record.getLevel().intValue() >= level.intValue())
        .map(LogRecord::getLoggerName)
        .toList();
  }

  /** How often that logger logged at exactly that level. */
  public long count(Class<?> logger, Level level) {
    return records.stream()
        .filter(record -> logger.getName().equals(record.getLoggerName()))
        .filter(record -> record.getLevel().intValue() == level.intValue())
        .count();
  }

  /** What that logger has logged, in its order. */
  public List<String> messages(Class<?> logger) {
    return records.stream()
        .filter(record -> logger.getName().equals(record.getLoggerName()))
        .map(LogRecord::getMessage)
        .toList();
  }

  /** What was logged with a stack trace, one text for each time. */
  public List<String> thrown() {
    return records.stream()
        .filter(record -> record.getThrown() != null)
        .map(record -> record.getLoggerName() + ": " + record.getMessage())
        .toList();
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
  }
}
