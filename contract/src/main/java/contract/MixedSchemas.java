package contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a batch whose objects have different columns is treated. */
public enum MixedSchemas {
  /** The job fails. */
  @JsonProperty("fail")
  FAIL,
  /** Columns are found by name; a column that an object lacks is null. */
  @JsonProperty("merge")
  MERGE
}
