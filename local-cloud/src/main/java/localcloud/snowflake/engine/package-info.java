/** Runs statements: the catalog's in memory, SELECT by DuckDB over the registered Parquet files. */
package localcloud.snowflake.engine;
