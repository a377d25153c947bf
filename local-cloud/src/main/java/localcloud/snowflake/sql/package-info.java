/** Snowflake's SQL, as far as external tables need it: tokens, syntax tree, parser. No I/O. */
package localcloud.snowflake.sql;
