package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import contract.JobResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on rows of the iris shape: rows in, rows out. */
class IrisTest {
  static final String COLUMNS =
      "SEPAL_LENGTH double, SEPAL_WIDTH double, PETAL_LENGTH double, PETAL_WIDTH double, CLASS_NAME string";

  static final String ROWS =
      """
      5.1,3.5,1.4,0.2,Iris-setosa
      4.9,3.0,1.4,0.2,Iris-setosa
      7.0,3.2,4.7,1.4,Iris-versicolor
      6.3,3.3,6.0,2.5,Iris-virginica

      """;

  @TempDir Path folder;

  @Test
  void rows_are_curated_as_they_landed_without_a_transform() {
    Batch batch = new Batch(folder).landed("iris.data", ROWS).columns(COLUMNS);

    JobResult result = batch.run();

    assertThat(batch.rows())
        .containsExactly(
            "4.9|3.0|1.4|0.2|Iris-setosa",
            "5.1|3.5|1.4|0.2|Iris-setosa",
            "6.3|3.3|6.0|2.5|Iris-virginica",
            "7.0|3.2|4.7|1.4|Iris-versicolor");
    assertThat(result.rows()).isEqualTo(new JobResult.Rows(4, 4, 0));
  }

  @Test
  void flowers_are_counted_by_class() {
    Batch batch =
        new Batch(folder)
            .landed("iris.data", ROWS + "5.1,3.5\n")
            .columns(COLUMNS)
            .sql("SELECT CLASS_NAME, COUNT(*) AS FLOWERS FROM landed GROUP BY CLASS_NAME");

    JobResult result = batch.run();

    assertThat(batch.rows())
        .containsExactly("Iris-setosa|2", "Iris-versicolor|1", "Iris-virginica|1");
    assertThat(result.rows()).isEqualTo(new JobResult.Rows(5, 3, 1));
    assertThat(result.files())
        .singleElement()
        .satisfies(file -> assertThat(file.rows()).isEqualTo(3));
    assertThat(batch.rejected())
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.toString())
                    .isEqualTo(
                        "{\"uri\":\"%s\",\"reason\":\"5 columns are declared and the line has 2\",\"raw\":\"5.1,3.5\"}"
                            .formatted(batch.uri("iris.data"))));
  }

  @Test
  void only_parquet_is_left_under_the_output() {
    Batch batch = new Batch(folder).landed("iris.data", ROWS).columns(COLUMNS);

    batch.run();

    assertThat(batch.list("curated")).singleElement().asString().endsWith(".snappy.parquet");
  }
}
