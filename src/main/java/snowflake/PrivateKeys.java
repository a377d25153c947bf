package snowflake;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads RSA private keys as <a
 * href="https://docs.snowflake.com/en/user-guide/key-pair-auth">Key-pair authentication</a> creates
 * them: PKCS#8 as PEM, encrypted or not. No message contains any part of a key or a passphrase.
 */
public final class PrivateKeys {

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private static final String CONVERT =
      "convert it with openssl pkcs8 -topk8 -v2 aes256 -in <file> -out <new file>";

  private PrivateKeys() {}

  /**
   * The key in a text.
   *
   * @throws IllegalArgumentException saying what the text is instead, or what is wrong with the
   *     passphrase
   */
  public static PrivateKey read(String text, Optional<String> passphrase) {
    // A variable in a service file or a secret's manifest often has its line ends written out.
    Matcher pem = PEM.matcher(text.replace("\\n", "\n"));
    if (!pem.find()) {
      throw new IllegalArgumentException(
          "holds no PEM: write the whole key, from -----BEGIN to the end");
    }
    return switch (pem.group(1)) {
      case "PRIVATE KEY" -> plain(decoded(pem.group(2)), passphrase);
      case "ENCRYPTED PRIVATE KEY" -> encrypted(decoded(pem.group(2)), passphrase);
      case "PUBLIC KEY" ->
          throw new IllegalArgumentException(
              "holds the public key: that one is for Snowflake, write the private one");
      default ->
          throw new IllegalArgumentException(
              "holds a %s and not PKCS#8; %s".formatted(pem.group(1), CONVERT));
    };
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("holds a PEM whose lines are not Base64", e);
    }
  }

  private static PrivateKey plain(byte[] der, Optional<String> passphrase) {
    if (passphrase.isPresent()) {
      throw new IllegalArgumentException(
          "holds a key that is not encrypted, and snowflake.private-key-passphrase is set; remove it");
    }
    return key(new PKCS8EncodedKeySpec(der));
  }

  private static PrivateKey encrypted(byte[] der, Optional<String> passphrase) {
    if (passphrase.isEmpty()) {
      throw new IllegalArgumentException(
          "holds an encrypted key; set snowflake.private-key-passphrase");
    }
    byte[] opened;
    try {
      opened = EncryptedKey.open(der, passphrase.get());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "holds an encrypted key that snowflake.private-key-passphrase does not open", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + "; " + CONVERT, e);
    }
    return key(new PKCS8EncodedKeySpec(opened));
  }

  private static PrivateKey key(KeySpec spec) {
    try {
      return (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("holds no RSA key in PKCS#8; " + CONVERT, e);
    }
  }
}
