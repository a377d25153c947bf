package contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The form of landed objects. */
public enum InputFormat {
  @JsonProperty("csv")
  CSV,
  @JsonProperty("json-lines")
  JSON_LINES,
  @JsonProperty("json")
  JSON,
  @JsonProperty("parquet")
  PARQUET
}
