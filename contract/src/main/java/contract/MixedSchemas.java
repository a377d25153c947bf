package contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a batch whose objects have different columns. */
public enum MixedSchemas {
  /** The job fails. */
  @JsonProperty("fail")
  FAIL,
  /** Columns are found by name; what an object lacks is null. */
  @JsonProperty("merge")
  MERGE
}
