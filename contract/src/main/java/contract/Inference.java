package contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the job infers about columns that are not declared, besides their names. */
public enum Inference {
  /** Their types, which reproduce every value as it is written. */
  @JsonProperty("types")
  TYPES,
  /** Nothing: all of them are text. */
  @JsonProperty("none")
  NONE
}
