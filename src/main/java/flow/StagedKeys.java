package flow;

/**
 * The keys of the files that the service stages for clusters, and the clusters' region.
 *
 * @param region of buckets and clusters
 * @param jobJarKey the key of the Spark job's jar, in the curated bucket
 * @param ingestScriptKey the key of the script that ingests, in the curated bucket
 */
public record StagedKeys(String region, String jobJarKey, String ingestScriptKey) {}
