package sparkjob.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three documents, against the files that the service's tests use too. */
class ContractTest {
  private static final Path GOLDEN = Path.of("..", "src", "test", "resources", "contract");
  private static final Result.Of IRIS = new Result.Of("iris", "r-20261122T132500-7f3a00", 1);

  @Test
  void the_golden_manifest_is_understood() throws IOException {
    assertThat(Manifest.parse("s3://m", golden("manifest.json")))
        .isEqualTo(
            new Manifest(
                "iris",
                "r-20261122T132500-7f3a00",
                List.of(
                    new Manifest.LandedObject(
                        "s3://landing/iris/iris.data", "42615765a885ddf54427f12c34a0a070", 4551),
                    new Manifest.LandedObject(
                        "s3://landing/iris/späte lieferung 100%+1.data.gz",
                        "9d1a0949c39e66a0cd65240bc0ac9177-3", 25165824))));
  }

  @Test
  void the_golden_job_description_is_understood() throws IOException {
    String attempt = "iris/run=r-20261122T132500-7f3a00/attempt=1/";

    assertThat(JobDescription.parse("s3://j", golden("job.json")))
        .isEqualTo(
            new JobDescription(
                "iris",
                "r-20261122T132500-7f3a00",
                1,
                new JobDescription.Input(
                    JobDescription.Format.CSV,
                    new CsvSyntax(false, (byte) ',', (byte) '"', (byte) '"'),
                    List.of(
                        new JobDescription.Column("SEPAL_LENGTH", "double"),
                        new JobDescription.Column("SEPAL_WIDTH", "double"),
                        new JobDescription.Column("PETAL_LENGTH", "double"),
                        new JobDescription.Column("PETAL_WIDTH", "double"),
                        new JobDescription.Column("CLASS_NAME", "string")),
                    Inference.TYPES,
                    MixedSchemas.FAIL,
                    ValueForms.DEFAULT),
                Optional.of(
                    new JobDescription.Transform(
                        List.of(),
                        new JobDescription.WrittenSql(
                            "SELECT CLASS_NAME, COUNT(*) AS FLOWERS FROM landed GROUP BY CLASS_NAME"))),
                List.of(),
                new JobDescription.Output(
                    "s3://curated/" + attempt, new JobDescription.ExactFiles(1), List.of()),
                new JobDescription.Rejected("s3://curated/_work/" + attempt + "rejected/", 0.01),
                "s3://curated/_work/" + attempt + "result.json"));
  }

  @Test
  void the_golden_job_description_with_forms_is_understood() throws IOException {
    JobDescription.Input input = JobDescription.parse("s3://j", golden("job-forms.json")).input();

    assertThat(input.mixedSchemas()).isEqualTo(MixedSchemas.MERGE);
    assertThat(input.forms())
        .isEqualTo(
            new ValueForms(
                "windows-1252",
                List.of("NULL", "\\N"),
                "dd.MM.yyyy",
                "dd.MM.yyyy HH:mm",
                ZoneId.of("Europe/Berlin")));
  }

  @Test
  void absent_members_of_the_minimal_job_description_have_their_defaults() throws IOException {
    JobDescription job = JobDescription.parse("s3://j", golden("job-minimal.json"));

    assertThat(job.input())
        .isEqualTo(
            new JobDescription.Input(
                JobDescription.Format.JSON_LINES,
                CsvSyntax.DEFAULT,
                List.of(),
                Inference.NONE,
                MixedSchemas.MERGE,
                ValueForms.DEFAULT));
    assertThat(job.transform()).isEmpty();
    assertThat(job.output().files()).isEqualTo(new JobDescription.FilesOfBytes(134217728));
  }

  @Test
  void a_result_that_succeeded_is_written_as_the_golden_one() throws IOException {
    Result result =
        new Result(
            IRIS,
            Optional.empty(),
            new Result.Rows(151, 3, 1),
            List.of(
                new JobDescription.Column("CLASS_NAME", "string"),
                new JobDescription.Column("FLOWERS", "bigint")),
            List.of(),
            List.of(
                new Result.CuratedFile(
                    "s3://curated/iris/run=r-20261122T132500-7f3a00/attempt=1/part-00000.snappy.parquet",
                    1023,
                    3)),
            rejects(),
            reasons(),
            List.of(),
            List.of(),
            List.of());

    assertThat(tree(result.toJson())).isEqualTo(tree(golden("result-succeeded.json")));
  }

  @Test
  void the_golden_job_description_with_folders_is_understood() throws IOException {
    assertThat(JobDescription.parse("s3://j", golden("job-partitioned.json")).output())
        .isEqualTo(
            new JobDescription.Output(
                "s3://curated/orders/run=r-20261122T132500-7f3c00/attempt=1/",
                new JobDescription.FilesOfBytes(134217728),
                List.of("REGION", "order day")));
  }

  @Test
  void the_golden_job_description_with_views_and_checks_is_understood() throws IOException {
    JobDescription job = JobDescription.parse("s3://j", golden("job-checked.json"));

    assertThat(job.transform())
        .contains(
            new JobDescription.Transform(
                List.of(
                    new JobDescription.View(
                        "cleaned",
                        new JobDescription.WrittenSql("SELECT * FROM landed WHERE ID IS NOT NULL")),
                    new JobDescription.View(
                        "daily", new JobDescription.StoredSql("s3://sql/daily.sql"))),
                new JobDescription.StoredSql("s3://sql/orders 1.sql")));
    assertThat(job.checks())
        .containsExactly(
            new JobDescription.Check(
                "unique-ids",
                new JobDescription.WrittenSql(
                    "SELECT ID FROM curated GROUP BY ID HAVING COUNT(*) > 1"),
                JobDescription.Severity.FAIL,
                5,
                List.of()),
            new JobDescription.Check(
                "emails",
                new JobDescription.StoredSql("s3://sql/emails.sql"),
                JobDescription.Severity.WARN,
                0,
                List.of("EMAIL")));
  }

  @Test
  void a_result_with_checks_is_written_as_the_golden_one() throws IOException {
    Result result =
        new Result(
            new Result.Of("orders", "r-20261122T132500-7f3d00", 1),
            Optional.of(
                JobFailure.data(
                    "checks.unique-ids must find no rows and found 12, the first of them {\"ID\":7}",
                    List.of())),
            new Result.Rows(150, 0, 0),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(
                new Result.Checked(
                    "unique-ids", JobDescription.Severity.FAIL, 12, List.of("{\"ID\":7}")),
                new Result.Checked("emails", JobDescription.Severity.WARN, 0, List.of())),
            List.of(new Result.SqlFile("s3://sql/emails.sql", "SELECT 1 WHERE false")),
            List.of());

    assertThat(tree(result.toJson())).isEqualTo(tree(golden("result-checked.json")));
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
    Result result =
        new Result(
            new Result.Of("orders", "r-20261122T132500-7f3c00", 1),
            Optional.empty(),
            new Result.Rows(3, 3, 0),
            List.of(
                new JobDescription.Column("region", "string"),
                new JobDescription.Column("AMOUNT", "decimal(10,2)"),
                new JobDescription.Column("order day", "date")),
            List.of("region", "order day"),
            List.of(
                new Result.CuratedFile(
                    output + "region=eu/order day=2026-11-22/part-00000.snappy.parquet", 1023, 2),
                new Result.CuratedFile(
                    output
                        + "region=__HIVE_DEFAULT_PARTITION__/order day=2026-11-22/part-00000.snappy.parquet",
                    1001,
                    1)),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(new Stripped(Stripped.MARK, 2, "s3://landing/orders/1.csv")));

    assertThat(tree(result.toJson())).isEqualTo(tree(golden("result-partitioned.json")));
  }

  @Test
  void a_result_that_failed_is_written_as_the_golden_one() throws IOException {
    JobFailure failure =
        JobFailure.data(
            "80 of 150 rows were rejected, a ratio of 0.5333; input.max-rejected-ratio allows 0.01",
            List.of("s3://landing/iris/iris.data"));
    Result result =
        new Result(
            IRIS,
            Optional.of(failure),
            new Result.Rows(150, 0, 80),
            List.of(),
            List.of(),
            List.of(),
            rejects(),
            reasons(),
            List.of(),
            List.of(),
            List.of());

    assertThat(tree(result.toJson())).isEqualTo(tree(golden("result-failed.json")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/version | 2 | version is 2, and this job knows version 1 only",
        "/surprise | 1 | surprise is not a member that this job knows",
        "/input/surprise | 1 | input.surprise is not a member that this job knows",
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
        "/run | null | run is missing",
        "/transform/sql | \"\" | transform.sql must be a text that is not empty, and is \"\"",
      })
  void a_wrong_job_description_is_refused_by_the_name_of_the_member(
      String pointer, String value, String message) throws IOException {
    assertThatIsRefused("job.json", pointer, value, message);
  }

  private static void assertThatIsRefused(String file, String pointer, String value, String message)
      throws IOException {
    JsonNode job = tree(golden(file));
    int slash = pointer.lastIndexOf('/');
    var parent =
        (com.fasterxml.jackson.databind.node.ObjectNode) job.at(pointer.substring(0, slash));
    if (value.equals("null")) {
      parent.remove(pointer.substring(slash + 1));
    } else {
      parent.set(pointer.substring(slash + 1), tree(value));
    }

    assertThatThrownBy(() -> JobDescription.parse("s3://j", job.toString()))
        .isInstanceOf(JobFailure.class)
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

    assertThatThrownBy(() -> Manifest.parse("s3://m", json))
        .isInstanceOf(JobFailure.class)
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

    assertThat(Manifest.parse("s3://m", json).objects()).hasSize(1);
  }

  @Test
  void a_manifest_that_names_an_object_twice_is_refused() {
    String object = "{\"uri\": \"s3://b/k\", \"etag\": \"e\", \"size\": 1}";
    String json =
        "{\"version\": 1, \"pipeline\": \"p\", \"run\": \"r\", \"objects\": [%s, %s]}"
            .formatted(object, object);

    assertThatThrownBy(() -> Manifest.parse("s3://m", json))
        .hasMessage("Cannot read the manifest s3://m: objects[1].uri repeats objects[0].uri");
  }

  private static List<Reject> rejects() {
    return List.of(
        new Reject(
            "s3://landing/iris/iris.data", "5 columns are declared and the line has 2", "5.1,3.5"));
  }

  private static List<RejectReason> reasons() {
    return List.of(
        new RejectReason(
            "5 columns are declared and the line has 2",
            1,
            "s3://landing/iris/iris.data",
            "5 columns are declared and the line has 2"));
  }

  private static String golden(String name) throws IOException {
    return Files.readString(GOLDEN.resolve(name));
  }

  private static JsonNode tree(String json) throws IOException {
    return new ObjectMapper().readTree(json);
  }
}
