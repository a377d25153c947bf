package nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.util.List;
import net.snowflake.client.internal.core.SFSession;
import net.snowflake.client.internal.core.auth.wif.AwsAttestationService;
import net.snowflake.client.internal.core.auth.wif.WorkloadIdentityAttestation;
import net.snowflake.client.internal.core.auth.wif.WorkloadIdentityAttestationProvider;
import net.snowflake.client.internal.core.minicore.Minicore;
import net.snowflake.client.internal.jdbc.SnowflakeUtil;
import net.snowflake.client.internal.jdbc.cloud.storage.SnowflakeStorageClient;
import net.snowflake.client.internal.jdbc.cloud.storage.StageInfo;
import net.snowflake.client.internal.jdbc.cloud.storage.StorageClientFactory;
import net.snowflake.client.internal.jdbc.cloud.storage.StorageObjectMetadata;
import net.snowflake.client.internal.util.PlatformDetector;
import net.snowflake.client.jdbc.internal.grpc.netty.shaded.io.netty.util.internal.logging.InternalLoggerFactory;
import net.snowflake.client.jdbc.internal.grpc.netty.shaded.io.netty.util.internal.logging.JdkLoggerFactory;
import net.snowflake.client.jdbc.internal.snowflake.common.core.RemoteStoreFileEncryptionMaterial;
import net.snowflake.client.jdbc.internal.software.amazon.awssdk.checksums.SdkChecksum;
import net.snowflake.client.jdbc.internal.software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;

/**
 * Removes, in a native image only, the parts of the Snowflake driver that refer to classes which it
 * does not contain: a native image is linked when it is built, and the build would fail. The
 * service needs none of these parts.
 */
@SuppressWarnings("DoNotCallSuggester") // These methods are never called by this name.
final class SnowflakeDriverSubstitutions {

  private static final String USE_BOUNCY_CASTLE =
      "net.snowflake.jdbc.useBundledBouncyCastleForPrivateKeyDecryption";

  private SnowflakeDriverSubstitutions() {}

  static UnsupportedOperationException absent(String what) {
    return new UnsupportedOperationException(what + " is not in the native image; run on a JVM");
  }

  /** PUT and GET of files through a stage: the clients of three clouds. */
  @TargetClass(StorageClientFactory.class)
  static final class Storage {

    private Storage() {}

    @Substitute
    SnowflakeStorageClient createClient(
        StageInfo stage,
        int parallel,
        RemoteStoreFileEncryptionMaterial encryption,
        SFSession session) {
      throw absent("PUT and GET");
    }

    @Substitute
    StorageObjectMetadata createStorageMetadataObj(StageInfo.StageType type) {
      throw absent("PUT and GET");
    }
  }

  /** A native library that the driver unpacks and loads. */
  @TargetClass(Minicore.class)
  static final class NoMinicore {

    private NoMinicore() {}

    @Substitute
    static void initializeAsync() {
      // Nothing waits for it.
    }

    @Substitute
    static void initialize() {
      // Nothing needs it.
    }
  }

  /** The operating system's key store; the driver works without one. */
  @TargetClass(className = "net.snowflake.client.internal.core.CredentialManager")
  static final class NoKeyStore {

    private NoKeyStore() {}

    @Substitute
    void initSecureStorageManager() {
      // The driver checks for its absence.
    }
  }

  /** The detection of the cloud, which queries the clouds' metadata services. */
  @TargetClass(PlatformDetector.class)
  static final class NoPlatform {

    private NoPlatform() {}

    @Substitute
    List<String> detectPlatforms(Integer timeoutMillis, AwsAttestationService aws) {
      return List.of();
    }
  }

  /** Sign-in with a cloud's identity. */
  @TargetClass(WorkloadIdentityAttestationProvider.class)
  static final class NoWorkloadIdentity {

    private NoWorkloadIdentity() {}

    @Substitute
    WorkloadIdentityAttestation getAttestation(String provider) {
      throw absent("Sign-in with a workload's identity");
    }
  }

  /** The choice between four logging libraries, three of which are missing. */
  @TargetClass(InternalLoggerFactory.class)
  static final class JdkLoggingOnly {

    private JdkLoggingOnly() {}

    @Substitute
    static InternalLoggerFactory newDefaultFactory(String name) {
      return JdkLoggerFactory.INSTANCE;
    }
  }

  /** Native checksums, for the storage client above. */
  @TargetClass(
      className =
          "net.snowflake.client.jdbc.internal.software.amazon.awssdk.checksums.internal.ChecksumProvider")
  static final class NoCrtChecksums {

    private NoCrtChecksums() {}

    @Substitute
    static SdkChecksum createCrtCrc32C() {
      return null; // as the original does where there is no CRT; the caller has two others
    }

    @Substitute
    static SdkChecksum crc64NvmeCrtImplementation() {
      throw absent("A CRC64NVME checksum");
    }

    @Substitute
    static SdkChecksum crtXxHash(ChecksumAlgorithm algorithm) {
      throw absent("An XXHash checksum");
    }
  }

  /**
   * BouncyCastle creates its ciphers by name and finds none of them in a native image: there the
   * JDK reads encrypted private keys. On a JVM 17 it is the other way round, so one setting cannot
   * serve both.
   */
  @TargetClass(SnowflakeUtil.class)
  static final class JdkReadsPrivateKeys {

    private JdkReadsPrivateKeys() {}

    @Substitute
    static String systemGetProperty(String property) {
      String value = System.getProperty(property);
      return value == null && property.equals(USE_BOUNCY_CASTLE) ? "false" : value;
    }
  }
}
