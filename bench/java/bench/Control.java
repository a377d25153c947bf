package bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stand-ins' control endpoint: sets the faults that a benchmark needs, and lists the calls. */
final class Control {

  private static final int OK = 200;

  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();

  Control(URI address) {
    this.address = address;
  }

  /** No step of a cluster that is created from now on runs Spark, or ends. */
  void hangAllSteps() throws IOException, InterruptedException {
    order("{\"service\":\"EMR\", \"does\":\"step-hangs\", \"times\":0}");
  }

  /** The step of one of the next clusters takes so long, and does the job's work without Spark. */
  void succeedOneStep(int seconds) throws IOException, InterruptedException {
    order(
        "{\"service\":\"EMR\", \"does\":\"step-succeeds\", \"takes\":\"%ds\"}"
            .formatted(seconds));
  }

  private void order(String fault) throws IOException, InterruptedException {
    send(
        HttpRequest.newBuilder(address.resolve("/faults"))
            .POST(HttpRequest.BodyPublishers.ofString(fault)));
  }

  /** When EMR received each RunJobFlow, by the cluster's name; the first call for a name counts. */
  Map<String, Instant> launches() throws IOException, InterruptedException {
    Map<String, Instant> launches = new HashMap<>();
    for (JsonNode call : send(HttpRequest.newBuilder(address.resolve("/calls")))) {
      if (call.path("operation").asString().equals("RunJobFlow")) {
        launches.putIfAbsent(
            call.path("detail").asString(), Instant.parse(call.path("at").asString()));
      }
    }
    return launches;
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != OK) {
      throw new IOException(
          "The stand-ins answered %d: %s".formatted(answer.statusCode(), answer.body()));
    }
    return JsonMapper.shared().readTree(answer.body());
  }
}
