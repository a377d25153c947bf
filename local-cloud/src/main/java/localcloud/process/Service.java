package localcloud.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service from outside: its API, and its health on the management interface. */
public final class Service {

  private static final Duration CALL = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int CREATED = 201;

  private final URI address;
  private final URI management;
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();

  /**
   * @param address of its API
   * @param management the address of its health and metrics
   */
  public Service(URI address, URI management) {
    this.address = address;
    this.management = management;
  }

  /** The address of its API. */
  public URI address() {
    return address;
  }

  /** The address of its health and metrics. */
  public URI management() {
    return management;
  }

  /** Whether it is ready; a refused connection means no. */
  public boolean isReady() throws InterruptedException {
    try {
      return answer(management.resolve("/q/health/ready")).statusCode() == OK;
    } catch (IOException e) {
      return false;
    }
  }

  /** The newest run in short form, if there is one. */
  public Optional<JsonNode> newestRun() throws IOException, InterruptedException {
    JsonNode runs = runs(1);
    return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(0));
  }

  /** That many of the newest runs in short form, newest first. */
  public JsonNode runs(int limit) throws IOException, InterruptedException {
    return get("/api/runs?limit=" + limit);
  }

  /** A run with all details. */
  public JsonNode run(String id) throws IOException, InterruptedException {
    return get("/api/runs/" + id);
  }

  /**
   * A pipeline.
   *
   * @throws IOException also if there is none of that name
   */
  public JsonNode pipeline(String name) throws IOException, InterruptedException {
    for (JsonNode pipeline : get("/api/pipelines")) {
      if (pipeline.path("name").asString().equals(name)) {
        return pipeline;
      }
    }
    throw new IOException("The service knows no pipeline " + name);
  }

  /** Starts a run of a pipeline by hand. */
  public void start(String pipeline) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(address.resolve("/api/pipelines/%s/start".formatted(pipeline)))
                .timeout(CALL)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != CREATED) {
      throw new IOException(
          "The service answered %d to the start of %s: %s"
              .formatted(answer.statusCode(), pipeline, answer.body()));
    }
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = answer(address.resolve(path));
    if (answer.statusCode() != OK) {
      throw new IOException("The service answered %d to %s".formatted(answer.statusCode(), path));
    }
    return json.readTree(answer.body());
  }

  private HttpResponse<String> answer(URI uri) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(uri).timeout(CALL).build(), HttpResponse.BodyHandlers.ofString());
  }
}
