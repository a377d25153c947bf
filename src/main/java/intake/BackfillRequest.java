package intake;

import batch.Backfill;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import pipeline.Pipeline;
import warehouse.WarehouseSettings;

/** Reads a request for a backfill, and reports all mistakes in it together. */
public final class BackfillRequest {

  private static final Set<String> KNOWN =
      new TreeSet<>(Set.of("prefix", "from", "until", "max-objects", "max-bytes", "max-runs"));

  /** All objects of a run are in memory while it is created. */
  private static final int MOST_OBJECTS = 100_000;

  /** Amazon EMR service quotas: active clusters of an account. */
  private static final int MOST_RUNS = 500;

  private final Pipeline pipeline;
  private final Map<String, String> given;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param given the request's parameters, by name
   */
  public BackfillRequest(Pipeline pipeline, Map<String, String> given) {
    this.pipeline = pipeline;
    this.given = given;
  }

  /** Why the pipeline can have no backfill at all. */
  public Optional<String> obstacle() {
    if (pipeline.ingest().isPresent()) {
      return Optional.of("its runs fetch their objects themselves (ingest.url); start it instead");
    }
    if (pipeline.warehouse().mode() == WarehouseSettings.Mode.REPLACE) {
      return Optional.of(
          "each of its runs reads the whole landing prefix (curated.mode=replace), older objects too");
    }
    return pipeline.landing().since().isEmpty()
        ? Optional.of(
            "everything lands by itself; set pipelines.%s.landing.since, and what is older waits for backfills"
                .formatted(pipeline.name()))
        : Optional.empty();
  }

  /**
   * The requested backfill, if there are no {@link #problems} afterwards.
   *
   * @param id its name
   */
  public Backfill read(String id, Instant now) {
    given.keySet().stream()
        .filter(name -> !KNOWN.contains(name))
        .forEach(name -> problems.add("%s is unknown; there are %s".formatted(name, KNOWN)));
    String landing = pipeline.landing().prefix();
    String prefix = text("prefix").orElse(landing);
    if (!prefix.startsWith(landing)) {
      problems.add(
          "prefix is '%s', which is not below the landing prefix '%s'; copy what lies elsewhere there"
              .formatted(prefix, landing));
    }
    Optional<Instant> from = time("from");
    Optional<Instant> until = time("until");
    if (text("prefix").isEmpty() && text("from").isEmpty() && text("until").isEmpty()) {
      problems.add(
          "neither prefix nor from nor until is given; prefix=%s has everything"
              .formatted(landing));
    }
    if (from.isPresent() && until.filter(from.get()::isBefore).isEmpty() && until.isPresent()) {
      problems.add("until is not after from");
    }
    return Backfill.begun(
        id,
        pipeline.name(),
        new Backfill.Range(prefix, from, until),
        new Backfill.Size(
            (int) number("max-objects", pipeline.batch().maxObjects(), MOST_OBJECTS),
            number("max-bytes", pipeline.batch().maxBytes(), Long.MAX_VALUE),
            (int) number("max-runs", 1, MOST_RUNS)),
        now);
  }

  /** The mistakes in what was read. */
  public List<String> problems() {
    return problems;
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(given.get(name));
  }

  private Optional<Instant> time(String name) {
    try {
      return text(name).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    } catch (DateTimeParseException e) {
      problems.add(
          "%s is '%s'; write a time with its offset, for instance 2026-01-01T00:00:00Z"
              .formatted(name, given.get(name)));
      return Optional.empty();
    }
  }

  private long number(String name, long usual, long most) {
    try {
      long number = text(name).map(Long::parseLong).orElse(Math.min(usual, most));
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, as too small.
    }
    problems.add(
        "%s is '%s'; write a whole number from 1 to %d".formatted(name, given.get(name), most));
    return usual;
  }
}
