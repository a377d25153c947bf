package configuration;

import contract.Column;
import contract.Inference;
import contract.InputFormat;
import contract.JobDescription.Forms;
import contract.MixedSchemas;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pipeline.Columns;
import pipeline.Pipeline;
import pipeline.Pipeline.Input;

/** Reads what a pipeline's objects look like, and refuses what does not fit their format. */
final class InputReader {

  private static final Map<String, InputFormat> FORMATS =
      Map.of(
          "csv", InputFormat.CSV,
          "json-lines", InputFormat.JSON_LINES,
          "json", InputFormat.JSON,
          "parquet", InputFormat.PARQUET);

  private static final Map<String, String> ENCODINGS =
      Stream.of("UTF-8", "ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "UTF-16BE")
          .collect(Collectors.toMap(Function.identity(), Function.identity()));

  /** A moment whose parts all differ. */
  private static final ZonedDateTime SAMPLE =
      ZonedDateTime.of(2026, 11, 22, 10, 34, 56, 0, ZoneOffset.UTC);

  private final Properties properties;

  InputReader(Properties properties) {
    this.properties = properties;
  }

  Input read() {
    InputFormat format = properties.oneOf("input.format", FORMATS).orElse(InputFormat.CSV);
    Input input =
        new Input(
            format,
            properties.oneOf("input.header", Map.of("true", true, "false", false)),
            character("input.delimiter"),
            character("input.quote"),
            character("input.escape"),
            properties.parsed("input.columns", Columns::parse),
            properties.oneOf(
                "input.infer", Map.of("types", Inference.TYPES, "none", Inference.NONE)),
            properties.oneOf(
                "input.on-mixed-schemas",
                Map.of("fail", MixedSchemas.FAIL, "merge", MixedSchemas.MERGE)),
            forms(),
            properties.parsed("input.max-rejected-ratio", InputReader::ratio).orElse(0.0));
    checkFormat(input);
    checkColumns(input);
    checkMixedSchemas(input);
    return input;
  }

  private Optional<Forms> forms() {
    Forms forms =
        new Forms(
            properties.oneOf("input.encoding", ENCODINGS),
            properties.parsed("input.null-values", InputReader::texts),
            properties.parsed("input.date-format", InputReader::datePattern),
            properties.parsed("input.timestamp-format", InputReader::timestampPattern),
            properties.parsed("input.time-zone", InputReader::zone));
    return forms.isEmpty() ? Optional.empty() : Optional.of(forms);
  }

  private void checkFormat(Input input) {
    boolean hasCsvSettings =
        input.header().isPresent()
            || input.delimiter().isPresent()
            || input.quote().isPresent()
            || input.escape().isPresent();
    if (input.format() != InputFormat.CSV && hasCsvSettings) {
      properties.problem(
          "input.format",
          "is not csv; take away input.header, input.delimiter, input.quote and input.escape");
    }
    if (input.format() != InputFormat.CSV && input.forms().flatMap(Forms::nullValues).isPresent()) {
      properties.problem("input.null-values", "is for csv; the other formats have a null");
    }
    if (input.format() == InputFormat.PARQUET && input.forms().isPresent()) {
      properties.problem(
          "input.format",
          "is parquet, whose values are no texts; take away input.encoding, input.null-values, input.date-format, input.timestamp-format and input.time-zone");
    }
  }

  /**
   * Refuses CSV without declared columns and without a declaration of its first line: a header
   * would become data.
   */
  void refuseUnknownHeader(Pipeline pipeline) {
    Input input = pipeline.input();
    boolean isUnknown =
        properties.raw("input.columns").isEmpty() && properties.raw("input.header").isEmpty();
    if (input.format() == InputFormat.CSV && isUnknown && !pipeline.steps().areOwn()) {
      properties.problem(
          "input.header",
          "is not set; write true where the first line of each object names the columns, or false where it is data, or declare the columns with input.columns");
    }
  }

  private void checkColumns(Input input) {
    if (input.infer().isPresent() && input.columns().isPresent()) {
      properties.problem("input.infer", "is for columns that input.columns does not declare");
    }
    if (input.infer().isPresent() && input.format() == InputFormat.PARQUET) {
      properties.problem("input.infer", "is for csv and json; Parquet says its types itself");
    }
    for (Column column : input.columns().orElse(List.of())) {
      if (input.format() == InputFormat.CSV && column.type().contains("<")) {
        properties.problem(
            "input.columns",
            "has the column '%s' of type %s, which CSV cannot hold; declare it string, and read it in transform.sql (from_json)"
                .formatted(column.name(), column.type()));
      }
    }
  }

  private void checkMixedSchemas(Input input) {
    Optional<MixedSchemas> mixed = input.mixedSchemas();
    if (input.format() == InputFormat.CSV
        && mixed.equals(Optional.of(MixedSchemas.MERGE))
        && !input.header().orElse(false)) {
      properties.problem(
          "input.on-mixed-schemas", "is merge, and without input.header=true CSV has no names");
    }
    boolean isJson = input.format() == InputFormat.JSON || input.format() == InputFormat.JSON_LINES;
    if (isJson && mixed.equals(Optional.of(MixedSchemas.FAIL))) {
      properties.problem(
          "input.on-mixed-schemas",
          "is fail, but JSON names the columns in every row, so rows may differ; take it away");
    }
  }

  private Optional<String> character(String property) {
    return properties
        .raw(property)
        .map(written -> written.equals("\\t") ? "\t" : written)
        .filter(
            written -> {
              if (written.length() != 1) {
                properties.problem(
                    property, "is '%s'; write one character, or \\t".formatted(written));
              }
              return written.length() == 1;
            });
  }

  private static List<String> texts(String written) {
    List<String> texts = Stream.of(written.split(",", -1)).map(String::strip).toList();
    if (texts.contains("") || texts.stream().distinct().count() < texts.size()) {
      throw new IllegalArgumentException(
          "is '%s'; write different texts with commas between them, for instance NULL, NA"
              .formatted(written));
    }
    return texts;
  }

  private static String datePattern(String pattern) {
    return checked(pattern, "dd.MM.yyyy", "day, month and year");
  }

  private static String timestampPattern(String pattern) {
    checked(pattern, "dd.MM.yyyy HH:mm:ss", "day, month and year");
    if (formatter(pattern, "").parse(written(pattern)).query(TemporalQueries.localTime()) == null) {
      throw wrong(pattern, "dd.MM.yyyy HH:mm:ss", "it has no time of the day");
    }
    return pattern;
  }

  /** A pattern must reproduce a day that is written with it. */
  private static String checked(String pattern, String example, String parts) {
    DateTimeFormatter formatter = formatter(pattern, example);
    LocalDate day;
    try {
      day = formatter.parse(written(pattern)).query(TemporalQueries.localDate());
    } catch (DateTimeException e) {
      throw wrong(pattern, example, e.getMessage());
    }
    if (!SAMPLE.toLocalDate().equals(day)) {
      throw wrong(pattern, example, "it does not contain " + parts);
    }
    return pattern;
  }

  private static String written(String pattern) {
    return formatter(pattern, "").format(SAMPLE);
  }

  private static DateTimeFormatter formatter(String pattern, String example) {
    try {
      return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    } catch (IllegalArgumentException e) {
      throw wrong(pattern, example, e.getMessage());
    }
  }

  private static IllegalArgumentException wrong(String pattern, String example, String why) {
    return new IllegalArgumentException(
        "is '%s': %s; write a pattern of java.time, for instance %s"
            .formatted(pattern, why, example));
  }

  private static String zone(String written) {
    try {
      return ZoneId.of(written).getId();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "is '%s'; write a time zone such as UTC, Europe/Berlin or +02:00".formatted(written), e);
    }
  }

  private static double ratio(String written) {
    if (!written.matches("0(\\.[0-9]+)?|1(\\.0+)?")) {
      throw new IllegalArgumentException(
          "is '%s'; write a ratio from 0 to 1, for instance 0.01".formatted(written));
    }
    return Double.parseDouble(written);
  }
}
