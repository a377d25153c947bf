package contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the job finds out about columns that are not declared, beside their names. */
public enum Inference {
  /** Their types: those that give back every value as it is written. */
  @JsonProperty("types")
  TYPES,
  /** Nothing: all of them are texts. */
  @JsonProperty("none")
  NONE
}
