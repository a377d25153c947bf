package localcloud.snowflake.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The statements whose results can be fetched by their ids: all running ones, and the last few. */
final class Fetched {

  private static final int KEPT = 64;

  private final Map<String, Submitted> byId =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Submitted> eldest) {
          return size() > KEPT && eldest.getValue().answer().isDone();
        }
      };

  synchronized void put(Submitted submitted) {
    byId.put(submitted.queryId(), submitted);
  }

  synchronized Optional<Submitted> find(String queryId) {
    return Optional.ofNullable(byId.get(queryId));
  }
}
