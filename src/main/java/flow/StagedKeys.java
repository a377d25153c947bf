package flow;

/**
 * What the service puts beside its runs for their clusters, and where these are.
 *
 * @param region of buckets and clusters
 * @param jobJarKey the Spark job's jar, in the curated bucket
 * @param ingestScriptKey the script that ingests, likewise
 */
public record StagedKeys(String region, String jobJarKey, String ingestScriptKey) {}
