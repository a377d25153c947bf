package configuration;

import static configuration.Reading.pipeline;
import static configuration.Reading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import contract.Column;
import contract.Inference;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.Configuration;

/** One pipeline, from its properties. */
class PipelinesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "landing.bucket|s3://x|is 's3://x'; a bucket's name has 3 to 63 lower-case letters, digits, dots and dashes, and no s3://",
        "landing.poll|0s|is '0s'; write at least 1s",
        "landing.poll|soon|is 'soon'; write a duration such as 30s, 5m or 2h",
        "batch.max-objects|0|is '0'; write a whole number of at least 1",
        "batch.max-objects|4294967296|is '4294967296'; write a whole number of at most 2147483647",
        "batch.max-bytes|1 GiB|is '1 GiB'; write a whole number of at least 1",
        "batch.max-wait|-1s|is '-1s'; write at least 0s",
        "input.format|xml|is 'xml'; write one of csv, json, json-lines, parquet",
        "input.header|yes|is 'yes'; write one of false, true",
        "input.delimiter|;;|is ';;'; write one character, or \\t",
        "input.columns|A|cannot be read from 'A'; write NAME type, NAME type, …",
        "input.columns|A int B int|cannot be read from 'A int B int'; write NAME type, NAME type, …",
        "input.columns|A int, A string|names 'A' twice",
        "input.columns|A number|has the type 'number'; write string, int, bigint, double, decimal(p,s), boolean, date, timestamp, timestamp_ntz or binary, or struct<name:type,…>, array<type> or map<string,type> of them",
        "input.on-mixed-schemas|union|is 'union'; write one of fail, merge",
        "input.on-mixed-schemas|merge|is merge, and without input.header=true CSV has no names",
        "input.encoding|latin1|is 'latin1'; write one of ISO-8859-1, UTF-16, UTF-16BE, UTF-16LE, UTF-8, windows-1252",
        "input.null-values|NA,,x|is 'NA,,x'; write different texts with commas between them, for instance NULL, NA",
        "input.date-format|dd.MM|is 'dd.MM': it does not contain day, month and year; write a pattern of java.time, for instance dd.MM.yyyy",
        "input.date-format|yyyy-bb-dd|is 'yyyy-bb-dd': Unknown pattern letter: b; write a pattern of java.time, for instance dd.MM.yyyy",
        "input.timestamp-format|dd.MM.yyyy|is 'dd.MM.yyyy': it has no time of the day; write a pattern of java.time, for instance dd.MM.yyyy HH:mm:ss",
        "input.time-zone|Mars|is 'Mars'; write a time zone such as UTC, Europe/Berlin or +02:00",
        "input.columns|A array<number>|has the type 'number'; write string, int, bigint, double, decimal(p,s), boolean, date, timestamp, timestamp_ntz or binary, or struct<name:type,…>, array<type> or map<string,type> of them",
        "input.columns|A map<int,int>|has the type 'map<int,int>'; write string, int, bigint, double, decimal(p,s), boolean, date, timestamp, timestamp_ntz or binary, or struct<name:type,…>, array<type> or map<string,type> of them",
        "input.columns|A struct<a int>|has the type 'struct<a'; write string, int, bigint, double, decimal(p,s), boolean, date, timestamp, timestamp_ntz or binary, or struct<name:type,…>, array<type> or map<string,type> of them",
        "input.columns|A struct<Name:int,name:int>|has a struct with the members 'Name' and 'name', which some readers of Parquet confuse; declare it string",
        "input.infer|some|is 'some'; write one of none, types",
        "input.infer|none|is for columns that input.columns does not declare",
        "input.columns|A array<int>|has the column 'A' of type array<int>, which CSV cannot hold; declare it string, and read it in transform.sql (from_json)",
        "input.max-rejected-ratio|1.5|is '1.5'; write a ratio from 0 to 1, for instance 0.01",
        "curated.files|0|is '0'; write a whole number of at least 1",
        "curated.files|9999999999|is '9999999999'; write a whole number of at most 2147483647",
        "curated.target-file-bytes|5|is '5'; write a whole number of at least 1048576",
        "curated.prefix|table|is 'table'; it must end with a slash, not begin with one, and not lie below _work/",
        "curated.prefix|/table/|is '/table/'; it must end with a slash, not begin with one, and not lie below _work/",
        "curated.prefix|_work/x/|is '_work/x/'; it must end with a slash, not begin with one, and not lie below _work/",
        "curated.partition-by|a-b|has 'a-b' is not an identifier: write letters, digits, _ and $, or put it in double quotes",
        "curated.partition-by|A, \"a\"|names the column a twice",
        "curated.partition-by|run|names the column RUN, and that is a folder or a column of the service's own; give it another name in transform.sql or in your own steps",
        "cluster.core-count|-1|is '-1'; write a whole number of at least 0",
        "cluster.core-count|9999999999|is '9999999999'; write a whole number of at most 2147483647",
        "cluster.log-uri|logs/|is 'logs/'; write s3://bucket/prefix/",
        "cluster.log-uri|s3:///|is 's3:///'; write s3://bucket/prefix/",
        "cluster.market|cheap|is 'cheap'; write one of on-demand, spot",
        "cluster.market|spot|is spot, but only core nodes are bought so and there is none; set core-count to 1 or more",
        "cluster.start-deadline|0s|is '0s'; write at least 1s",
        "cluster.bootstrap-deadline|5h|is not shorter than cluster.max-age, after which the attempt is ended anyhow",
        "cluster.start-deadline|5h|is not shorter than cluster.max-age, after which the attempt is ended anyhow",
        "cluster.max-attempts|0|is '0'; write a whole number of at least 1",
        "cluster.max-at-once|0|is '0'; write a whole number of at least 1",
        "cluster.tags.\"transient-pipelines:run\"|x|begins with 'transient-pipelines:', by which the service knows its clusters; choose another key",
        "cluster.max-age|4h|is not longer than cluster.step-deadline; a cluster also needs time to start",
        "warehouse.table|my table|is 'my table' is not an identifier: write letters, digits, _ and $, or put it in double quotes"
      })
  void each_violation_is_reported_with_its_property_and_the_way_out(
      String property, String value, String problem) {
    assertThat(problems(Configuration.ofPipeline("x").with("pipelines.x." + property, value)))
        .containsExactly("pipelines.x." + property + " " + problem);
  }

  @Test
  void csv_says_whether_its_first_line_is_data_or_what_its_columns_are() {
    Configuration unknown = Configuration.ofPipeline("x").without("pipelines.x.input.columns");

    assertThat(problems(unknown))
        .containsExactly(
            "pipelines.x.input.header is not set; write true where the first line of each object names the columns, or false where it is data, or declare the columns with input.columns");
    for (String header : List.of("true", "false")) {
      unknown.with("pipelines.x.input.header", header);
      assertThat(pipeline(unknown).input().header()).contains(Boolean.valueOf(header));
    }
    unknown.with("pipelines.x.input.infer", "none");
    assertThat(pipeline(unknown).input().infer()).contains(Inference.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "landing.bucket, name the bucket where objects land",
    "curated.bucket, name the bucket for the curated files",
    "warehouse.database, name the table's database",
    "warehouse.table, name the external table"
  })
  void each_missing_property_is_reported_alone(String property, String wayOut) {
    assertThat(problems(Configuration.ofPipeline("x").without("pipelines.x." + property)))
        .containsExactly("pipelines.x." + property + " is not set; " + wayOut);
  }

  @Test
  void what_is_missing_does_not_make_further_problems() {
    Configuration configuration =
        Configuration.ofPipeline("x")
            .withPipeline("y")
            .with("pipelines.x.landing.poll", "1m")
            .with("pipelines.y.landing.poll", "1m")
            .without("pipelines.x.landing.bucket")
            .without("pipelines.x.curated.bucket")
            .without("pipelines.x.warehouse.database")
            .without("pipelines.x.warehouse.table")
            .without("pipelines.y.warehouse.database")
            .without("pipelines.y.warehouse.table");

    assertThat(problems(configuration)).hasSize(6).allMatch(line -> line.contains("is not set; "));
  }

  @Test
  void a_folder_of_the_prefix_is_not_taken_for_a_partition_columns() {
    Configuration configuration =
        Configuration.ofPipeline("x")
            .with("pipelines.x.curated.prefix", "region=eu/x/")
            .with("pipelines.x.curated.partition-by", "day, region");

    assertThat(problems(configuration))
        .containsExactly(
            "pipelines.x.curated.partition-by names the column REGION, and a folder of curated.prefix 'region=eu/x/' would be taken for its own");
  }

  @ParameterizedTest
  @CsvSource({"x/", "x/landing/", "x", "_work/x/", "_"})
  void curated_files_cannot_land_again(String landing) {
    Configuration configuration =
        Configuration.ofPipeline("x")
            .with("pipelines.x.curated.bucket", "landing")
            .with("pipelines.x.landing.prefix", landing);

    assertThat(problems(configuration))
        .containsExactly(
            "pipelines.x.landing.prefix is '%s' in the bucket of the curated files, which would land again; keep it apart from 'x/' and '_work/'"
                .formatted(landing));
  }

  @Test
  void one_bucket_serves_when_the_prefixes_are_apart() {
    Configuration configuration =
        Configuration.ofPipeline("x")
            .with("pipelines.x.curated.bucket", "landing")
            .with("pipelines.x.landing.prefix", "in/");

    assertThat(pipeline(configuration).landingUri()).isEqualTo("s3://landing/in/");
    assertThat(pipeline(configuration).curatedUri()).isEqualTo("s3://landing/x/");
  }

  @Test
  void a_number_of_files_and_a_size_are_one_too_many() {
    Configuration configuration =
        Configuration.ofPipeline("x")
            .with("pipelines.x.curated.files", "1")
            .with("pipelines.x.curated.target-file-bytes", "1048576");

    assertThat(problems(configuration))
        .containsExactly(
            "pipelines.x.curated.files and curated.target-file-bytes are both set; keep one");
  }

  @Test
  void csv_settings_of_another_format_are_refused() {
    Configuration configuration =
        Configuration.ofPipeline("x")
            .with("pipelines.x.input.format", "parquet")
            .with("pipelines.x.input.delimiter", ";");

    assertThat(problems(configuration))
        .containsExactly(
            "pipelines.x.input.format is not csv; take away input.header, input.delimiter, input.quote and input.escape");
  }

  @Test
  void forms_of_text_go_with_no_parquet_and_null_values_with_csv_only() {
    Configuration parquet =
        Configuration.ofPipeline("x")
            .with("pipelines.x.input.format", "parquet")
            .with("pipelines.x.input.time-zone", "UTC");
    Configuration json =
        Configuration.ofPipeline("x")
            .with("pipelines.x.input.format", "json")
            .with("pipelines.x.input.on-mixed-schemas", "fail")
            .with("pipelines.x.input.null-values", "NA");

    assertThat(problems(parquet))
        .containsExactly(
            "pipelines.x.input.format is parquet, whose values are no texts; take away input.encoding, input.null-values, input.date-format, input.timestamp-format and input.time-zone");
    assertThat(problems(json))
        .containsExactly(
            "pipelines.x.input.null-values is for csv; the other formats have a null",
            "pipelines.x.input.on-mixed-schemas is fail, but JSON names the columns in every row, so rows may differ; take it away");
  }

  @Test
  void columns_may_be_nested() {
    Configuration configuration =
        Configuration.ofPipeline("x")
            .with("pipelines.x.input.format", "json")
            .with(
                "pipelines.x.input.columns",
                "A Array< struct<sku: string, `unit price`:Decimal( 10 , 2 )> >, \"b c\" map<string, array<int>>, D int");

    assertThat(pipeline(configuration).input().columns().orElseThrow())
        .containsExactly(
            new Column("A", "array<struct<sku:string,`unit price`:decimal(10,2)>>"),
            new Column("b c", "map<string,array<int>>"),
            new Column("D", "int"));
  }

  @Test
  void a_delimiter_may_be_white() {
    assertThat(delimiter("\\t")).contains("\t");
    assertThat(delimiter("\t")).contains("\t");
    assertThat(delimiter(" ")).contains(" ");
    assertThat(delimiter("|")).contains("|");
    assertThat(delimiter("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Iris", "-iris", "i_ris", "iris!"})
  void a_pipelines_name_has_a_form(String name) {
    assertThat(problems(Configuration.ofPipeline(name)))
        .anyMatch(
            line ->
                line.equals(
                    "pipelines."
                        + name
                        + " has a name that is not of 1 to 40 lower-case letters, digits and dashes"));
  }

  @Test
  void columns_of_any_length_are_refused_and_not_choked_on() {
    Configuration configuration =
        Configuration.ofPipeline("x")
            .with("pipelines.x.input.columns", "\"" + "a".repeat(100_000) + "\" int");

    assertThat(problems(configuration))
        .singleElement()
        .asString()
        .startsWith("pipelines.x.input.columns has the name 'aaa")
        .endsWith("a', which cannot be a name in Snowflake");
  }

  private static Optional<String> delimiter(String written) {
    return pipeline(Configuration.ofPipeline("x").with("pipelines.x.input.delimiter", written))
        .input()
        .delimiter();
  }
}
