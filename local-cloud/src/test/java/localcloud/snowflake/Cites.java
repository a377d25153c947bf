package localcloud.snowflake;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Where Snowflake documents what a test of the {@link Contract} expects: one or more pages below
 * {@code https://docs.snowflake.com/en/}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Cites {
  String[] value();
}
