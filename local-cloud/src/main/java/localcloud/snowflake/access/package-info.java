/** Users, roles, grants, warehouses, storage integrations: who exists, and what each may do. */
package localcloud.snowflake.access;
