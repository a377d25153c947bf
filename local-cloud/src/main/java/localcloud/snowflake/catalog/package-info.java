/**
 * What has been created: databases, schemas, stages, file formats, views, external tables and their
 * files.
 */
package localcloud.snowflake.catalog;
