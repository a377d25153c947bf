package localcloud.snowflake.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import localcloud.snowflake.sql.Statement.ColumnDefinition;
import localcloud.snowflake.sql.Statement.FormatOptions;

/**
 * The definition of an external table, without its files.
 *
 * @param id tells a table from another that once had its name
 * @param stageId the stage as it was when the table was created
 * @param path inside the stage, empty or ending in a slash
 * @param format as it was when the table was created
 */
public record ExternalTable(
    long id,
    Qualified name,
    List<ColumnDefinition> columns,
    List<String> partitionBy,
    Qualified stage,
    long stageId,
    String path,
    Optional<Pattern> pattern,
    FormatOptions format,
    Optional<Qualified> formatName,
    boolean autoRefresh,
    Instant created,
    String comment) {}
