package localcloud.snowflake.catalog;

import java.util.Optional;

/**
 * What one REFRESH does to one file of a table.
 *
 * @param key the file's path in the bucket
 * @param file the file as it is now, empty when it is gone
 * @param isNew whether the table did not have it before
 */
public record FileChange(String key, Optional<RegisteredFile> file, boolean isNew) {}
