package kills;

import static org.assertj.core.api.Assertions.assertThat;

import localcloud.faults.Call;
import localcloud.faults.Service;
import org.junit.jupiter.api.Test;

class CallKindTest {

  private static final String RUN = "r-20261124T232221-f3dd36";
  private static final String OTHER_RUN = "r-20261124T232301-0a1b2c";

  @Test
  void the_same_call_of_another_run_is_of_the_same_kind() {
    CallKind kind = CallKind.of(manifest("lane00", RUN), "lane00");

    assertThat(CallKind.of(manifest("lane07", OTHER_RUN), "lane07")).isEqualTo(kind);
    assertThat(kind.isOf(manifest("lane07", OTHER_RUN), "lane07")).isTrue();
  }

  @Test
  void a_call_of_another_lane_or_with_something_before_or_behind_it_is_not_matched() {
    CallKind kind = CallKind.of(manifest("lane00", RUN), "lane00");

    assertThat(kind.isOf(manifest("lane08", OTHER_RUN), "lane07")).isFalse();
    assertThat(kind.isOf(s3("PutObject", "curated-lane07/_work/lane07/x"), "lane07")).isFalse();
    assertThat(
            kind.isOf(
                s3("PutObject", manifest("lane07", OTHER_RUN).detail() + ".backup"), "lane07"))
        .isFalse();
    assertThat(kind.isOf(s3("GetObject", manifest("lane07", OTHER_RUN).detail()), "lane07"))
        .isFalse();
  }

  @Test
  void sql_is_matched_letter_by_letter_although_the_lane_is_in_upper_case() {
    String sql =
        "SELECT COUNT(*) AS \"N\"\nFROM \"LANE00\".\"C\".\"F\" WHERE \"R\" = '" + RUN + "'";
    CallKind kind = CallKind.of(query(sql), "lane00");

    assertThat(kind.tellsItsLane()).isTrue();
    assertThat(kind.isOf(query(sql.replace("LANE00", "LANE11").replace(RUN, OTHER_RUN)), "lane11"))
        .isTrue();
    assertThat(kind.isOf(query(sql.replace("COUNT(*)", "COUNT(1)")), "lane00")).isFalse();
  }

  @Test
  void a_table_of_another_definition_is_made_by_the_same_kind_of_call() {
    String sql = "CREATE EXTERNAL TABLE \"LANE00\" COMMENT = '[definition=0123456789abcdef]'";
    CallKind kind = CallKind.of(query(sql), "lane00");

    assertThat(kind.isMadeOnce()).isTrue();
    assertThat(kind.isOf(query(sql.replace("LANE00", "LANE11").replace("0123", "ffff")), "lane11"))
        .isTrue();
    assertThat(kind.isOf(query(sql.replace("definition=0", "definition=x")), "lane00")).isFalse();
  }

  @Test
  void a_call_that_serves_all_runs_tells_no_lane_and_is_matched_for_each() {
    CallKind kind = CallKind.of(emr("ListClusters", ""), "lane00");

    assertThat(kind.tellsItsLane()).isFalse();
    assertThat(kind.isOf(emr("ListClusters", ""), "lane07")).isTrue();
    assertThat(kind.isOf(emr("ListClusters", "kills lane07"), "lane07")).isFalse();
  }

  @Test
  void a_cluster_is_known_by_its_name_whatever_its_id() {
    CallKind kind =
        CallKind.of(
            emr("DescribeCluster", "kills lane00 " + RUN + " attempt-1 j-DW1H6JMX8IO0O"), "lane00");

    assertThat(
            kind.isOf(
                emr("DescribeCluster", "kills lane07 " + OTHER_RUN + " attempt-1 j-2AXXXXXXGAPLF"),
                "lane07"))
        .isTrue();
    assertThat(
            kind.isOf(
                emr("DescribeCluster", "kills lane07 " + OTHER_RUN + " attempt-2 j-2AXXXXXXGAPLF"),
                "lane07"))
        .isFalse();
  }

  private static Call manifest(String lane, String run) {
    return s3("PutObject", "curated-%1$s/_work/%1$s/run=%2$s/manifest.json".formatted(lane, run));
  }

  private static Call s3(String operation, String detail) {
    return new Call(Service.S3, operation, detail);
  }

  private static Call emr(String operation, String detail) {
    return new Call(Service.EMR, operation, detail);
  }

  private static Call query(String sql) {
    return new Call(Service.SNOWFLAKE, "Query", sql);
  }
}
