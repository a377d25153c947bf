/** What the Snowflake driver says over HTTP, and what it is answered. */
package localcloud.snowflake.protocol;
