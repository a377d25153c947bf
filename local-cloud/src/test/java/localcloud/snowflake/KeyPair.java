package localcloud.snowflake;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.Base64;

/** A fresh RSA key pair. */
final class KeyPair {

  final PrivateKey privateKey;

  /** As RSA_PUBLIC_KEY takes it. */
  final String publicKey;

  KeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      java.security.KeyPair pair = generator.generateKeyPair();
      privateKey = pair.getPrivate();
      publicKey = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has RSA", e);
    }
  }
}
