package contract;

import com.fasterxml.jackson.annotation.JsonValue;

/** The form of landed objects. */
public enum InputFormat {
  CSV("csv"),
  JSON_LINES("json-lines"),
  /** Lists of objects, or objects that follow each other, over any number of lines. */
  JSON("json"),
  PARQUET("parquet");

  private final String word;

  InputFormat(String word) {
    this.word = word;
  }

  /** Its name in the contract. */
  @JsonValue
  public String word() {
    return word;
  }

  /** Whether each row names its columns. */
  public boolean isJson() {
    return this == JSON || this == JSON_LINES;
  }
}
