package sparkjob.contract;

/** What becomes of a batch whose objects have different columns. */
public enum MixedSchemas {
  /** It is refused. */
  FAIL,
  /** Columns that an object lacks are null, others than those wanted are passed over. */
  MERGE;

  static MixedSchemas read(Members input, JobDescription.Format format) {
    boolean isJson =
        format == JobDescription.Format.JSON || format == JobDescription.Format.JSON_LINES;
    String written = input.optionalText("mixedSchemas").orElse(isJson ? "merge" : "fail");
    return switch (written) {
      case "merge" -> MERGE;
      case "fail" -> {
        if (isJson) {
          throw input.refused(
              input.name("mixedSchemas") + " must be merge: JSON names the columns in every row");
        }
        yield FAIL;
      }
      default ->
          throw input.refused(
              input.name("mixedSchemas") + " must be fail or merge, and is " + written);
    };
  }
}
