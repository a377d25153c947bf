package testing;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A fresh RSA key pair, in the forms that Snowflake and the service take. */
public final class KeyPair {

  private static final String CIPHER = "PBEWithHmacSHA256AndAES_256";

  private final java.security.KeyPair pair;

  /** A new one. */
  public KeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The private half. */
  public PrivateKey privateKey() {
    return pair.getPrivate();
  }

  /** The public half as RSA_PUBLIC_KEY takes it. */
  public String publicKey() {
    return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
  }

  /** The private half as PKCS#8. */
  public String pem() {
    return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  /** The private half as encrypted PKCS#8. */
  public String pem(String passphrase) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(
          Cipher.ENCRYPT_MODE,
          SecretKeyFactory.getInstance(CIPHER)
              .generateSecret(new PBEKeySpec(passphrase.toCharArray())));
      byte[] encrypted = cipher.doFinal(pair.getPrivate().getEncoded());
      // JDK 17 writes no key under the cipher's own name.
      AlgorithmParameters pbes2 = AlgorithmParameters.getInstance("PBES2");
      pbes2.init(cipher.getParameters().getEncoded());
      return pem(
          "ENCRYPTED PRIVATE KEY", new EncryptedPrivateKeyInfo(pbes2, encrypted).getEncoded());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Any bytes as PEM. */
  public static String pem(String what, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, lines, what);
  }
}
