package contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all three files have in common: they come back as they were, and are read strictly. */
class ContractJsonTest {

  private static final JsonMapper PLAIN = new JsonMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manifest.json",
        "job.json",
        "job-minimal.json",
        "job-partitioned.json",
        "job-checked.json",
        "job-forms.json",
        "result-succeeded.json",
        "result-partitioned.json",
        "result-checked.json",
        "result-failed.json"
      })
  void a_golden_file_is_read_and_written_unchanged(String file) throws IOException {
    String golden = Golden.text(file);

    String written = ContractJson.write(read(file, golden));

    assertThat(PLAIN.readTree(written)).isEqualTo(PLAIN.readTree(golden));
  }

  @Test
  void members_are_written_in_the_order_of_the_contract() throws IOException {
    String golden = PLAIN.readTree(Golden.text("job.json")).toPrettyString();

    assertThat(ContractJson.write(read("job.json", golden))).isEqualTo(golden);
  }

  @Test
  void an_object_of_5_tb_keeps_its_size_and_an_ugly_key_its_characters() {
    Manifest.Entry large =
        new Manifest.Entry("s3://landing/iris/\"a\\b\"\n😀%2F+", "e", 5_497_558_138_880L);
    Manifest manifest = new Manifest(1, "iris", "r-1", List.of(large));

    assertThat(Manifest.read("the manifest", ContractJson.write(manifest))).isEqualTo(manifest);
  }

  @Test
  void a_failed_result_says_why_and_a_succeeded_one_has_no_failure() throws IOException {
    JobResult failed = JobResult.read("the result", Golden.text("result-failed.json"));
    JobResult succeeded = JobResult.read("the result", Golden.text("result-succeeded.json"));

    assertThat(failed.failure().map(JobResult.JobFailure::kind))
        .contains(JobResult.FailureCause.DATA);
    assertThat(failed.failure().orElseThrow().objects())
        .containsExactly("s3://landing/iris/iris.data");
    assertThat(succeeded.failure()).isEqualTo(Optional.empty());
    assertThat(succeeded.rows()).isEqualTo(new JobResult.Rows(151, 3, 1));
  }

  @Test
  void a_member_that_is_null_is_absent() throws IOException {
    ObjectNode result = (ObjectNode) PLAIN.readTree(Golden.text("result-succeeded.json"));
    result.putNull("failure").putNull("partitionBy").putNull("checks");

    assertThat(JobResult.read("the result", result.toString()))
        .isEqualTo(JobResult.read("the result", Golden.text("result-succeeded.json")));
  }

  @ParameterizedTest
  @CsvSource({
    "manifest.json, '', surprise",
    "manifest.json, /objects/0, objects[0].surprise",
    "job.json, /output, output.surprise",
    "result-succeeded.json, /rows, rows.surprise",
    "result-succeeded.json, /files/0, files[0].surprise"
  })
  void an_unknown_member_is_refused_by_name(String file, String parent, String name)
      throws IOException {
    JsonNode root = PLAIN.readTree(Golden.text(file));
    ((ObjectNode) root.at(parent)).put("surprise", 1);

    assertThatThrownBy(() -> read(file, root.toString()))
        .isInstanceOf(ContractException.class)
        .hasMessage("Cannot read %s: %s is not a known member", file, name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest.json", "job.json", "result-succeeded.json"})
  void another_version_is_refused(String file) throws IOException {
    String later =
        Golden.text(file)
            .replace("\"version\": 1", "\"version\": 2, \"member of version 2\": true");

    assertThatThrownBy(() -> read(file, later))
        .isInstanceOf(ContractException.class)
        .hasMessage("Cannot read %s: version is 2, and only version 1 is known", file);
  }

  @ParameterizedTest
  @CsvSource({
    "manifest.json, '', version",
    "manifest.json, '', pipeline",
    "manifest.json, '', run",
    "manifest.json, '', objects",
    "manifest.json, /objects/0, uri",
    "manifest.json, /objects/0, etag",
    "manifest.json, /objects/0, size",
    "result-succeeded.json, '', version",
    "result-succeeded.json, '', pipeline",
    "result-succeeded.json, '', run",
    "result-succeeded.json, '', attempt",
    "result-succeeded.json, '', status",
    "result-succeeded.json, '', rows",
    "result-succeeded.json, '', schema",
    "result-succeeded.json, '', files",
    "result-succeeded.json, '', rejects",
    "result-succeeded.json, /rows, read",
    "result-succeeded.json, /rows, written",
    "result-succeeded.json, /rows, rejected",
    "result-succeeded.json, /schema/0, name",
    "result-succeeded.json, /schema/0, type",
    "result-succeeded.json, /files/0, uri",
    "result-checked.json, /checks/0, name",
    "result-checked.json, /checks/0, severity",
    "result-checked.json, /checks/0, violations",
    "result-checked.json, /checks/0, firstRows",
    "result-checked.json, /skipped/0, uri",
    "result-checked.json, /skipped/0, reason",
    "result-succeeded.json, /files/0, size",
    "result-succeeded.json, /files/0, rows",
    "result-failed.json, /failure, kind",
    "result-failed.json, /failure, message",
    "result-failed.json, /failure, objects"
  })
  void a_missing_member_is_refused_by_name(String file, String parent, String name)
      throws IOException {
    JsonNode root = PLAIN.readTree(Golden.text(file));
    ((ObjectNode) root.at(parent)).remove(name);
    String path = parent.replaceAll("/([0-9]+)", "[$1]").replaceFirst("^/", "");

    assertThatThrownBy(() -> read(file, root.toString()))
        .isInstanceOf(ContractException.class)
        .hasMessage(
            "Cannot read %s: %s%s is missing", file, path.isEmpty() ? "" : path + ".", name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/rows/read | -1 | rows.read must be a whole number, 0 or more, and is -1",
        "/rows/read | \"3\" | rows.read must be a whole number, 0 or more, and is \"3\"",
        "/status | \"GOOD\" | status must be SUCCEEDED or FAILED, and is GOOD",
        "/files | {} | files must be a list, and is {}",
        "/files/0 | 7 | files[0] must be an object, and is 7",
        "/partitionBy | [1] | partitionBy must be a list of texts, and is [1]",
        "/rejects/0/raw | 7 | rejects[0].raw must be a text, and is 7"
      })
  void a_wrong_member_of_a_result_is_refused_by_name(String pointer, String value, String message)
      throws IOException {
    String wrong = Golden.edited("result-succeeded.json", pointer, value);

    assertThatThrownBy(() -> JobResult.read("the result", wrong))
        .isInstanceOf(ContractException.class)
        .hasMessage("Cannot read the result: " + message);
  }

  @Test
  void a_success_with_a_failure_and_a_failure_without_one_are_refused() throws IOException {
    ObjectNode failed = (ObjectNode) PLAIN.readTree(Golden.text("result-failed.json"));
    ObjectNode withoutFailure = failed.deepCopy().without("failure");
    ObjectNode asSuccess = failed.deepCopy().put("status", "SUCCEEDED");

    assertThatThrownBy(() -> JobResult.read("the result", withoutFailure.toString()))
        .hasMessage("Cannot read the result: it is FAILED and has no failure");
    assertThatThrownBy(() -> JobResult.read("the result", asSuccess.toString()))
        .hasMessage("Cannot read the result: it is SUCCEEDED and has a failure");
  }

  @Test
  void half_a_file_and_a_file_with_more_behind_it_are_refused() throws IOException {
    String golden = Golden.text("manifest.json");

    for (String broken :
        List.of(golden.substring(0, golden.length() / 2), golden + "{}", "", "[]", "7")) {
      assertThatThrownBy(() -> Manifest.read("the manifest s3://m", broken))
          .isInstanceOf(ContractException.class)
          .hasMessageStartingWith("Cannot read the manifest s3://m: ");
    }
  }

  @Test
  void a_member_that_is_there_twice_is_refused() throws IOException {
    String twice = Golden.text("manifest.json").replaceFirst("\\{", "{\"run\": \"r-other\",");

    assertThatThrownBy(() -> Manifest.read("the manifest", twice))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining("Duplicate field 'run'");
  }

  private static Object read(String file, String json) {
    if (file.startsWith("manifest")) {
      return Manifest.read(file, json);
    }
    return file.startsWith("job") ? JobDescription.read(file, json) : JobResult.read(file, json);
  }
}
