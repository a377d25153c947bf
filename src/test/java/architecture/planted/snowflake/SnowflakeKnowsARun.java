package architecture.planted.snowflake;

import architecture.planted.run.ARun;

/** Breaks: snowflake knows the driver only. */
public final class SnowflakeKnowsARun {
  ARun known;
}
