package aws;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/** Counts the calls to outside services. */
@ApplicationScoped
public class ApiCalls {

  /**
   * One counter's key.
   *
   * @param service {@code S3}, {@code EMR}, {@code SQS} or {@code Snowflake}
   * @param operation the API's own name
   * @param outcome {@code ok}, or the error's code
   */
  public record Call(String service, String operation, String outcome) {}

  private final ConcurrentHashMap<Call, LongAdder> counts = new ConcurrentHashMap<>();
  private final List<BiConsumer<Call, LongAdder>> listeners = new CopyOnWriteArrayList<>();

  /** Counts a call. */
  public void count(String service, String operation, String outcome) {
    counts.computeIfAbsent(new Call(service, operation, outcome), this::announced).increment();
  }

  /** Notifies the listener of each counter when it first counts; counters only grow. */
  public void onNew(BiConsumer<Call, LongAdder> listener) {
    listeners.add(listener);
    counts.forEach(listener);
  }

  private LongAdder announced(Call call) {
    LongAdder count = new LongAdder();
    listeners.forEach(listener -> listener.accept(call, count));
    return count;
  }
}
