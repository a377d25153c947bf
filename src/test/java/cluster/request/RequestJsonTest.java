package cluster.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.emr.model.Application;
import software.amazon.awssdk.services.emr.model.Configuration;
import software.amazon.awssdk.services.emr.model.HadoopJarStepConfig;
import software.amazon.awssdk.services.emr.model.KerberosAttributes;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;

class RequestJsonTest {

  @Test
  void secrets_are_not_shown() {
    RunJobFlowRequest request =
        RunJobFlowRequest.builder()
            .kerberosAttributes(
                KerberosAttributes.builder()
                    .realm("EC2.INTERNAL")
                    .kdcAdminPassword("hunter2")
                    .crossRealmTrustPrincipalPassword("hunter2")
                    .adDomainJoinUser("joiner")
                    .adDomainJoinPassword("hunter2")
                    .build())
            .configurations(
                Configuration.builder()
                    .classification("hive-site")
                    .properties(
                        Map.of(
                            "javax.jdo.option.ConnectionPassword", "hunter2",
                            "javax.jdo.option.ConnectionUserName", "hive"))
                    .build())
            .build();

    assertThat(RequestJson.of(request).toString())
        .doesNotContain("hunter2")
        .contains("KdcAdminPassword=(hidden)")
        .contains("Realm=EC2.INTERNAL", "ADDomainJoinUser=joiner")
        .contains("javax.jdo.option.ConnectionPassword=(hidden)")
        .contains("javax.jdo.option.ConnectionUserName=hive");
    assertThat(
            new Template(request, Map.of(), List.of("cluster.*"))
                .withoutSecrets("Value 'hunter2' at 'kdcAdminPassword' of EC2.INTERNAL"))
        .isEqualTo("Value '(hidden)' at 'kdcAdminPassword' of EC2.INTERNAL");
  }

  @Test
  void a_secret_in_an_argument_is_not_shown_and_an_address_is() {
    HadoopJarStepConfig step =
        HadoopJarStepConfig.builder()
            .args(
                "spark.hadoop.fs.s3a.secret.key=hunter2",
                "spark.executor.memory=4g",
                "s3://password-bucket/run=r-1/job.json",
                "=password")
            .build();

    assertThat(RequestJson.of(step))
        .containsEntry(
            "Args",
            List.of(
                "spark.hadoop.fs.s3a.secret.key=(hidden)",
                "spark.executor.memory=4g",
                "s3://password-bucket/run=r-1/job.json",
                "=password"));
  }

  @Test
  void the_secret_behind_an_option_is_not_shown() {
    HadoopJarStepConfig step =
        HadoopJarStepConfig.builder()
            .args("--name", "x", "--api-token", "hunter2", "-u", "kim:hunter2")
            .build();

    assertThat(RequestJson.of(step))
        .containsEntry(
            "Args", List.of("--name", "x", "--api-token", "(hidden)", "-u", "kim:(hidden)"));
    assertThat(RequestJson.secrets(step)).containsExactly("hunter2");
  }

  @Test
  void an_empty_list_that_is_sent_is_shown_and_an_absent_one_is_not() {
    assertThat(RequestJson.of(Application.builder().name("Spark").args(List.of()).build()))
        .isEqualTo(Map.of("Name", "Spark", "Args", List.of()));
    assertThat(RequestJson.of(Application.builder().name("Spark").build()))
        .isEqualTo(Map.of("Name", "Spark"));
  }
}
