package nativeimage;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.annotations.RegisterResourceBundle;
import io.quarkus.runtime.annotations.RegisterResources;
import net.snowflake.client.api.driver.SnowflakeDriver;
import net.snowflake.client.internal.core.ConnectionIdentifierShape;
import net.snowflake.client.internal.core.OpaqueContextDTO;
import net.snowflake.client.internal.core.ParameterBindingDTO;
import net.snowflake.client.internal.core.QueryContextDTO;
import net.snowflake.client.internal.core.QueryContextEntryDTO;
import net.snowflake.client.internal.core.QueryExecDTO;
import net.snowflake.client.internal.core.auth.ClientAuthnDTO;
import net.snowflake.client.internal.log.CommonsLoggingWrapper;
import net.snowflake.client.internal.log.JDK14JCLWrapper;
import net.snowflake.client.internal.log.JDK14Logger;
import net.snowflake.client.internal.log.SLF4JJCLWrapper;
import net.snowflake.client.internal.log.SLF4JLogger;
import net.snowflake.client.jdbc.internal.apache.commons.logging.impl.Jdk14Logger;
import net.snowflake.client.jdbc.internal.apache.commons.logging.impl.LogFactoryImpl;
import net.snowflake.client.jdbc.internal.apache.commons.logging.impl.NoOpLog;
import net.snowflake.client.jdbc.internal.apache.commons.logging.impl.SimpleLog;
import net.snowflake.client.jdbc.internal.org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Registers what the Snowflake driver finds by name at run time. The driver brings no registration
 * of its own: the configuration inside its jar belongs to its shaded libraries, under their old
 * names, and is excluded from the build.
 */
@RegisterForReflection(
    targets = {
      SnowflakeDriver.class,
      // Types that are written into requests as JSON.
      QueryExecDTO.class,
      QueryContextDTO.class,
      QueryContextEntryDTO.class,
      OpaqueContextDTO.class,
      ParameterBindingDTO.class,
      ConnectionIdentifierShape.class,
      ClientAuthnDTO.class,
      // Loggers.
      CommonsLoggingWrapper.class,
      JDK14JCLWrapper.class,
      JDK14Logger.class,
      SLF4JJCLWrapper.class,
      SLF4JLogger.class,
      LogFactoryImpl.class,
      Jdk14Logger.class,
      NoOpLog.class,
      SimpleLog.class,
      // Key pairs.
      BouncyCastleProvider.class
    })
@RegisterResources(
    globs = {
      "net/snowflake/client/jdbc/version.properties",
      "net/snowflake/client/jdbc/internal/snowflake/common/version.properties",
      "net/snowflake/client/jdbc/internal/apache/http/version.properties",
      "net/snowflake/client/jdbc/internal/apache/http/client/version.properties",
      "net/snowflake/client/jdbc/internal/mozilla/public-suffix-list.txt"
    })
@RegisterResourceBundle(bundleName = "net.snowflake.client.jdbc.jdbc_error_messages")
final class SnowflakeDriverRegistration {

  private SnowflakeDriverRegistration() {}
}
