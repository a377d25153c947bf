package kills;

import java.util.List;

/**
 * What EMR's, Snowflake's and S3's own records say at the end, and the service's own word.
 *
 * @param lost landed objects of which rows are missing in the table, or that are in no manifest
 * @param doubled landed objects of which the table has more rows than landed, or that are in more
 *     than one manifest
 * @param secondClusters runs' clusters beyond the first that ran their steps to the end or are
 *     alive
 * @param leaked clusters that are not terminated
 * @param notSucceeded runs of which the service does not say that they SUCCEEDED, and runs that it
 *     has too many or too few
 * @param findings each of these in a sentence
 */
record Judgement(
    int lost,
    int doubled,
    int secondClusters,
    int leaked,
    int notSucceeded,
    List<String> findings) {

  Judgement {
    findings = List.copyOf(findings);
  }

  boolean isGood() {
    return lost == 0 && doubled == 0 && secondClusters == 0 && leaked == 0 && notSucceeded == 0;
  }
}
