package sparkjob.landed;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Column;
import contract.Inference;
import contract.InputFormat;
import contract.JobDescription;
import contract.MixedSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import sparkjob.text.CsvSyntax;
import sparkjob.text.ValueForms;

/** What a job description says of the input, and what applies where it says nothing. */
class LandedFormTest {
  private static final Path GOLDEN =
      Path.of("..", "contract", "src", "test", "resources", "contract");

  @Test
  void a_job_description_that_says_nothing_has_the_defaults() throws IOException {
    assertThat(golden("job-minimal.json"))
        .isEqualTo(
            new LandedForm(
                InputFormat.JSON_LINES,
                CsvSyntax.DEFAULT,
                List.of(),
                Inference.NONE,
                MixedSchemas.MERGE,
                ValueForms.DEFAULT));
  }

  @Test
  void csv_of_declared_columns_has_one_schema_and_types() throws IOException {
    LandedForm form = golden("job.json");

    assertThat(form.csv())
        .isEqualTo(new CsvSyntax(false, (byte) ',', (byte) '"', (byte) '"'))
        .isEqualTo(CsvSyntax.DEFAULT);
    assertThat(form.columns()).contains(new Column("CLASS_NAME", "string")).hasSize(5);
    assertThat(form.inference()).isEqualTo(Inference.TYPES);
    assertThat(form.mixedSchemas()).isEqualTo(MixedSchemas.FAIL);
  }

  @Test
  void all_that_it_says_of_text_is_taken_over() throws IOException {
    LandedForm form = golden("job-forms.json");

    assertThat(form.csv().header()).isTrue();
    assertThat(form.mixedSchemas()).isEqualTo(MixedSchemas.MERGE);
    assertThat(form.forms())
        .isEqualTo(
            new ValueForms(
                "windows-1252",
                List.of("NULL", "\\N"),
                "dd.MM.yyyy",
                "dd.MM.yyyy HH:mm",
                ZoneId.of("Europe/Berlin")));
  }

  private static LandedForm golden(String name) throws IOException {
    String json = Files.readString(GOLDEN.resolve(name));
    return LandedForm.of(JobDescription.read(name, json).input());
  }
}
