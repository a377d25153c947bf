package localcloud.snowflake.catalog;

import java.time.Instant;
import java.util.Optional;

/**
 * A named external stage.
 *
 * @param id tells a stage from another that once had its name
 * @param url as given
 * @param bucket out of the URL
 * @param prefix out of the URL, empty or ending as the URL does
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
