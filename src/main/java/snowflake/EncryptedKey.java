package snowflake;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens an encrypted PKCS#8 key of the kind that OpenSSL creates (RFC 8018, PBES2 with PBKDF2). It
 * reads the few fields itself: Java's own classes do not support {@code -v2 des3}, which
 * Snowflake's documentation uses, and have other names in each version.
 */
final class EncryptedKey {

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int INTEGER = 0x02;
  private static final int OBJECT = 0x06;

  private static final String PBES2 = "2a864886f70d01050d";
  private static final String PBKDF2 = "2a864886f70d01050c";
  private static final String SHA1 = "2a864886f70d0207";

  /** Pseudo-random functions by their object identifiers. */
  private static final Map<String, String> FUNCTIONS =
      Map.of(
          SHA1,
          "PBKDF2WithHmacSHA1",
          "2a864886f70d0208",
          "PBKDF2WithHmacSHA224",
          "2a864886f70d0209",
          "PBKDF2WithHmacSHA256",
          "2a864886f70d020a",
          "PBKDF2WithHmacSHA384",
          "2a864886f70d020b",
          "PBKDF2WithHmacSHA512");

  /**
   * A cipher.
   *
   * @param keyBits the length of its key
   */
  private record Method(String algorithm, int keyBits) {}

  private static final Map<String, Method> METHODS =
      Map.of(
          "2a864886f70d0307", new Method("DESede", 192),
          "608648016503040102", new Method("AES", 128),
          "608648016503040116", new Method("AES", 192),
          "60864801650304012a", new Method("AES", 256));

  private EncryptedKey() {}

  /**
   * The PKCS#8 key inside.
   *
   * @throws IllegalArgumentException if the bytes are no such key, or a cipher is unknown
   * @throws GeneralSecurityException if the passphrase does not open it
   */
  static byte[] open(byte[] encrypted, String passphrase) throws GeneralSecurityException {
    ByteBuffer outer = ByteBuffer.wrap(read(ByteBuffer.wrap(encrypted), SEQUENCE));
    ByteBuffer scheme = ByteBuffer.wrap(read(outer, SEQUENCE));
    byte[] data = read(outer, OCTETS);
    expect(PBES2, hex(read(scheme, OBJECT)));
    ByteBuffer parameters = ByteBuffer.wrap(read(scheme, SEQUENCE));
    ByteBuffer derivation = ByteBuffer.wrap(read(parameters, SEQUENCE));
    expect(PBKDF2, hex(read(derivation, OBJECT)));
    ByteBuffer cipher = ByteBuffer.wrap(read(parameters, SEQUENCE));
    Method method = METHODS.get(hex(read(cipher, OBJECT)));
    if (method == null) {
      throw unknown();
    }
    byte[] key = key(ByteBuffer.wrap(read(derivation, SEQUENCE)), method.keyBits(), passphrase);
    Cipher opener = Cipher.getInstance(method.algorithm() + "/CBC/PKCS5Padding");
    opener.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, method.algorithm()),
        new IvParameterSpec(read(cipher, OCTETS)));
    return opener.doFinal(data);
  }

  /** Salt, iterations, and optionally the key's length and the function. */
  private static byte[] key(ByteBuffer fields, int bits, String passphrase)
      throws GeneralSecurityException {
    byte[] salt = read(fields, OCTETS);
    int iterations = new java.math.BigInteger(read(fields, INTEGER)).intValueExact();
    String function = SHA1;
    while (fields.hasRemaining()) {
      if (fields.get(fields.position()) == SEQUENCE) {
        function = hex(read(ByteBuffer.wrap(read(fields, SEQUENCE)), OBJECT));
      } else {
        read(fields, INTEGER);
      }
    }
    if (!FUNCTIONS.containsKey(function)) {
      throw unknown();
    }
    return SecretKeyFactory.getInstance(FUNCTIONS.get(function))
        .generateSecret(new PBEKeySpec(passphrase.toCharArray(), salt, iterations, bits))
        .getEncoded();
  }

  /** The content of the next element, which must have that tag (X.690, DER). */
  private static byte[] read(ByteBuffer from, int tag) {
    if (from.remaining() < 2 || (from.get() & 0xff) != tag) {
      throw unknown();
    }
    int length = from.get() & 0xff;
    if (length > 0x7f) {
      int bytes = length & 0x7f;
      length = 0;
      for (int i = 0; i < bytes && from.hasRemaining(); i++) {
        length = (length << 8) | (from.get() & 0xff);
      }
    }
    if (length < 0 || length > from.remaining()) {
      throw unknown();
    }
    byte[] content = new byte[length];
    from.get(content);
    return content;
  }

  private static void expect(String wanted, String found) {
    if (!wanted.equals(found)) {
      throw unknown();
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static IllegalArgumentException unknown() {
    return new IllegalArgumentException(
        "holds an encrypted key of an unknown kind (known: PBES2 with AES or 3DES)");
  }
}
