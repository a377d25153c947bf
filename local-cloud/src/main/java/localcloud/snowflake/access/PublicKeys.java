package localcloud.snowflake.access;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import localcloud.snowflake.sql.Refusal;

/**
 * RSA public keys as users have them: <a
 * href="https://docs.snowflake.com/en/user-guide/key-pair-auth">Key-pair authentication</a>.
 */
public final class PublicKeys {

  private PublicKeys() {}

  /**
   * The key of a property's value: Base64 with or without the lines around it.
   *
   * @throws Refusal 001422 if it is no key
   */
  public static PublicKey parse(String written) {
    String base64 = written.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    try {
      return KeyFactory.getInstance("RSA")
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new Refusal(
          "001422", "22023", "SQL compilation error:\nNew public key rejected by current policy.");
    }
  }

  /** {@code SHA256:} and the digest of the key, as the issuer of a token names it. */
  public static String fingerprint(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return "SHA256:" + Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
