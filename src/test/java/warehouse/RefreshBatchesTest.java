package warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import testing.Iris;

class RefreshBatchesTest {

  private static final ExternalTable TABLE =
      new ExternalTable(
          Iris.warehouse().name(),
          "s3://curated/iris/",
          new StageFolder(Iris.warehouse().name(), ""),
          Iris.CURATED_COLUMNS,
          List.of(),
          ColumnNames.AS_IS);

  @Test
  void few_files_are_registered_by_one_refresh_of_their_folder() {
    assertThat(new RefreshBatches(3, 2).statements(TABLE, "p/", List.of("a", "b/c", "b/d")))
        .containsExactly(TABLE.refresh("p/"));
  }

  @Test
  void without_files_nothing_is_sent() {
    assertThat(new RefreshBatches(3, 2).statements(TABLE, "p/", List.of())).isEmpty();
  }

  @Test
  void of_too_many_files_each_folder_that_is_small_enough_is_refreshed_and_the_rest_is_named() {
    assertThat(
            new RefreshBatches(2, 2)
                .statements(
                    TABLE, "p/", List.of("z", "x", "y", "b/c", "b/d", "e/1/f", "e/1/g", "e/2/h")))
        .containsExactly(
            TABLE.refresh("p/b/"),
            TABLE.refresh("p/e/1/"),
            TABLE.refresh("p/e/2/"),
            TABLE.addFiles(List.of("p/x", "p/y")),
            TABLE.addFiles(List.of("p/z")));
  }

  @Test
  void no_statement_names_more_than_a_thousand_files() {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      files.add("part-%04d.parquet".formatted(i));
    }

    assertThat(new RefreshBatches(100, 1_000).statements(TABLE, "p/", files))
        .hasSize(3)
        .allSatisfy(sql -> assertThat(sql.split(",")).hasSizeLessThanOrEqualTo(1_000));
  }
}
