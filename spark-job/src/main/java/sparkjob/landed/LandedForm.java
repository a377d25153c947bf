package sparkjob.landed;

import contract.Column;
import contract.Inference;
import contract.InputFormat;
import contract.JobDescription;
import contract.MixedSchemas;
import java.io.Serializable;
import java.util.List;
import sparkjob.text.CsvSyntax;
import sparkjob.text.ValueForms;

/**
 * The format of landed objects, with the defaults for what the job description leaves out.
 *
 * @param csv how CSV is written; means nothing for the other formats
 * @param columns what is declared; empty: to be inferred
 * @param inference of columns that are not declared
 * @param mixedSchemas how objects with different columns are treated
 * @param forms how text writes its values; means nothing for Parquet
 */
public record LandedForm(
    InputFormat format,
    CsvSyntax csv,
    List<Column> columns,
    Inference inference,
    MixedSchemas mixedSchemas,
    ValueForms forms)
    implements Serializable {

  /** From a job description, with the defaults of {@code docs/contract.md}. */
  public static LandedForm of(JobDescription.Input input) {
    return new LandedForm(
        input.format(),
        CsvSyntax.of(input),
        input.columns().orElse(List.of()),
        input.infer().orElse(Inference.TYPES),
        input
            .mixedSchemas()
            .orElse(input.format().isJson() ? MixedSchemas.MERGE : MixedSchemas.FAIL),
        input.forms().map(ValueForms::of).orElse(ValueForms.DEFAULT));
  }
}
