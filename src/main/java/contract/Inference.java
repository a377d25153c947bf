package contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is found out about columns that are not declared, beside their names. */
public enum Inference {
  /** Their types. */
  @JsonProperty("types")
  TYPES,
  /** Nothing: all of them are texts. */
  @JsonProperty("none")
  NONE
}
