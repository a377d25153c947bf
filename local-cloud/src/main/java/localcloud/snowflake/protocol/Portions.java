package localcloud.snowflake.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import localcloud.snowflake.engine.Result;
import localcloud.snowflake.engine.Session;

/**
 * Answers with many rows: the first {@value #ROWS} come with the answer, the others in chunks of
 * the same size, which the driver fetches from one address each, gzipped, with rows separated by
 * commas.
 */
final class Portions {

  static final int ROWS = 10_000;

  /** Prefix of the addresses; like Snowflake's own they need no token. */
  static final String PATH = "/portions/";

  private static final int RESULTS_KEPT = 16;

  private static final class Portion {
    private final byte[] zipped;
    private final int size;
    private final int rows;

    Portion(byte[] zipped, int size, int rows) {
      this.zipped = zipped;
      this.size = size;
      this.rows = rows;
    }
  }

  private final ObjectMapper json = new ObjectMapper();
  private final String base;
  private final Map<String, List<Portion>> byQuery =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Portion>> eldest) {
          return size() > RESULTS_KEPT;
        }
      };

  /**
   * @param base where the driver reaches this server
   */
  Portions(String base) {
    this.base = base;
  }

  /** The answer to a statement, with the addresses of the other chunks. */
  ObjectNode answer(Result result, String queryId, Session session) {
    List<List<String>> rows = result.rows();
    if (rows.size() <= ROWS) {
      return Answers.result(result, queryId, session);
    }
    Result first = new Result(result.kind(), result.columns(), rows.subList(0, ROWS));
    ObjectNode answer = Answers.result(first, queryId, session);
    ObjectNode data = (ObjectNode) answer.get("data");
    data.put("total", rows.size());
    ArrayNode chunks = data.putArray("chunks");
    List<Portion> portions = new ArrayList<>();
    for (int from = ROWS; from < rows.size(); from += ROWS) {
      Portion portion = portion(rows.subList(from, Math.min(from + ROWS, rows.size())));
      chunks
          .addObject()
          .put("url", base + PATH + queryId + "/" + portions.size())
          .put("rowCount", portion.rows)
          .put("uncompressedSize", portion.size)
          .put("compressedSize", portion.zipped.length);
      portions.add(portion);
    }
    synchronized (byQuery) {
      byQuery.put(queryId, portions);
    }
    return answer;
  }

  private Portion portion(List<List<String>> rows) {
    try {
      String array = json.writeValueAsString(rows);
      byte[] plain = array.substring(1, array.length() - 1).getBytes(StandardCharsets.UTF_8);
      ByteArrayOutputStream zipped = new ByteArrayOutputStream();
      try (OutputStream out = new GZIPOutputStream(zipped)) {
        out.write(plain);
      }
      return new Portion(zipped.toByteArray(), plain.length, rows.size());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Rows of text are always JSON", e);
    } catch (IOException e) {
      throw new IllegalStateException("Memory can always be written to", e);
    }
  }

  /** The content of an address, gzipped; empty if it is too old, or never existed. */
  Optional<byte[]> find(String path) {
    String[] parts = path.substring(PATH.length()).split("/", 2);
    synchronized (byQuery) {
      List<Portion> portions = byQuery.getOrDefault(parts[0], List.of());
      boolean there =
          parts.length == 2
              && parts[1].matches("[0-9]{1,6}")
              && Integer.parseInt(parts[1]) < portions.size();
      return there
          ? Optional.of(portions.get(Integer.parseInt(parts[1])).zipped)
          : Optional.empty();
    }
  }
}
