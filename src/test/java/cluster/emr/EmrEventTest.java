package cluster.emr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.Resource;

class EmrEventTest {

  private static final String CLUSTER = Resource.text("cluster/event-cluster.json");
  private static final String STEP = Resource.text("cluster/event-step.json");

  @Test
  void the_documented_events_of_clusters_and_steps_are_read() {
    assertThat(EmrEvent.read(CLUSTER))
        .contains(new EmrEvent("EMR Cluster State Change", "j-123456789ABCD"));
    assertThat(EmrEvent.read(STEP))
        .contains(new EmrEvent("EMR Step Status Change", "j-123456789ABCD"));
  }

  @Test
  void what_is_beside_does_not_matter() {
    assertThat(
            EmrEvent.read(
                CLUSTER.replace("\"resources\"", "\"more\": {\"a\": [1]}, \"resources\"")))
        .isPresent();
    assertThat(EmrEvent.read(CLUSTER.replace("TERMINATED", "A_STATE_OF_TOMORROW"))).isPresent();
  }

  @Test
  void an_event_of_another_source_or_type_is_none() {
    assertThat(EmrEvent.read(CLUSTER.replace("aws.emr", "aws.emr-serverless"))).isEmpty();
    assertThat(EmrEvent.read(CLUSTER.replace("EMR Cluster State", "EMR Instance Group State")))
        .isEmpty();
    assertThat(EmrEvent.read(CLUSTER.replace("clusterId", "applicationId"))).isEmpty();
    assertThat(EmrEvent.read(CLUSTER.replace("\"j-123456789ABCD\"", "17"))).isEmpty();
    assertThat(EmrEvent.read(CLUSTER.replace("\"detail\"", "\"details\""))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "hello",
        "null",
        "17",
        "[]",
        "{}",
        "{\"source\": {\"aws.emr\": 1}}",
        "{\"source\": \"aws.emr\"",
        "{\"Type\": \"Notification\", \"Message\": \"{}\"}"
      })
  void anything_else_is_none(String message) {
    assertThat(EmrEvent.read(message)).isEmpty();
  }

  @Test
  void a_message_that_is_nested_to_no_end_is_none() {
    assertThat(EmrEvent.read("[".repeat(200_000))).isEmpty();
  }
}
