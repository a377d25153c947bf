/**
 * What a native image needs to be told of libraries that were not made for one. Nothing here is
 * used on a JVM, nobody uses this package, and it uses nobody: it can be deleted whole when the
 * Snowflake driver and the AWS SDK bring this themselves. The arguments of the build are in {@code
 * application.properties}.
 */
package nativeimage;
