package bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import localcloud.Cloud;
import localcloud.process.Child;
import localcloud.process.Service;
import localcloud.process.Workplace;

/**
 * The operator's page over a store of many runs: how long a browser waits for its answer, how much it loads, and what many open pages cost the service while runs are open.
 */
final class Page {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final double PART = 0.95;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int KIB = 1024;
  private static final int OK = 200;
  private static final int BUSY = 503;
  private static final int WARM_UP = 50;
  private static final int FAILS_EVERY = 10;
  private static final long LOOK_MILLIS = 500;
  private static final long PATIENCE_SECONDS = 300;

  private static final Pattern FEED = Pattern.compile("sse-connect=\"([^\"]+)\"");

  private static final List<String> ASSETS =
      List.of(
          "/assets/app.css",
          "/assets/app.js",
          "/assets/icon.svg",
          "/webjars/htmx.org/dist/htmx.min.js",
          "/webjars/htmx-ext-sse/sse.js");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI home;
  private final AtomicReference<Exception> lost = new AtomicReference<>();

  private Page(URI home) {
    this.home = home;
  }

  public static void main(String[] args) throws Exception {
    Options options =
        new Options(
            args,
            Map.of(
                "--runs", 10_000, "--pipelines", 200, "--watchers", 200, "--open", 50, "--views",
                200, "--warm-up", 60, "--seconds", 60),
            Map.of(
                "--runs", 500, "--pipelines", 10, "--watchers", 10, "--open", 3, "--views", 20,
                "--warm-up", 1, "--seconds", 5),
            Set.of());
    Report report = new Report("page", options);
    try (Workplace place = new Workplace(Path.of("").toAbsolutePath(), "page")) {
      try {
        play(place, options, report);
      } catch (localcloud.process.Failure | IOException e) {
        System.err.println(
            "bench: FAILED: %s; the logs are in %s"
                .formatted(
                    e.getCause() == null ? e.getMessage() : "%s: %s".formatted(e.getMessage(), e.getCause().getMessage()),
                    place.keepLogs("bench/page")));
        System.exit(1);
      }
    }
    System.exit(0);
  }

  private static void play(Workplace place, Options options, Report report) throws Exception {
    Cloud cloud = place.startCloud(List.of("--bucket", "landing", "--bucket", "curated"));
    new Control(cloud.control()).hangAllSteps();
    place.configure(pipelines(options.number("--pipelines")));
    Report.progress("making a store of %d runs", options.number("--runs"));
    place.end(start(place, cloud, Workplace.freePort()));
    seed(place.folder().resolve("runs.db"), options);
    int port = Workplace.freePort();
    Child child = start(place, cloud, port);
    Service service = Workplace.service(port);
    open(place, cloud, service, options.number("--open"));
    Page page = new Page(service.address());
    int views = options.number("--views");
    Samples overview = page.views("/", views);
    Samples run = page.views("/runs/" + id(0), views);
    Samples list = page.views("/runs?state=SUCCEEDED&text=objects", views);
    long bytes = page.bytes("/");
    for (String asset : ASSETS) {
      bytes += page.bytes(asset);
    }
    AtomicInteger pieces = new AtomicInteger();
    page.watch(options.number("--watchers"), pieces);
    Report.progress("warming up for %d s", options.number("--warm-up"));
    Workplace.pause(Duration.ofSeconds(options.number("--warm-up")).toMillis());
    Report.progress("%d pages are watched for %d s", options.number("--watchers"), options.number("--seconds"));
    double percent = percentOfACore(child, options.number("--seconds"));
    if (page.lost.get() != null) {
      throw new IOException("A page that stayed open was followed no more", page.lost.get());
    }
    report.line("%d messages reached the watchers".formatted(pieces.get()));
    report.line("floors: 95 of 100 answers within 100 ms, first view at most 250 KiB, at most 15 % of one core");
    report.end(
        "overview-p95-ms=%s run-p95-ms=%s list-p95-ms=%s first-view-kb=%s watchers=%d rss-mb=%d cpu-percent=%s"
            .formatted(
                Samples.text("%.1f", overview.percentile(PART)),
                Samples.text("%.1f", run.percentile(PART)),
                Samples.text("%.1f", list.percentile(PART)),
                Samples.text("%.0f", bytes / (double) KIB),
                options.number("--watchers"),
                child.residentMib(),
                Samples.text("%.1f", percent)));
  }

  private static Properties pipelines(int count) {
    Properties properties = new Properties();
    properties.setProperty("service.max-clusters", "100000");
    properties.setProperty("aws.emr.quota-share", "100");
    for (int i = 0; i < count; i++) {
      String prefix = "pipelines." + name(i) + ".";
      properties.setProperty(prefix + "landing.bucket", "landing");
      properties.setProperty(prefix + "landing.poll", i == 0 ? "1s" : "10m");
      properties.setProperty(prefix + "batch.max-wait", "0s");
      properties.setProperty(prefix + "batch.max-objects", "1");
      properties.setProperty(prefix + "input.columns", "N int");
      properties.setProperty(prefix + "curated.bucket", "curated");
      properties.setProperty(prefix + "warehouse.database", "BENCH");
      properties.setProperty(prefix + "warehouse.table", name(i).replace('-', '_'));
      properties.setProperty(prefix + "warehouse.manage", "everything");
    }
    return properties;
  }

  private static String name(int pipeline) {
    return "pipeline-" + pipeline;
  }

  private static String id(int run) {
    return "r-20260101T000000-%06x".formatted(run);
  }

  /** Runs that have ended, spread over all pipelines, each with an object and its states. */
  private static void seed(Path store, Options options) throws SQLException {
    Instant begun = Instant.parse("2026-01-01T00:00:00Z");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store)) {
      connection.setAutoCommit(false);
      try (PreparedStatement run =
              connection.prepareStatement(
                  """
                  INSERT INTO run (id, pipeline, state, version, created_at, state_since, objects, bytes, rows_read,
                    rows_written, rows_rejected, first_attempt, outcome, outcome_message, failure_kind, failure_remedy, may_be_in_table)
                  VALUES (?, ?, ?, 1, ?, ?, 1, 1000, 100, 100, 0, 1, ?, ?, ?, ?, ?)""");
          PreparedStatement state =
              connection.prepareStatement(
                  "INSERT INTO run_state (run, state, since) VALUES (?, ?, ?)");
          PreparedStatement object =
              connection.prepareStatement(
                  """
                  INSERT INTO landed_object (pipeline, bucket, object_key, etag, size, last_modified, seen_at, run, cleared_at)
                  VALUES (?, 'landing', ?, 'etag', 1000, ?, ?, ?, ?)""")) {
        for (int i = 0; i < options.number("--runs"); i++) {
          String pipeline = name(i % options.number("--pipelines"));
          Instant from = begun.plusSeconds(i);
          Instant to = from.plusSeconds(300 + i % 200);
          boolean failed = i % FAILS_EVERY == 1;
          String end = failed ? "FAILED" : "SUCCEEDED";
          String[] values = {
            id(i), pipeline, end, TIME.format(from), TIME.format(to), end,
            failed ? "Step transform failed" : "All of its objects are in the table",
            failed ? "USER_CODE" : null, failed ? "Read its log" : null, failed ? "0" : "1"
          };
          for (int value = 0; value < values.length; value++) {
            run.setString(value + 1, values[value]);
          }
          run.addBatch();
          for (String reached : List.of("COLLECTED", "QUEUED", "PROCESSING", "LOADING", end)) {
            state.setString(1, id(i));
            state.setString(2, reached);
            state.setString(3, TIME.format(reached.equals(end) ? to : from));
            state.addBatch();
          }
          object.setString(1, pipeline);
          object.setString(2, pipeline + "/" + i + ".csv");
          object.setString(3, TIME.format(from));
          object.setString(4, TIME.format(from));
          object.setString(5, id(i));
          object.setString(6, TIME.format(to));
          object.addBatch();
        }
        run.executeBatch();
        state.executeBatch();
        object.executeBatch();
      }
      connection.commit();
    }
  }

  private static Child start(Workplace place, Cloud cloud, int port) throws Exception {
    Child child = place.startService("service", cloud, port, List.of(), Map.of());
    Workplace.await(child, Workplace.service(port)::isReady);
    return child;
  }

  private static void open(Workplace place, Cloud cloud, Service service, int runs)
      throws Exception {
    Path file = Files.writeString(place.folder().resolve("n.csv"), "1\n");
    for (int i = 0; i < runs; i++) {
      cloud.put(file, "landing", "%s/open-%d.csv".formatted(name(0), i));
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
    int running = 0;
    while (running < runs) {
      running = 0;
      for (var run : service.runs(runs)) {
        running += run.path("clusterState").asString("").equals("RUNNING") ? 1 : 0;
      }
      Report.progress("%d of %d runs have a cluster", running, runs);
      if (System.nanoTime() > deadline) {
        throw new Failure("only %d of %d runs have a cluster".formatted(running, runs));
      }
      Workplace.pause(LOOK_MILLIS);
    }
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(home.resolve(path))
                .header("Accept-Encoding", "gzip")
                .header("Accept", "text/html,*/*")
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != OK) {
      throw new IOException("The service answered %d to %s".formatted(answer.statusCode(), path));
    }
    return answer;
  }

  private Samples views(String path, int count) throws IOException, InterruptedException {
    Report.progress("%d views of %s", count, path);
    for (int i = 0; i < WARM_UP; i++) {
      get(path);
    }
    Samples samples = new Samples();
    for (int i = 0; i < count; i++) {
      long begun = System.nanoTime();
      get(path);
      samples.add((System.nanoTime() - begun) / NANOS_PER_MILLI);
    }
    return samples;
  }

  /** What goes over the wire for it, without the headers. */
  private long bytes(String path) throws IOException, InterruptedException {
    return get(path).body().length;
  }

  /**
   * That many pages stay open: half of them the overview, the others pipelines. Each is followed as
   * a browser does it: it says what it shows, and asks for the page anew if it is told to.
   */
  private void watch(int watchers, AtomicInteger pieces) throws Failure, InterruptedException {
    AtomicInteger connected = new AtomicInteger();
    for (int i = 0; i < watchers; i++) {
      String path = i % 2 == 0 ? "/" : "/pipelines/" + name(i % 4 == 1 ? 0 : 1);
      Thread watcher =
          new Thread(
              () -> {
                try {
                  follow(path, connected, pieces);
                } catch (IOException | UncheckedIOException | InterruptedException e) {
                  lost.compareAndSet(null, e); // The service ends before its watchers do.
                }
              });
      watcher.setDaemon(true);
      watcher.start();
    }
    long deadline = System.nanoTime() + PATIENCE_SECONDS * (long) NANOS_PER_SECOND;
    while (connected.get() < watchers) {
      if (lost.get() != null) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new Failure("only %d of %d pages are followed".formatted(connected.get(), watchers));
      }
      Workplace.pause(LOOK_MILLIS);
    }
  }

  private void follow(String path, AtomicInteger connected, AtomicInteger pieces)
      throws IOException, InterruptedException {
    boolean isNew = true;
    while (true) {
      Matcher feed = FEED.matcher(text(path));
      if (!feed.find()) {
        throw new IOException("Page %s cannot be followed".formatted(path));
      }
      String address = feed.group(1).replace("&amp;", "&");
      String last = "";
      boolean isStale = false;
      while (!isStale) {
        HttpRequest.Builder request =
            HttpRequest.newBuilder(home.resolve(address)).header("Accept", "text/event-stream");
        if (!last.isEmpty()) {
          request.header("Last-Event-ID", last);
        }
        HttpResponse<Stream<String>> stream =
            http.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        if (stream.statusCode() != OK) {
          throw new IOException(
              "The service answered %d to a watcher".formatted(stream.statusCode()));
        }
        if (isNew) {
          connected.incrementAndGet();
          isNew = false;
        }
        try (Stream<String> lines = stream.body()) {
          Iterator<String> line = lines.iterator();
          while (!isStale && line.hasNext()) {
            String told = line.next();
            isStale = told.equals("event:stale");
            pieces.addAndGet(told.equals("event:pieces") ? 1 : 0);
            last = told.startsWith("id:") ? told.substring("id:".length()) : last;
          }
        }
      }
    }
  }

  /** A service that is asked by too many at once asks to be asked again. */
  private String text(String path) throws IOException, InterruptedException {
    while (true) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(home.resolve(path)).header("Accept", "text/html").build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == OK) {
        return answer.body();
      }
      if (answer.statusCode() != BUSY) {
        throw new IOException(
            "The service answered %d to %s: %s"
                .formatted(answer.statusCode(), path, answer.body()));
      }
      Workplace.pause(Duration.ofSeconds(1).toMillis());
    }
  }

  private static double percentOfACore(Child child, int seconds) throws InterruptedException {
    ProcessHandle process = child.command().orElseThrow();
    Duration before = process.info().totalCpuDuration().orElseThrow();
    long begun = System.nanoTime();
    Workplace.pause(Duration.ofSeconds(seconds).toMillis());
    double passed = (System.nanoTime() - begun) / NANOS_PER_SECOND;
    Duration used = process.info().totalCpuDuration().orElseThrow().minus(before);
    return 100 * used.toNanos() / NANOS_PER_SECOND / passed;
  }
}
