package sparkjob;

import contract.Column;
import contract.ColumnNames;
import contract.ContractJson;
import contract.InputFormat;
import contract.JobDescription;
import contract.JobDescription.Transform;
import contract.JobResult;
import contract.JobResult.RejectReason;
import contract.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import sparkjob.cluster.Settings;
import sparkjob.cluster.Storage;
import sparkjob.failure.JobFailure;
import sparkjob.landed.ColumnOrigin;
import sparkjob.landed.DeclaredSchema;
import sparkjob.landed.InferredSchema;
import sparkjob.landed.Landed;
import sparkjob.landed.LandedForm;
import sparkjob.landed.LandedParquet;
import sparkjob.landed.LandedText;
import sparkjob.landed.ObjectCheck;
import sparkjob.landed.ReadCounts;
import sparkjob.landed.SkippedParquet;

/**
 * One attempt, from its manifest to the contents of its result: check, read, transform, write,
 * judge.
 */
final class Job {
  private final SparkSession spark;
  private final Storage storage;
  private final Manifest manifest;
  private final JobDescription job;
  private final LandedForm input;
  private final Curated curated;
  private final SqlTexts texts;
  private final Queries queries;
  private final List<JobResult.Checked> checked = new ArrayList<>();
  private List<JobResult.Skipped> skipped = List.of();

  private StructType schema = new StructType();
  private ReadCounts counts = new ReadCounts();

  /**
   * Prepares an attempt.
   *
   * @param session a session whose settings may be changed: it gets those that make the result the
   *     same everywhere
   * @throws JobFailure if manifest and job description do not agree
   */
  Job(SparkSession session, Storage storage, Manifest manifest, JobDescription job) {
    this.spark = session;
    this.storage = storage;
    this.manifest = manifest;
    this.job = job;
    this.curated = new Curated(job.output(), storage);
    this.texts = new SqlTexts(storage);
    this.queries = new Queries(session, texts);
    this.input = LandedForm.of(job.input());
    if (!job.pipeline().equals(manifest.pipeline()) || !job.run().equals(manifest.run())) {
      throw JobFailure.userCode(
          "The manifest is of pipeline %s, run %s, and the job description of pipeline %s, run %s"
              .formatted(manifest.pipeline(), manifest.run(), job.pipeline(), job.run()));
    }
  }

  /**
   * Does everything except writing the result file.
   *
   * @throws JobFailure if the input or the transform is at fault, or a check found rows; the output
   *     must then be cleared
   */
  JobResult run() throws IOException {
    ObjectCheck.check(manifest, storage);
    Settings.apply(spark, job.transform().flatMap(Transform::ansi).orElse(true));
    texts.read(job);
    if (input.format() == InputFormat.PARQUET) {
      skipped = SkippedParquet.of(manifest, storage);
      if (skipped.size() == manifest.objects().size()) {
        // There is nothing to run a query over: the columns are unknown.
        clear();
        return succeeded(List.of(), List.of(), List.of());
      }
    }
    Set<String> whole = new TreeSet<>();
    while (true) {
      // Nothing of an earlier try may stay: a task without rejected rows writes no file over it.
      storage.delete(job.rejected().uri());
      Landed landed = landed(job.rejected().uri(), whole);
      counts = landed.counts();
      if (landed.rows().columns().length == 0) {
        return withoutColumns(landed);
      }
      Dataset<Row> rows = transform(landed.rows());
      refuseNames(landed.rows(), rows);
      Folders folders = Folders.of(rows, job.output().partitionBy());
      prepareChecks(rows);
      List<JobResult.CuratedFile> files = write(landed, rows, folders);
      if (!whole.addAll(counts.misreadObjects())) {
        judgeRejects();
        files = curated.fitted(spark, rows.schema(), folders, files);
        check(rows, files, whole);
        // An object that was replaced while it was read would be loaded in part now, and whole
        // again later.
        ObjectCheck.check(manifest, storage);
        return succeeded(Curated.columns(rows), folders.columns(), files);
      }
    }
  }

  /** The result of an attempt that ended with this failure. */
  JobResult failed(JobFailure failure) {
    return withoutOutput(Optional.of(failure));
  }

  private JobResult withoutOutput(Optional<JobFailure> failure) {
    return result(failure, List.of(), List.of(), List.of());
  }

  /**
   * The result if no row showed a column: a transform has nothing to name, and a file nothing to
   * hold. Rows are read nevertheless, so that those that do not parse are rejected.
   */
  private JobResult withoutColumns(Landed landed) {
    landed.rows().count();
    judgeRejects();
    return withoutOutput(Optional.empty());
  }

  /** Deletes the output of a failed attempt, so that it cannot be mistaken for a result. */
  void clear() throws IOException {
    curated.clear();
  }

  /**
   * The landed rows.
   *
   * @param rejectedUri where their rejected ones go
   */
  private Landed landed(String rejectedUri, Set<String> whole) throws IOException {
    StructType declared = DeclaredSchema.of(input);
    Settings.tellApart(spark, declared);
    if (input.format() == InputFormat.PARQUET) {
      return parquet().rows(declared, input.mixedSchemas());
    }
    if (schema.isEmpty()) {
      schema = declared.isEmpty() ? new InferredSchema(spark, input, manifest).infer() : declared;
      Settings.tellApart(spark, schema);
    }
    return new LandedText(spark, input, rejectedUri, manifest).rows(schema, whole);
  }

  private LandedParquet parquet() {
    boolean isAsItIs = job.transform().isEmpty() && job.output().partitionBy().isEmpty();
    int files = job.output().files().filter(count -> isAsItIs).orElse(0);
    return new LandedParquet(spark, storage, withRows(), files);
  }

  /** The objects that are read: all except the skipped ones. */
  private Manifest withRows() {
    Set<String> notes = new HashSet<>();
    skipped.forEach(object -> notes.add(object.uri()));
    return manifest.without(notes);
  }

  private Dataset<Row> transform(Dataset<Row> landed) {
    landed.createOrReplaceTempView("landed");
    return job.transform().map(queries::transform).orElse(landed);
  }

  /**
   * Refuses names that a column of the table cannot have, before anything is written.
   *
   * @throws JobFailure if there is such a column; names the object that brought it
   */
  private void refuseNames(Dataset<Row> landed, Dataset<Row> rows) {
    Optional<ColumnNames.Refused> refused =
        job.output()
            .columnNames()
            .flatMap(names -> names.refused(List.of(rows.schema().fieldNames())));
    if (refused.isEmpty()) {
      return;
    }
    String column = refused.get().column();
    boolean isInferred = input.columns().isEmpty() && List.of(landed.columns()).contains(column);
    Optional<String> origin =
        isInferred ? ColumnOrigin.of(column, input, withRows(), spark) : Optional.empty();
    throw origin
        .map(
            uri ->
                JobFailure.data(
                    "%s has a column that no table takes, %s there, or in transform.sql"
                        .formatted(uri, refused.get()),
                    List.of(uri)))
        .orElseGet(
            () ->
                JobFailure.userCode(
                    "The output has a column that no table takes, %s in transform.sql"
                        .formatted(refused.get())));
  }

  /** Reports checks that Spark refuses before anything is written. */
  private void prepareChecks(Dataset<Row> rows) {
    if (!job.checks().isEmpty()) {
      rows.createOrReplaceTempView("curated");
      checks().prepare();
    }
  }

  /**
   * Runs the checks over what was written.
   *
   * @throws JobFailure if one of them forbids the load
   */
  private void check(Dataset<Row> rows, List<JobResult.CuratedFile> files, Set<String> whole)
      throws IOException {
    if (job.checks().isEmpty()) {
      return;
    }
    curated.rows(spark, rows.schema(), files).createOrReplaceTempView("curated");
    // A check that stops early would store fewer rejected rows over those that are there.
    String aside = job.rejected().uri() + "checks/";
    try {
      if (input.format() != InputFormat.PARQUET) {
        transform(landed(aside, whole).rows());
      }
      for (JobDescription.Check check : job.checks()) {
        checked.add(checks().run(check));
      }
    } finally {
      storage.delete(aside);
    }
    Checks.judge(checked);
  }

  private Checks checks() {
    return new Checks(queries, job.checks(), Queries.views(job));
  }

  private List<JobResult.CuratedFile> write(Landed landed, Dataset<Row> rows, Folders folders)
      throws IOException {
    try {
      int tasks = job.transform().isEmpty() ? landed.tasks() : 0;
      return curated.write(spark, rows, folders, tasks);
    } catch (Exception e) {
      // Scala declares no exceptions.
      throw blame(e);
    }
  }

  /** Why the rows were not written: the fault of an object, of a query, or of neither. */
  private JobFailure blame(Exception thrown) {
    Optional<JobFailure> ofObject =
        input.format() == InputFormat.PARQUET ? parquet().blame(thrown) : Optional.empty();
    return ofObject
        .or(() -> job.transform().flatMap(own -> queries.blame(thrown, own)))
        .orElseGet(() -> JobFailure.of(thrown));
  }

  private void judgeRejects() {
    double ratio = counts.read() == 0 ? 0 : (double) counts.rejected() / counts.read();
    if (ratio > job.rejected().maxRatio()) {
      String worst = counts.worstObject().orElseThrow();
      throw JobFailure.data(
          "%d of %d rows were rejected, most of them in %s; that is a ratio of %.4f, and rejected.maxRatio (the pipeline's input.max-rejected-ratio) allows %s; why: %s; all of them are in %s"
              .formatted(
                  counts.rejected(),
                  counts.read(),
                  worst,
                  ratio,
                  job.rejected().maxRatio(),
                  counts.rejectReasons().stream()
                      .map(RejectReason::toString)
                      .collect(Collectors.joining(", ")),
                  job.rejected().uri()),
          List.of(worst));
    }
  }

  private JobResult succeeded(
      List<Column> columns, List<String> partitionBy, List<JobResult.CuratedFile> files) {
    return result(Optional.empty(), columns, partitionBy, files);
  }

  private JobResult result(
      Optional<JobFailure> failure,
      List<Column> columns,
      List<String> partitionBy,
      List<JobResult.CuratedFile> files) {
    long written = files.stream().mapToLong(JobResult.CuratedFile::rows).sum();
    return new JobResult(
        ContractJson.VERSION,
        job.pipeline(),
        job.run(),
        job.attempt(),
        failure.isPresent() ? JobResult.Status.FAILED : JobResult.Status.SUCCEEDED,
        failure.map(JobFailure::told),
        new JobResult.Rows(counts.read(), written, counts.rejected()),
        columns,
        partitionBy,
        files,
        new JobResult.Details(
            counts.firstRejects(),
            counts.rejectReasons(),
            checked,
            texts.files(),
            skipped,
            counts.stripped()));
  }
}
