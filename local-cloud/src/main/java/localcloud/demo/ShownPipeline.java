package localcloud.demo;

import localcloud.s3.S3Uri;
import tools.jackson.databind.JsonNode;

/**
 * The pipeline that the demo shows, as the service's API describes it.
 *
 * @param name in the configuration
 * @param landing where objects land
 * @param fetches its runs are started, and fetch their object themselves
 * @param table its table's full name
 */
record ShownPipeline(String name, S3Uri landing, boolean fetches, String table) {

  static ShownPipeline of(JsonNode pipeline) {
    return new ShownPipeline(
        pipeline.path("name").asString(),
        S3Uri.parse(pipeline.path("landing").asString()),
        pipeline.has("ingest"),
        pipeline.path("table").asString());
  }
}
