package contract;

import contract.JobDescription.Check;
import contract.JobDescription.Forms;
import contract.JobDescription.Input;
import contract.JobDescription.Location;
import contract.JobDescription.Output;
import contract.JobDescription.Query;
import contract.JobDescription.Rejected;
import contract.JobDescription.Severity;
import contract.JobDescription.Transform;
import contract.JobDescription.View;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a job description member by member, and refuses contradictions. */
final class JobDescriptionReader {

  /** The views that the job creates itself. */
  private static final Set<String> OWN_VIEWS = Set.of("landed", "curated");

  private static final Pattern VIEW = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern CHARACTER = Pattern.compile("[\\x01-\\x7F&&[^\\n\\r]]");

  private static final List<String> ENCODINGS =
      List.of("UTF-8", "ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "UTF-16BE");

  /** The most rows of a check that the result contains. */
  private static final int MOST_SHOWN = 20;

  private final Set<String> columns = new HashSet<>();
  private final Set<String> views = new HashSet<>(OWN_VIEWS);
  private final Set<String> checks = new HashSet<>();

  JobDescription read(Members members) {
    JobDescription job =
        new JobDescription(
            members.version(),
            members.text("pipeline"),
            members.text("run"),
            (int) members.number("attempt", 1, Integer.MAX_VALUE),
            members.object("input", this::input),
            members.optionalObject("transform", this::transform),
            members.objects("checks", this::check),
            members.object("output", JobDescriptionReader::output),
            members.object("rejected", JobDescriptionReader::rejected),
            members.object("result", result -> new Location(result.text("uri"))));
    mustLieApart(members, job);
    return job;
  }

  private Input input(Members members) {
    InputFormat format = members.oneOf("format", InputFormat.class);
    boolean isCsv = format == InputFormat.CSV;
    List<Column> declared = members.objects("columns", this::column);
    Input input =
        new Input(
            format,
            isCsv ? members.flag("header") : Optional.empty(),
            isCsv ? character(members, "delimiter") : Optional.empty(),
            isCsv ? character(members, "quote") : Optional.empty(),
            isCsv ? character(members, "escape") : Optional.empty(),
            Optional.of(declared).filter(list -> !list.isEmpty()),
            infer(members, format),
            mixedSchemas(members, format),
            members.optionalObject("forms", JobDescriptionReader::forms));
    String delimiter = input.delimiter().orElse(",");
    if (delimiter.equals(input.quote().orElse("\""))
        || delimiter.equals(input.escape().orElse("\""))) {
      throw members.refused("input.delimiter must differ from input.quote and input.escape");
    }
    return input;
  }

  private static Optional<String> character(Members members, String name) {
    Optional<String> written = members.optionalText(name);
    written
        .filter(text -> !CHARACTER.matcher(text).matches())
        .ifPresent(
            text -> {
              throw members.refused(
                  name, "must be one ASCII character that ends no line, and is " + text);
            });
    return written;
  }

  private Column column(Members members) {
    Column column = new Column(members.text("name"), members.text("type"));
    if (!columns.add(column.name())) {
      throw members.refused("name", "repeats the column " + column.name());
    }
    return column;
  }

  private static Optional<Inference> infer(Members members, InputFormat format) {
    Optional<Inference> infer = members.optionalOneOf("infer", Inference.class);
    boolean isDeclared = members.has("columns");
    if (infer.isPresent() && (isDeclared || format == InputFormat.PARQUET)) {
      throw members.refused(
          "infer",
          "is set, and the types are known: %s"
              .formatted(isDeclared ? "input.columns has them" : "Parquet has them"));
    }
    return infer;
  }

  private static Optional<MixedSchemas> mixedSchemas(Members members, InputFormat format) {
    Optional<MixedSchemas> mixed = members.optionalOneOf("mixedSchemas", MixedSchemas.class);
    if (format.isJson() && mixed.equals(Optional.of(MixedSchemas.FAIL))) {
      throw members.refused("mixedSchemas", "must be merge: JSON names the columns in every row");
    }
    return mixed;
  }

  private static Forms forms(Members members) {
    Optional<String> encoding = members.optionalText("encoding");
    if (!ENCODINGS.contains(encoding.orElse("UTF-8"))) {
      throw members.refused(
          "encoding", "must be one of %s, and is %s".formatted(ENCODINGS, encoding.get()));
    }
    return new Forms(
        encoding,
        Optional.of(members.texts("nullValues")).filter(texts -> !texts.isEmpty()),
        pattern(members, "dateFormat"),
        pattern(members, "timestampFormat"),
        zone(members));
  }

  private static Optional<String> pattern(Members members, String name) {
    Optional<String> pattern = members.optionalText(name);
    try {
      pattern.ifPresent(text -> new DateTimeFormatterBuilder().appendPattern(text));
    } catch (IllegalArgumentException e) {
      throw members.refused(name, "is %s: %s".formatted(pattern.get(), e.getMessage()));
    }
    return pattern;
  }

  private static Optional<String> zone(Members members) {
    Optional<String> zone = members.optionalText("timeZone");
    try {
      zone.ifPresent(ZoneId::of);
    } catch (DateTimeException e) {
      throw members.refused("timeZone", "is no time zone: " + zone.get());
    }
    return zone;
  }

  private Transform transform(Members members) {
    return oneText(
        members,
        new Transform(
            members.objects("views", this::view),
            members.optionalText("sql"),
            members.optionalText("uri"),
            members.flag("ansi")));
  }

  private View view(Members members) {
    View view =
        new View(members.text("name"), members.optionalText("sql"), members.optionalText("uri"));
    if (!VIEW.matcher(view.name()).matches()) {
      throw members.refused(
          "name", "must be letters, digits and underscores, and is " + view.name());
    }
    if (!views.add(view.name().toLowerCase(Locale.ROOT))) {
      throw members.refused(
          "name", "is %s, and that is another view's name".formatted(view.name()));
    }
    return oneText(members, view);
  }

  private Check check(Members members) {
    Check check =
        new Check(
            members.text("name"),
            members.optionalText("sql"),
            members.optionalText("uri"),
            members.oneOf("severity", Severity.class),
            (int) members.number("show", 0, MOST_SHOWN),
            members.texts("masked"));
    if (!checks.add(check.name())) {
      throw members.refused("name", "repeats the check " + check.name());
    }
    return oneText(members, check);
  }

  private static <T extends Query> T oneText(Members members, T query) {
    if (query.sql().isPresent() == query.uri().isPresent()) {
      throw members.refused(
          "one of %s and %s must be set, not both"
              .formatted(members.name("sql"), members.name("uri")));
    }
    return query;
  }

  private static Output output(Members members) {
    Output output =
        new Output(
            prefix(members),
            members.optionalNumber("files", 1, 1_000_000).map(Long::intValue),
            members.optionalNumber("targetFileBytes", 1, Long.MAX_VALUE),
            members.texts("partitionBy"),
            members.optionalObject("columnNames", ColumnNames::of));
    if (output.files().isPresent() == output.targetFileBytes().isPresent()) {
      throw members.refused("one of output.files and output.targetFileBytes must be set, not both");
    }
    return output;
  }

  private static Rejected rejected(Members members) {
    return new Rejected(prefix(members), members.ratio("maxRatio"));
  }

  private static String prefix(Members members) {
    String uri = members.text("uri");
    if (!uri.endsWith("/")) {
      throw members.refused("uri", "must end with a slash, and is " + uri);
    }
    return uri;
  }

  /**
   * Everything under the output's prefix is deleted and then belongs to the table, so the prefixes
   * must not contain each other.
   */
  private static void mustLieApart(Members members, JobDescription job) {
    String output = job.output().uri();
    String rejected = job.rejected().uri();
    String result = job.result().uri();
    if (rejected.startsWith(output) || output.startsWith(rejected)) {
      throw members.refused("output.uri and rejected.uri must not lie within each other");
    }
    if (result.startsWith(output) || result.startsWith(rejected)) {
      throw members.refused("result.uri must lie neither under output.uri nor under rejected.uri");
    }
  }
}
