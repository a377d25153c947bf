package testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import run.RunId;

/**
 * The service under test as others reach it.
 *
 * @param service its address
 */
public record Api(URI service) {

  /** What it answers at a path. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(service.resolve(path)));
  }

  /**
   * The status that it gives to a wish for a run: {@code cancel}, {@code retry}, {@code replay}.
   */
  public int post(RunId run, String wish) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(service.resolve("api/runs/%s/%s".formatted(run, wish)))
            .POST(HttpRequest.BodyPublishers.noBody()))
        .statusCode();
  }

  /** What it answers to a wish at a path. */
  public HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(service.resolve(path)).POST(HttpRequest.BodyPublishers.noBody()));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
