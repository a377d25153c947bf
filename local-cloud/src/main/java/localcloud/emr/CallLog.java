package localcloud.emr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import localcloud.awsjson.AwsJson;

/**
 * EMR's own records: every call received, in order, in memory and as a line of JSON each in a file.
 */
final class CallLog {
  private final Path file;
  private final List<ApiCall> calls = new ArrayList<>();

  CallLog(Path file) throws IOException {
    this.file = file;
    Files.createDirectories(file.getParent());
  }

  synchronized void add(ApiCall call) {
    calls.add(call);
    Map<String, String> members = new LinkedHashMap<>();
    members.put("time", call.time().toString());
    members.put("operation", call.operation());
    members.put("clusters", call.clusters());
    members.put("outcome", call.outcome());
    members.put("message", call.message());
    String line = new String(AwsJson.write(members), StandardCharsets.UTF_8) + "\n";
    try {
      Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  synchronized List<ApiCall> calls() {
    return List.copyOf(calls);
  }
}
