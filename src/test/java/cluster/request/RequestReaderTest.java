package cluster.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;

class RequestReaderTest {

  private final List<String> problems = new ArrayList<>();
  private final RequestReader reader = new RequestReader(problems);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'ReleaseLable':'x'}|ReleaseLable|did you mean ReleaseLabel?",
        "{'name':'x'}|name|did you mean Name?",
        "{'Instances':{'InstanceGroups':[{},{'InstanceTyp':'x'}]}}|Instances.InstanceGroups[1].InstanceTyp|did you mean InstanceType?",
        "{'Configurations':[{'Configurations':[{'Property':{}}]}]}|Configurations[0].Configurations[0].Property|did you mean Properties?",
        "{'Instances':{'Placement':{'Colour':'red'}}}|Instances.Placement.Colour|here it knows AvailabilityZone, AvailabilityZones"
      })
  void a_member_that_does_not_exist_is_refused_by_its_path(
      String json, String path, String wayOut) {
    read(json);

    assertThat(problems)
        .containsExactly(path + " is not a member that RunJobFlow knows; " + wayOut);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'ReleaseLabel':7.13}|ReleaseLabel|a text",
        "{'EbsRootVolumeSize':'64'}|EbsRootVolumeSize|a whole number of 32 bits",
        "{'EbsRootVolumeSize':64.5}|EbsRootVolumeSize|a whole number of 32 bits",
        "{'EbsRootVolumeSize':4294967296}|EbsRootVolumeSize|a whole number of 32 bits",
        "{'AutoTerminationPolicy':{'IdleTimeout':true}}|AutoTerminationPolicy.IdleTimeout|a whole number of 64 bits",
        "{'Instances':{'InstanceFleets':[{'InstanceTypeConfigs':[{'Priority':'high'}]}]}}|Instances.InstanceFleets[0].InstanceTypeConfigs[0].Priority|a number",
        "{'VisibleToAllUsers':'yes'}|VisibleToAllUsers|true or false",
        "{'Instances':[]}|Instances|an object",
        "{'Tags':{'a':'b'}}|Tags|a list",
        "{'Tags':[null]}|Tags[0]|an object",
        "{'Configurations':[{'Properties':{'spark.executor.cores':2}}]}|Configurations[0].Properties[\"spark.executor.cores\"]|a text",
        "{'Configurations':[{'Properties':[]}]}|Configurations[0].Properties|an object",
        "{'Instances':{'Ec2SubnetIds':['a',5]}}|Instances.Ec2SubnetIds[1]|a text"
      })
  void a_value_of_another_type_is_refused_by_its_path(String json, String path, String text) {
    read(json);

    assertThat(problems).containsExactly("%s is not %s".formatted(path, text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'Name':'x',}|is no JSON at line 1, column 13",
        "{'Name':'x'|is no JSON at line 1, column 12",
        "{} {}|is no JSON at line 1, column 4",
        "{'KerberosAttributes':{'KdcAdminPassword':hunter2}}|is no JSON at line 1, column 50",
        "{'Tags':[],'Tags':[]}|has a member twice in one object at line 1, column 19",
        "[]|is not an object",
        "5|is not an object"
      })
  void what_is_no_json_object_is_refused_as_a_whole(String json, String text) {
    read(json);

    assertThat(problems).containsExactly(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void an_empty_file_is_refused(String text) {
    reader.read(text);

    assertThat(problems).containsExactly("is not an object");
  }

  @Test
  void everything_that_does_not_fit_is_told_at_once_and_the_rest_is_read() {
    RunJobFlowRequest request =
        read(
            "{'Nam':'x','EbsRootVolumeSize':'big','ReleaseLabel':'emr-7.13.0','Tags':[{'Kee':1}]}");

    assertThat(problems)
        .extracting(problem -> problem.replaceAll(" .*", ""))
        .containsExactly("Nam", "EbsRootVolumeSize", "Tags[0].Kee");
    assertThat(request.releaseLabel()).isEqualTo("emr-7.13.0");
  }

  @Test
  void a_member_that_is_null_is_absent_as_for_the_api() {
    RunJobFlowRequest request = read("{'Name':null,'Instances':{'Placement':null}}");

    assertThat(problems).isEmpty();
    assertThat(request.name()).isNull();
    assertThat(request.instances().placement()).isNull();
  }

  private RunJobFlowRequest read(String json) {
    return reader.read(json.replace('\'', '"'));
  }
}
