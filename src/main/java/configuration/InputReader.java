package configuration;

import contract.Column;
import contract.Inference;
import contract.InputFormat;
import contract.JobDescription.Forms;
import contract.MixedSchemas;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import pipeline.Pipeline;
import pipeline.Pipeline.Input;

/** Reads what a pipeline's objects look like, and refuses what does not fit their format. */
record InputReader(Properties properties) {

  private static final List<String> ENCODINGS =
      List.of("UTF-8", "ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "UTF-16BE");

  /** A moment whose parts all differ. */
  private static final ZonedDateTime SAMPLE =
      ZonedDateTime.of(2026, 11, 22, 10, 34, 56, 0, ZoneOffset.UTC);

  Input read() {
    Input input =
        new Input(
            properties.oneOf("input.format", InputFormat.CSV),
            properties.flag("input.header"),
            character("input.delimiter"),
            character("input.quote"),
            character("input.escape"),
            properties.parsed("input.columns", Columns::parse),
            properties.oneOf("input.infer", Inference.class),
            properties.oneOf("input.on-mixed-schemas", MixedSchemas.class),
            forms(),
            properties
                .matching(
                    "input.max-rejected-ratio",
                    "0(\\.[0-9]+)?|1(\\.0+)?",
                    Double::valueOf,
                    "write a ratio from 0 to 1, for instance 0.01")
                .orElse(0.0));
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
            properties.parsed(
                "input.date-format", written -> pattern(written, "dd.MM.yyyy", false)),
            properties.parsed(
                "input.timestamp-format", written -> pattern(written, "dd.MM.yyyy HH:mm:ss", true)),
            properties.parsed(
                "input.time-zone",
                written -> ZoneId.of(written).getId(),
                "write a time zone such as UTC, Europe/Berlin or +02:00"));
    return forms.isEmpty() ? Optional.empty() : Optional.of(forms);
  }

  private void checkFormat(Input input) {
    boolean hasCsvSettings =
        input.header().isPresent()
            || input.delimiter().isPresent()
            || input.quote().isPresent()
            || input.escape().isPresent();
    boolean isCsv = input.format() == InputFormat.CSV;
    properties.refuse(
        !isCsv && hasCsvSettings,
        "input.format",
        "is not csv; take away input.header, input.delimiter, input.quote and input.escape");
    properties.refuse(
        !isCsv && input.forms().flatMap(Forms::nullValues).isPresent(),
        "input.null-values",
        "is for csv; the other formats have a null");
    properties.refuse(
        input.format() == InputFormat.PARQUET && input.forms().isPresent(),
        "input.format",
        "is parquet, whose values are no texts; take away input.encoding, input.null-values, input.date-format, input.timestamp-format and input.time-zone");
  }

  /**
   * Refuses CSV without declared columns and without a declaration of its first line: a header
   * would become data.
   */
  void refuseUnknownHeader(Pipeline pipeline) {
    boolean isUnknown =
        properties.raw("input.columns").isEmpty() && properties.raw("input.header").isEmpty();
    properties.refuse(
        pipeline.input().format() == InputFormat.CSV && isUnknown && !pipeline.steps().areOwn(),
        "input.header",
        "is not set; write true where the first line of each object names the columns, or false where it is data, or declare the columns with input.columns");
  }

  private void checkColumns(Input input) {
    boolean infers = input.infer().isPresent();
    properties.refuse(
        infers && input.columns().isPresent(),
        "input.infer",
        "is for columns that input.columns does not declare");
    properties.refuse(
        infers && input.format() == InputFormat.PARQUET,
        "input.infer",
        "is for csv and json; Parquet says its types itself");
    for (Column column : input.columns().orElse(List.of())) {
      properties.refuse(
          input.format() == InputFormat.CSV && column.type().contains("<"),
          "input.columns",
          "has the column '%s' of type %s, which CSV cannot hold; declare it string, and read it in transform.sql (from_json)"
              .formatted(column.name(), column.type()));
    }
  }

  private void checkMixedSchemas(Input input) {
    Optional<MixedSchemas> mixed = input.mixedSchemas();
    properties.refuse(
        input.format() == InputFormat.CSV
            && mixed.equals(Optional.of(MixedSchemas.MERGE))
            && !input.header().orElse(false),
        "input.on-mixed-schemas",
        "is merge, and without input.header=true CSV has no names");
    boolean isJson = input.format() == InputFormat.JSON || input.format() == InputFormat.JSON_LINES;
    properties.refuse(
        isJson && mixed.equals(Optional.of(MixedSchemas.FAIL)),
        "input.on-mixed-schemas",
        "is fail, but JSON names the columns in every row, so rows may differ; take it away");
  }

  private Optional<String> character(String property) {
    Optional<String> character =
        properties.raw(property).map(written -> written.equals("\\t") ? "\t" : written);
    properties.refuse(
        character.filter(written -> written.length() != 1).isPresent(),
        property,
        "is '%s'; write one character, or \\t".formatted(character.orElse("")));
    return character.filter(written -> written.length() == 1);
  }

  private static List<String> texts(String written) {
    List<String> texts = Stream.of(written.split(",", -1)).map(String::strip).toList();
    if (texts.contains("") || texts.stream().distinct().count() < texts.size()) {
      throw Properties.wrong(
          written, "write different texts with commas between them, for instance NULL, NA");
    }
    return texts;
  }

  /** A pattern must give back a moment's day that is written with it, and a time where needed. */
  private static String pattern(String pattern, String example, boolean hasTime) {
    TemporalAccessor read;
    try {
      DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
      read = formatter.parse(formatter.format(SAMPLE));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw wrong(pattern, example, e.getMessage());
    }
    if (!SAMPLE.toLocalDate().equals(read.query(TemporalQueries.localDate()))) {
      throw wrong(pattern, example, "it does not contain day, month and year");
    }
    if (hasTime && read.query(TemporalQueries.localTime()) == null) {
      throw wrong(pattern, example, "it has no time of the day");
    }
    return pattern;
  }

  private static IllegalArgumentException wrong(String pattern, String example, String why) {
    return new IllegalArgumentException(
        "is '%s': %s; write a pattern of java.time, for instance %s"
            .formatted(pattern, why, example));
  }
}
