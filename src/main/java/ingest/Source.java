package ingest;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import run.FailureKind;

/**
 * Reads a URL, from a given position if the source supports that.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-range-requests">RFC 9110, 13 and 14:
 *     conditional and range requests</a>
 */
@ApplicationScoped
public class Source {

  private static final Duration SILENCE = Duration.ofMinutes(2);
  private static final Duration CONNECT = Duration.ofSeconds(20);

  /**
   * Last-Modified tells versions apart only if it is clearly older than the answer (RFC 9110,
   * 8.8.2.2: a second; clocks of several machines differ by more).
   */
  private static final Duration CLEARLY = Duration.ofMinutes(1);

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int NO_SUCH_RANGE = 416;

  /** Request Timeout, Too Early, Too Many Requests. */
  private static final Set<Integer> LATER = Set.of(408, 425, 429);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(CONNECT)
          .build();

  private final ScheduledThreadPoolExecutor followUps;
  private final Duration silence;

  Source() {
    this(SILENCE);
  }

  /** Creates one for a source that may be silent for that long. */
  Source(Duration silence) {
    this.silence = silence;
    this.followUps =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "fetch-watch");
              thread.setDaemon(true);
              return thread;
            });
    followUps.setRemoveOnCancelPolicy(true);
  }

  @PreDestroy
  void close() {
    followUps.shutdownNow();
  }

  /**
   * Requests the URL.
   *
   * @param from the position to continue at; the response begins at 0 nevertheless if the source
   *     does not support that, or has another version now
   * @param validator the validator of the version that was begun
   * @throws RefusedSource if asking again would not help
   * @throws IOException if it may
   */
  SourceResponse open(String url, long from, Optional<String> validator) throws IOException {
    if (from == 0 || validator.isEmpty()) {
      return whole(send(url, request(url)));
    }
    HttpRequest.Builder rest =
        request(url).header("Range", "bytes=" + from + "-").header("If-Range", validator.get());
    HttpResponse<InputStream> response = send(url, rest);
    if (response.statusCode() != PARTIAL && response.statusCode() != NO_SUCH_RANGE) {
      return whole(response);
    }
    HttpHeaders headers = response.headers();
    Optional<Long> total =
        headers
            .firstValue("Content-Range")
            .filter(range -> range.matches("bytes " + from + "-\\d{1,18}/\\d{1,18}"))
            .map(range -> Long.valueOf(range.substring(range.indexOf('/') + 1)));
    if (response.statusCode() == PARTIAL && total.isPresent() && validator.equals(of(headers))) {
      return new SourceResponse(patient(response), from, total, validator, true, encoding(headers));
    }
    response.body().close();
    return open(url, 0, Optional.empty());
  }

  private HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(silence)
        .header("Accept-Encoding", "identity");
  }

  private HttpResponse<InputStream> send(String url, HttpRequest.Builder request)
      throws IOException {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(
          "interrupted while " + plain(URI.create(url)) + " was asked");
    } catch (IllegalArgumentException e) {
      // Its message has the address, which may be a signed URL.
      throw new RefusedSource(
          FailureKind.VALIDATION,
          plain(URI.create(url)) + " redirects to something that is no URL");
    } catch (IOException e) {
      throw new IOException("%s does not answer: %s".formatted(plain(URI.create(url)), e), e);
    }
  }

  private SourceResponse whole(HttpResponse<InputStream> response) throws IOException {
    int status = response.statusCode();
    if (status != OK) {
      response.body().close();
      String message = "%s answered with status %d".formatted(plain(response.uri()), status);
      if (status >= 500 || LATER.contains(status)) {
        throw new IOException(message);
      }
      throw new RefusedSource(FailureKind.VALIDATION, message + ", not with 200");
    }
    HttpHeaders headers = response.headers();
    Optional<Long> length = headers.firstValueAsLong("Content-Length").stream().boxed().findFirst();
    boolean isChunked =
        headers.firstValue("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent();
    return new SourceResponse(
        patient(response),
        0,
        length,
        of(headers),
        length.isPresent() || isChunked,
        encoding(headers));
  }

  private InputStream patient(HttpResponse<InputStream> response) {
    return new PatientStream(response.body(), followUps, silence);
  }

  private static Optional<String> encoding(HttpHeaders headers) {
    return headers.firstValue("Content-Encoding").map(text -> text.toLowerCase(Locale.ROOT));
  }

  /** A weak ETag does not promise that the bytes are the same. */
  private static Optional<String> of(HttpHeaders headers) {
    Optional<String> etag = headers.firstValue("ETag");
    if (etag.isPresent()) {
      return etag.filter(value -> value.startsWith("\""));
    }
    Optional<Instant> date = headers.firstValue("Date").flatMap(Source::time);
    return headers
        .firstValue("Last-Modified")
        .filter(
            text ->
                time(text)
                    .flatMap(modified -> date.filter(modified.plus(CLEARLY)::isBefore))
                    .isPresent());
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The address without query and user: a redirect may lead to a signed URL, or have a password.
   */
  static String plain(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return "%s://%s%s%s".formatted(uri.getScheme(), uri.getHost(), port, uri.getRawPath());
  }
}
