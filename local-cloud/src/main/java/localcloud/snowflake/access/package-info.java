/** Who there is and what each may do: users, roles, grants, warehouses, storage integrations. */
package localcloud.snowflake.access;
