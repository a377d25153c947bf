package localcloud.snowflake.catalog;

import java.time.Instant;
import localcloud.snowflake.sql.Statement.FormatOptions;

/** A named file format. */
public record FileFormat(Qualified name, FormatOptions options, Instant created, String comment) {}
