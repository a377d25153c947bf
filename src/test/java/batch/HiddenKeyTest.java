package batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenKeyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_SUCCESS",
        "day=1/_SUCCESS",
        "_committed_4711",
        "_metadata",
        "_temporary/0/part-0.parquet",
        "x/_delta_log/0.json",
        "part-0/.part-0.csv.crc",
        ".spark-staging-1/part-0.csv",
        "day=1_$folder$",
        "a.csv._COPYING_",
      })
  void markers_folders_and_unfinished_files_hold_no_data(String path) {
    assertThat(HiddenKey.problem(path, false)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.csv",
        "_day=1/part-0.parquet",
        "a_b/c.d",
        "x/y_",
        "$folder$.csv",
        "a._COPYING",
        "_a.csv",
        ".b.csv",
        "_in/c.csv"
      })
  void all_else_may(String path) {
    assertThat(HiddenKey.problem(path, false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_a.parquet", ".b.parquet", "_in/c.parquet", "x/.y/d.parquet"})
  void where_spark_ignores_hidden_names_they_are_set_aside(String path) {
    assertThat(HiddenKey.problem(path, true)).isPresent();
    assertThat(HiddenKey.problem("_day=1/a.parquet", true)).isEmpty();
  }
}
