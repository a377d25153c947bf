/**
 * What a native image needs for libraries that were not made for one. Nothing here is used on a
 * JVM, no other package uses this one, and it uses no other: it can be deleted when the Snowflake
 * driver and the AWS SDK bring this themselves. The arguments of the build are in {@code
 * application.properties}.
 */
package nativeimage;
