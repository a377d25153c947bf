package localcloud.snowflake.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * A named external stage.
 *
 * @param id distinguishes a stage from an earlier one with its name
 * @param url as given
 * @param bucket the bucket in the URL
 * @param prefix the prefix in the URL, empty or ending as the URL does
 */
public record Stage(
    long id,
    Qualified name,
    String url,
    String bucket,
    String prefix,
    Optional<String> storageIntegration,
    Instant created,
    String comment) {}
