/**
 * What has been created: databases, schemas, stages, file formats, external tables and their files.
 */
package localcloud.snowflake.catalog;
