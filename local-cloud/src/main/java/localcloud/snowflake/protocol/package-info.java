/** The Snowflake driver's requests over HTTP, and their answers. */
package localcloud.snowflake.protocol;
