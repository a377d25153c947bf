package kills;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import localcloud.faults.Call;
import localcloud.faults.ReceivedCall;
import localcloud.faults.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The stand-ins' control endpoint, seen from outside. */
final class Control {

  private static final Duration CALL = Duration.ofSeconds(30);
  private static final int OK = 200;

  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();

  Control(URI address) {
    this.address = address;
  }

  /** A fault that ends the process at that point of the lane's run. */
  ObjectNode kill(Point.AtCall point, String lane, int skip, long pid) {
    ObjectNode fault =
        json.createObjectNode()
            .put("service", point.kind().service().wireName())
            .put("operation", point.kind().operation())
            .put("match", point.kind().match(lane))
            .put("skip", skip)
            .put("does", "kill")
            .put("pid", pid)
            .put("when", point.when().wireName());
    return point.when() == Point.When.ANSWERED
        ? fault.put("delay", point.delay().toMillis() + "ms")
        : fault;
  }

  /** Makes the first step of the clusters whose name has that in it hang. */
  ObjectNode hangingStep(String name) {
    return json.createObjectNode()
        .put("service", Service.EMR.wireName())
        .put("match", name)
        .put("does", "step-hangs");
  }

  /** Orders a fault, and returns its id. */
  long order(ObjectNode fault) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address.resolve("/faults"))
            .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(fault))))
        .path("ids")
        .path(0)
        .asLong();
  }

  /** Takes all faults back, and returns the ids of those that have struck. */
  Set<Long> clear() throws IOException, InterruptedException {
    Set<Long> struck = new HashSet<>();
    for (JsonNode fault : send(HttpRequest.newBuilder(address.resolve("/faults")).DELETE())) {
      if (fault.path("hits").asLong() > 0) {
        struck.add(fault.path("id").asLong());
      }
    }
    return struck;
  }

  /** What the stand-ins received after the call of that number, in order. */
  List<ReceivedCall> callsAfter(long number) throws IOException, InterruptedException {
    List<ReceivedCall> calls = new ArrayList<>();
    for (JsonNode call : send(HttpRequest.newBuilder(address.resolve("/calls?after=" + number)))) {
      calls.add(
          new ReceivedCall(
              call.path("number").asLong(),
              Instant.parse(call.path("at").asString()),
              new Call(
                  Service.named(call.path("service").asString()).orElseThrow(),
                  call.path("operation").asString(),
                  call.path("detail").asString()),
              call.path("client").asString()));
    }
    return calls;
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(request.timeout(CALL).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != OK) {
      throw new IOException(
          "The stand-ins answered %d: %s".formatted(answer.statusCode(), answer.body()));
    }
    return json.readTree(answer.body());
  }
}
