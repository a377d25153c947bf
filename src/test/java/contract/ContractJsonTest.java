package contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import batch.LandedObject;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import run.RunId;
import testing.Iris;
import testing.Resource;

/** The golden files are also those of the Spark job's tests: neither side can change alone. */
class ContractJsonTest {

  private static final JsonMapper PLAIN = new JsonMapper();

  @ParameterizedTest
  @CsvSource({
    "manifest.json, contract.Manifest",
    "job.json, contract.JobDescription",
    "job-minimal.json, contract.JobDescription",
    "job-partitioned.json, contract.JobDescription",
    "job-checked.json, contract.JobDescription",
    "job-forms.json, contract.JobDescription",
    "result-succeeded.json, contract.JobResult",
    "result-partitioned.json, contract.JobResult",
    "result-checked.json, contract.JobResult",
    "result-failed.json, contract.JobResult"
  })
  void a_golden_file_is_read_and_written_unchanged(String file, Class<?> type)
      throws JsonProcessingException {
    String golden = golden(file);

    String written = ContractJson.write(ContractJson.read(golden, type));

    assertThat(PLAIN.readTree(written)).isEqualTo(PLAIN.readTree(golden));
  }

  @Test
  void a_manifest_holds_exactly_the_landed_objects_with_plain_keys_in_their_order() {
    LandedObject first =
        new LandedObject(
            "iris",
            "landing",
            "iris/iris.data",
            "42615765a885ddf54427f12c34a0a070",
            4_551,
            Iris.NOON,
            Iris.NOON);
    LandedObject second =
        new LandedObject(
            "iris",
            "landing",
            "iris/späte lieferung 100%+1.data.gz",
            "9d1a0949c39e66a0cd65240bc0ac9177-3",
            25_165_824,
            Iris.NOON,
            Iris.NOON);

    Manifest manifest = Manifest.of("iris", Iris.RUN, List.of(first, second));

    assertThat(manifest.objects())
        .isEqualTo(ContractJson.read(golden("manifest.json"), Manifest.class).objects());
    assertThat(new RunId(manifest.run())).isEqualTo(Iris.RUN);
  }

  @Test
  void an_object_of_5_tb_keeps_its_size_and_an_ugly_key_its_characters() {
    LandedObject large =
        new LandedObject(
            "iris", "landing", "iris/\"a\\b\"\n😀%2F+", "e", 5L << 40, Iris.NOON, Iris.NOON);
    Manifest manifest = Manifest.of("iris", Iris.RUN, List.of(large));

    assertThat(ContractJson.read(ContractJson.write(manifest), Manifest.class))
        .isEqualTo(manifest)
        .extracting(read -> read.objects().get(0))
        .isEqualTo(
            new Manifest.Entry("s3://landing/iris/\"a\\b\"\n😀%2F+", "e", 5_497_558_138_880L));
  }

  @Test
  void the_job_description_of_iris_is_the_golden_one_member_by_member() {
    JobDescription job = ContractJson.read(golden("job.json"), JobDescription.class);

    assertThat(job.input().format()).isEqualTo(InputFormat.CSV);
    assertThat(job.input().header()).contains(false);
    assertThat(job.input().columns()).contains(Iris.LANDED_COLUMNS);
    assertThat(job.output().files()).contains(1);
    assertThat(job.output().targetFileBytes()).isEmpty();
    assertThat(job.rejected().maxRatio()).isEqualTo(0.01);
  }

  @Test
  void a_failed_result_says_why_and_a_succeeded_one_has_no_failure() {
    JobResult failed = ContractJson.read(golden("result-failed.json"), JobResult.class);
    JobResult succeeded = ContractJson.read(golden("result-succeeded.json"), JobResult.class);

    assertThat(failed.failure().map(JobResult.JobFailure::kind))
        .contains(JobResult.FailureCause.DATA);
    assertThat(failed.failure().orElseThrow().objects())
        .containsExactly("s3://landing/iris/iris.data");
    assertThat(succeeded.failure()).isEqualTo(Optional.empty());
    assertThat(succeeded.rows()).isEqualTo(new JobResult.Rows(151, 3, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "manifest.json, '', surprise, contract.Manifest",
    "manifest.json, /objects/0, objects[0].surprise, contract.Manifest",
    "job.json, /output, output.surprise, contract.JobDescription",
    "result-succeeded.json, /rows, rows.surprise, contract.JobResult",
    "result-succeeded.json, /files/0, files[0].surprise, contract.JobResult"
  })
  void an_unknown_member_is_refused_by_name(String file, String parent, String name, Class<?> type)
      throws JsonProcessingException {
    JsonNode root = PLAIN.readTree(golden(file));
    ((ObjectNode) root.at(parent)).put("surprise", 1);

    assertThatThrownBy(() -> ContractJson.read(root.toString(), type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read %s: unknown member %s", type.getSimpleName(), name);
  }

  @ParameterizedTest
  @CsvSource({
    "manifest.json, contract.Manifest, manifest",
    "job.json, contract.JobDescription, job description",
    "result-succeeded.json, contract.JobResult, result"
  })
  void another_version_is_refused(String file, Class<?> type, String words) {
    String later = golden(file).replace("\"version\": 1", "\"version\": 2");

    assertThatThrownBy(() -> ContractJson.read(later, type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read a %s of version 2: this service understands version 1", words);
  }

  @ParameterizedTest
  @CsvSource({
    "manifest.json, '', version, contract.Manifest",
    "manifest.json, '', pipeline, contract.Manifest",
    "manifest.json, '', run, contract.Manifest",
    "manifest.json, '', objects, contract.Manifest",
    "manifest.json, /objects/0, uri, contract.Manifest",
    "manifest.json, /objects/0, etag, contract.Manifest",
    "manifest.json, /objects/0, size, contract.Manifest",
    "result-succeeded.json, '', version, contract.JobResult",
    "result-succeeded.json, '', pipeline, contract.JobResult",
    "result-succeeded.json, '', run, contract.JobResult",
    "result-succeeded.json, '', attempt, contract.JobResult",
    "result-succeeded.json, '', status, contract.JobResult",
    "result-succeeded.json, '', rows, contract.JobResult",
    "result-succeeded.json, '', schema, contract.JobResult",
    "result-succeeded.json, '', files, contract.JobResult",
    "result-succeeded.json, '', rejects, contract.JobResult",
    "result-succeeded.json, /rows, read, contract.JobResult",
    "result-succeeded.json, /rows, written, contract.JobResult",
    "result-succeeded.json, /rows, rejected, contract.JobResult",
    "result-succeeded.json, /schema/0, name, contract.JobResult",
    "result-succeeded.json, /schema/0, type, contract.JobResult",
    "result-succeeded.json, /files/0, uri, contract.JobResult",
    "result-checked.json, /checks/0, name, contract.JobResult",
    "result-checked.json, /checks/0, severity, contract.JobResult",
    "result-checked.json, /checks/0, violations, contract.JobResult",
    "result-checked.json, /checks/0, firstRows, contract.JobResult",
    "result-checked.json, /skipped/0, uri, contract.JobResult",
    "result-checked.json, /skipped/0, reason, contract.JobResult",
    "result-succeeded.json, /files/0, size, contract.JobResult",
    "result-succeeded.json, /files/0, rows, contract.JobResult",
    "result-failed.json, /failure, kind, contract.JobResult",
    "result-failed.json, /failure, message, contract.JobResult",
    "result-failed.json, /failure, objects, contract.JobResult"
  })
  void a_missing_member_is_refused_by_name(String file, String parent, String name, Class<?> type)
      throws JsonProcessingException {
    JsonNode root = PLAIN.readTree(golden(file));
    ((ObjectNode) root.at(parent)).remove(name);

    assertThatThrownBy(() -> ContractJson.read(root.toString(), type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read ")
        .hasMessageContaining(name)
        .hasMessageNotContaining("Cannot construct instance");
  }

  @Test
  void a_success_with_a_failure_and_a_failure_without_one_are_refused()
      throws JsonProcessingException {
    ObjectNode failed = (ObjectNode) PLAIN.readTree(golden("result-failed.json"));
    ObjectNode withoutFailure = failed.deepCopy().without("failure");
    ObjectNode asSuccess = failed.deepCopy().put("status", "SUCCEEDED");

    assertThatThrownBy(() -> ContractJson.read(withoutFailure.toString(), JobResult.class))
        .hasMessageContaining("Cannot read a result that is FAILED and tells of no failure");
    assertThatThrownBy(() -> ContractJson.read(asSuccess.toString(), JobResult.class))
        .hasMessageContaining("Cannot read a result that is SUCCEEDED and tells of a failure");
  }

  @Test
  void half_a_file_and_a_file_with_more_behind_it_are_refused() {
    String golden = golden("manifest.json");

    assertThatThrownBy(
            () -> ContractJson.read(golden.substring(0, golden.length() / 2), Manifest.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ContractJson.read(golden + "{}", Manifest.class))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ContractJson.read("", Manifest.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot read Manifest: ");
  }

  private static String golden(String file) {
    return Resource.text("contract/" + file);
  }
}
