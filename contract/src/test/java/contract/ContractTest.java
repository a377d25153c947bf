package contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three files, member by member. */
class ContractTest {

  @Test
  void the_golden_manifest_is_understood() throws IOException {
    assertThat(Manifest.read("the manifest s3://m", Golden.text("manifest.json")))
        .isEqualTo(
            new Manifest(
                1,
                "iris",
                "r-20261122T132500-7f3a00",
                List.of(
                    new Manifest.Entry(
                        "s3://landing/iris/iris.data", "42615765a885ddf54427f12c34a0a070", 4551),
                    new Manifest.Entry(
                        "s3://landing/iris/späte lieferung 100%+1.data.gz",
                        "9d1a0949c39e66a0cd65240bc0ac9177-3", 25165824))));
  }

  @Test
  void the_golden_job_description_is_understood() throws IOException {
    String attempt = "iris/run=r-20261122T132500-7f3a00/attempt=1/";

    assertThat(JobDescription.read("the job description s3://j", Golden.text("job.json")))
        .isEqualTo(
            new JobDescription(
                1,
                "iris",
                "r-20261122T132500-7f3a00",
                1,
                new JobDescription.Input(
                    InputFormat.CSV,
                    Optional.of(false),
                    Optional.of(","),
                    Optional.of("\""),
                    Optional.of("\""),
                    Optional.of(
                        List.of(
                            new Column("SEPAL_LENGTH", "double"),
                            new Column("SEPAL_WIDTH", "double"),
                            new Column("PETAL_LENGTH", "double"),
                            new Column("PETAL_WIDTH", "double"),
                            new Column("CLASS_NAME", "string"))),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty()),
                Optional.of(
                    new JobDescription.Transform(
                        List.of(),
                        Optional.of(
                            "SELECT CLASS_NAME, COUNT(*) AS FLOWERS FROM landed GROUP BY CLASS_NAME"),
                        Optional.empty(),
                        Optional.empty())),
                List.of(),
                new JobDescription.Output(
                    "s3://curated/" + attempt,
                    Optional.of(1),
                    Optional.empty(),
                    List.of(),
                    Optional.empty()),
                new JobDescription.Rejected("s3://curated/_work/" + attempt + "rejected/", 0.01),
                new JobDescription.Location("s3://curated/_work/" + attempt + "result.json")));
  }

  @Test
  void the_golden_job_description_with_forms_is_understood() throws IOException {
    JobDescription.Input input =
        JobDescription.read("the job description s3://j", Golden.text("job-forms.json")).input();

    assertThat(input.mixedSchemas()).contains(MixedSchemas.MERGE);
    assertThat(input.forms())
        .contains(
            new JobDescription.Forms(
                Optional.of("windows-1252"),
                Optional.of(List.of("NULL", "\\N")),
                Optional.of("dd.MM.yyyy"),
                Optional.of("dd.MM.yyyy HH:mm"),
                Optional.of("Europe/Berlin")));
  }

  @Test
  void what_the_minimal_job_description_does_not_say_is_absent() throws IOException {
    JobDescription job =
        JobDescription.read("the job description s3://j", Golden.text("job-minimal.json"));

    assertThat(job.input())
        .isEqualTo(
            new JobDescription.Input(
                InputFormat.JSON_LINES,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Inference.NONE),
                Optional.empty(),
                Optional.empty()));
    assertThat(job.transform()).isEmpty();
    assertThat(job.checks()).isEmpty();
    assertThat(job.output().files()).isEmpty();
    assertThat(job.output().targetFileBytes()).contains(134217728L);
  }

  @Test
  void a_result_that_succeeded_is_written_as_the_golden_one() throws IOException {
    JobResult result =
        new JobResult(
            1,
            "iris",
            "r-20261122T132500-7f3a00",
            1,
            JobResult.Status.SUCCEEDED,
            Optional.empty(),
            new JobResult.Rows(151, 3, 1),
            List.of(new Column("CLASS_NAME", "string"), new Column("FLOWERS", "bigint")),
            List.of(),
            List.of(
                new JobResult.CuratedFile(
                    "s3://curated/iris/run=r-20261122T132500-7f3a00/attempt=1/part-00000.snappy.parquet",
                    1023,
                    3)),
            new JobResult.Details(
                rejects(), reasons(), List.of(), List.of(), List.of(), List.of()));

    assertThat(Golden.tree(ContractJson.write(result)))
        .isEqualTo(Golden.tree(Golden.text("result-succeeded.json")));
  }

  @Test
  void the_golden_job_description_with_folders_is_understood() throws IOException {
    assertThat(
            JobDescription.read("the job description s3://j", Golden.text("job-partitioned.json"))
                .output())
        .isEqualTo(
            new JobDescription.Output(
                "s3://curated/orders/run=r-20261122T132500-7f3c00/attempt=1/",
                Optional.empty(),
                Optional.of(134217728L),
                List.of("REGION", "order day"),
                Optional.of(new ColumnNames(true, 255, List.of("VALUE", "RUN_ID"), "METADATA$"))));
  }

  @Test
  void the_golden_job_description_with_views_and_checks_is_understood() throws IOException {
    JobDescription job =
        JobDescription.read("the job description s3://j", Golden.text("job-checked.json"));

    assertThat(job.transform())
        .contains(
            new JobDescription.Transform(
                List.of(
                    new JobDescription.View(
                        "cleaned",
                        Optional.of("SELECT * FROM landed WHERE ID IS NOT NULL"),
                        Optional.empty()),
                    new JobDescription.View(
                        "daily", Optional.empty(), Optional.of("s3://sql/daily.sql"))),
                Optional.empty(),
                Optional.of("s3://sql/orders 1.sql"),
                Optional.of(false)));
    assertThat(job.checks())
        .containsExactly(
            new JobDescription.Check(
                "unique-ids",
                Optional.of("SELECT ID FROM curated GROUP BY ID HAVING COUNT(*) > 1"),
                Optional.empty(),
                JobDescription.Severity.FAIL,
                5,
                List.of()),
            new JobDescription.Check(
                "emails",
                Optional.empty(),
                Optional.of("s3://sql/emails.sql"),
                JobDescription.Severity.WARN,
                0,
                List.of("EMAIL")));
  }

  @Test
  void a_result_with_checks_is_written_as_the_golden_one() throws IOException {
    JobResult result =
        new JobResult(
            1,
            "orders",
            "r-20261122T132500-7f3d00",
            1,
            JobResult.Status.FAILED,
            Optional.of(
                new JobResult.JobFailure(
                    JobResult.FailureCause.DATA,
                    "checks.unique-ids must find no rows and found 12, the first of them {\"ID\":7}",
                    List.of())),
            new JobResult.Rows(150, 0, 0),
            List.of(),
            List.of(),
            List.of(),
            new JobResult.Details(
                List.of(),
                List.of(),
                List.of(
                    new JobResult.Checked(
                        "unique-ids", JobDescription.Severity.FAIL, 12, List.of("{\"ID\":7}")),
                    new JobResult.Checked("emails", JobDescription.Severity.WARN, 0, List.of())),
                List.of(new JobResult.SqlFile("s3://sql/emails.sql", "SELECT 1 WHERE false")),
                List.of(new JobResult.Skipped("s3://landing/orders/_SUCCESS", "it has no bytes")),
                List.of()));

    assertThat(Golden.tree(ContractJson.write(result)))
        .isEqualTo(Golden.tree(Golden.text("result-checked.json")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/transform/uri | null | one of transform.sql and transform.uri must be set, not both",
        "/transform/views/0/uri | \"s3://a/b\" | one of transform.views[0].sql and transform.views[0].uri must be set, not both",
        "/transform/views/1/name | \"Cleaned\" | transform.views[1].name is Cleaned, and that is another view's name",
        "/transform/views/1/name | \"LANDED\" | transform.views[1].name is LANDED, and that is another view's name",
        "/transform/views/1/name | \"a b\" | transform.views[1].name must be letters, digits and underscores, and is a b",
        "/checks/1/name | \"unique-ids\" | checks[1].name repeats the check unique-ids",
        "/checks/0/severity | \"fail\" | checks[0].severity must be FAIL or WARN, and is fail",
        "/checks/0/show | 21 | checks[0].show must be a whole number, from 0 to 20, and is 21",
      })
  void wrong_views_and_checks_are_refused_by_the_name_of_the_member(
      String pointer, String value, String message) throws IOException {
    assertThatIsRefused("job-checked.json", pointer, value, message);
  }

  @Test
  void a_result_with_folders_is_written_as_the_golden_one() throws IOException {
    String output = "s3://curated/orders/run=r-20261122T132500-7f3c00/attempt=1/";
    JobResult result =
        new JobResult(
            1,
            "orders",
            "r-20261122T132500-7f3c00",
            1,
            JobResult.Status.SUCCEEDED,
            Optional.empty(),
            new JobResult.Rows(3, 3, 0),
            List.of(
                new Column("region", "string"),
                new Column("AMOUNT", "decimal(10,2)"),
                new Column("order day", "date")),
            List.of("region", "order day"),
            List.of(
                new JobResult.CuratedFile(
                    output + "region=eu/order day=2026-11-22/part-00000.snappy.parquet", 1023, 2),
                new JobResult.CuratedFile(
                    output
                        + "region=__HIVE_DEFAULT_PARTITION__/order day=2026-11-22/part-00000.snappy.parquet",
                    1001,
                    1)),
            new JobResult.Details(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(
                    new JobResult.Stripped(
                        JobResult.Stripped.MARK, 2, "s3://landing/orders/1.csv"))));

    assertThat(Golden.tree(ContractJson.write(result)))
        .isEqualTo(Golden.tree(Golden.text("result-partitioned.json")));
  }

  @Test
  void a_result_that_failed_is_written_as_the_golden_one() throws IOException {
    JobResult.JobFailure failure =
        new JobResult.JobFailure(
            JobResult.FailureCause.DATA,
            "80 of 150 rows were rejected, a ratio of 0.5333; input.max-rejected-ratio allows 0.01",
            List.of("s3://landing/iris/iris.data"));
    JobResult result =
        new JobResult(
            1,
            "iris",
            "r-20261122T132500-7f3a00",
            1,
            JobResult.Status.FAILED,
            Optional.of(failure),
            new JobResult.Rows(150, 0, 80),
            List.of(),
            List.of(),
            List.of(),
            new JobResult.Details(
                rejects(), reasons(), List.of(), List.of(), List.of(), List.of()));

    assertThat(Golden.tree(ContractJson.write(result)))
        .isEqualTo(Golden.tree(Golden.text("result-failed.json")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/version | 2 | version is 2, and only version 1 is known",
        "/surprise | 1 | surprise is not a known member",
        "/input/surprise | 1 | input.surprise is not a known member",
        "/input/columns/1/type | null | input.columns[1].type is missing",
        "/input/columns/1/name | \"SEPAL_LENGTH\" | input.columns[1].name repeats the column SEPAL_LENGTH",
        "/input/format | \"xml\" | input.format must be csv, json-lines, json or parquet, and is xml",
        "/input/delimiter | \";;\" | input.delimiter must be one ASCII character that ends no line, and is ;;",
        "/input/columns | [] | input.columns must be a list that is not empty, and is []",
        "/input/mixedSchemas | \"union\" | input.mixedSchemas must be fail or merge, and is union",
        "/input/forms | {\"timeZone\": \"Mars\"} | input.forms.timeZone is no time zone: Mars",
        "/input/forms | {\"dateFormat\": \"bb\"} | input.forms.dateFormat is bb: Unknown pattern letter: b",
        "/attempt | 0 | attempt must be a whole number, from 1 to 2147483647, and is 0",
        "/rejected/maxRatio | 1.5 | rejected.maxRatio must be a number from 0.0 to 1.0, and is 1.5",
        "/output/uri | \"s3://b/a\" | output.uri must end with a slash, and is s3://b/a",
        "/output/targetFileBytes | 5 | one of output.files and output.targetFileBytes must be set, not both",
        "/output/partitionBy | [] | output.partitionBy must be a list that is not empty, and is []",
        "/output/partitionBy | [\"A\", \"A\"] | output.partitionBy must be a list of different texts that are not empty, and is [\"A\",\"A\"]",
        "/output/partitionBy | \"A\" | output.partitionBy must be a list that is not empty, and is \"A\"",
        "/input/quote | \",\" | input.delimiter must differ from input.quote and input.escape",
        "/input/infer | \"types\" | input.infer is set, and the types are known: input.columns has them",
        "/input/forms | {\"encoding\": \"EBCDIC\"} | input.forms.encoding must be one of [UTF-8, ISO-8859-1, windows-1252, UTF-16, UTF-16LE, UTF-16BE], and is EBCDIC",
        "/rejected/uri | \"s3://curated/iris/run=r-20261122T132500-7f3a00/attempt=1/rejected/\" | output.uri and rejected.uri must not lie within each other",
        "/result/uri | \"s3://curated/iris/run=r-20261122T132500-7f3a00/attempt=1/r.json\" | result.uri must lie neither under output.uri nor under rejected.uri",
        "/output/columnNames | {\"longest\": 9, \"reserved\": [\"A\"]} | output.columnNames.reservedPrefix is missing",
        "/run | null | run is missing",
        "/transform/sql | \"\" | transform.sql must be a text that is not empty, and is \"\"",
      })
  void a_wrong_job_description_is_refused_by_the_name_of_the_member(
      String pointer, String value, String message) throws IOException {
    assertThatIsRefused("job.json", pointer, value, message);
  }

  private static void assertThatIsRefused(String file, String pointer, String value, String message)
      throws IOException {
    String job = Golden.edited(file, pointer, value);

    assertThatThrownBy(() -> JobDescription.read("the job description s3://j", job))
        .isInstanceOf(ContractException.class)
        .hasMessage("Cannot read the job description s3://j: " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iris/iris.data",
        "/landing/iris.data",
        "landing",
        "s3:landing/a",
        "s3://",
        "s3://b",
        "s3://b/",
        "s3:///a",
        "://b/a",
        "3s://b/a"
      })
  void a_manifest_whose_object_has_no_address_is_refused(String uri) {
    String json =
        "{\"version\": 1, \"pipeline\": \"p\", \"run\": \"r\", \"objects\": [{\"uri\": \"%s\", \"etag\": \"e\", \"size\": 1}]}"
            .formatted(uri);

    assertThatThrownBy(() -> Manifest.read("the manifest s3://m", json))
        .isInstanceOf(ContractException.class)
        .hasMessage(
            "Cannot read the manifest s3://m: objects[0].uri must be an object's address, for instance s3://bucket/key, and is "
                + uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://b/k",
        "s3a://b/a b/?#[%zz",
        "s3://b/\\n",
        "s3://b//k",
        "file:/tmp/a",
        "file:///a"
      })
  void a_manifest_takes_any_key_below_any_scheme(String uri) {
    String json =
        "{\"version\": 1, \"pipeline\": \"p\", \"run\": \"r\", \"objects\": [{\"uri\": \"%s\", \"etag\": \"e\", \"size\": 1}]}"
            .formatted(uri);

    assertThat(Manifest.read("the manifest s3://m", json).objects()).hasSize(1);
  }

  @Test
  void a_manifest_that_names_an_object_twice_is_refused() {
    String object = "{\"uri\": \"s3://b/k\", \"etag\": \"e\", \"size\": 1}";
    String json =
        "{\"version\": 1, \"pipeline\": \"p\", \"run\": \"r\", \"objects\": [%s, %s]}"
            .formatted(object, object);

    assertThatThrownBy(() -> Manifest.read("the manifest s3://m", json))
        .hasMessage("Cannot read the manifest s3://m: objects[1].uri repeats objects[0].uri");
  }

  private static List<JobResult.Reject> rejects() {
    return List.of(
        new JobResult.Reject(
            "s3://landing/iris/iris.data", "5 columns are declared and the line has 2", "5.1,3.5"));
  }

  private static List<JobResult.RejectReason> reasons() {
    return List.of(
        new JobResult.RejectReason(
            "5 columns are declared and the line has 2",
            1,
            "s3://landing/iris/iris.data",
            "5 columns are declared and the line has 2"));
  }
}
