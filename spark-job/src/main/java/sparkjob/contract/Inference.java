package sparkjob.contract;

/** What is found out about columns that are not declared, beside their names. */
public enum Inference {
  /** Their types: those that give back every value as it is written. */
  TYPES,
  /** Nothing: all of them are texts. */
  NONE;

  static Inference read(Members input, JobDescription.Format format, boolean isDeclared) {
    String written = input.optionalText("infer").orElse("");
    if (!written.isEmpty() && (isDeclared || format == JobDescription.Format.PARQUET)) {
      throw input.refused(
          "%s is %s, and the types are known: %s"
              .formatted(
                  input.name("infer"),
                  written,
                  isDeclared ? input.name("columns") + " has them" : "Parquet has them"));
    }
    return switch (written) {
      case "", "types" -> TYPES;
      case "none" -> NONE;
      default ->
          throw input.refused(input.name("infer") + " must be types or none, and is " + written);
    };
  }
}
